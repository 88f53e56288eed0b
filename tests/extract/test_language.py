import unicodedata
from pathlib import Path

import pytest

from felinar.extract.contract import Context
from felinar.extract.language import find, small_words
from felinar.kernels.fold import fold

LINES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data/languages.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
NINE = {"en", "ro", "es", "ru", "hi", "pt", "fr", "de", "it"}


def languages(text):
    return [f.value for f in find(fold(text), Context())]


def without_marks(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


def share_right(pairs):
    return sum(languages(text)[:1] == [language[:2]] for language, text in pairs) / len(pairs)


@pytest.mark.parametrize("half", ["development", "held out"])
def test_the_language_of_adverts_from_forty_characters_on_is_read(half):
    pairs = [(lang, text) for lang, part, text in LINES if part == half and lang[:2] in NINE and len(text) >= 40]

    assert len(pairs) >= 90 and share_right(pairs) >= 0.97


@pytest.mark.parametrize("half", ["development", "held out"])
def test_texts_typed_without_diacritics_are_read_as_well(half):
    wanted = NINE - {"hi", "ru", "en"}
    pairs = [(lang, without_marks(text)) for lang, part, text in LINES if part == half and lang in wanted]

    assert share_right([p for p in pairs if len(p[1]) >= 40]) >= 0.97


def test_other_languages_are_not_taken_for_ours():
    pairs = [(lang, text) for lang, _, text in LINES if lang[:2] not in NINE]

    assert len(pairs) >= 30 and share_right(pairs) >= 0.95


def test_an_advert_in_two_languages_gives_both_the_longer_first():
    spanish = "Ofrezco masajes en mi casa, llámame por la noche. Tengo muchos clientes y estoy muy cerca del metro."
    english = "You can call me, and we are open for you."

    assert languages(f"{english} {spanish}") == ["es", "en"]


def test_a_sign_that_is_a_word_elsewhere_is_no_second_language():
    assert languages("You can call me on this number: 077 plus 009 plus 001 plus 23, we are open now") == ["en"]


def test_a_word_of_several_languages_says_less():
    words = small_words()

    assert words["the"] == (("en",), 6)
    assert words[fold("de").text][1] == 1
