import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from felinar.kernels.fold import fold, fold_character

TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)


def slow_fold(original):
    """Fold one character after the other: the slow, obvious twin."""
    pieces = [fold_character(c) for c in original]
    starts = [i for i, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), starts


@given(TEXTS)
@example("0\ufe0f\u20e37\u200b\u00ad7")
@example("ﬃ½…İẞ")
def test_equals_the_slow_twin_that_folds_character_by_character(text):
    folded = fold(text)
    expected, starts = slow_fold(text)
    assert folded.text == expected
    assert list(folded.starts) == starts
    assert list(folded.ends) == [i + 1 for i in starts]


@given(TEXTS)
def test_every_folded_character_has_a_place_in_the_original_and_places_never_go_back(text):
    folded = fold(text)
    places = list(zip(folded.starts, folded.ends, strict=True))
    assert len(places) == len(folded.text)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a <= b for (a, _), (b, _) in pairwise(places))


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize(
    ("original", "folded"),
    [
        ("Nouă Șapte", "noua sapte"),
        ("０７\u200b００", "0700"),
        ("Ёлка", "елка"),
        ("0\ufe0f\u20e37\ufe0f\u20e3", "07"),
        ("⓪⑦𝟕𝟬٧९", "077079"),
        ("Straße", "strasse"),
        ("सात", "सात"),
        ("", ""),
    ],
)
def test_folds_disguises_to_plain_characters(original, folded):
    assert fold(original).text == folded


def test_gives_the_original_characters_with_the_marks_that_were_dropped_inside():
    folded = fold("tel 0\u200b7\u200b7!")
    start, end = folded.span(4, 7)
    assert folded.original[start:end] == "0\u200b7\u200b7"
    with pytest.raises(ValueError, match="empty span"):
        folded.span(3, 3)


def test_knows_when_characters_correspond_one_to_one():
    assert fold("Звоните 0700").is_identity
    assert not fold("a\u200bb").is_identity


def test_every_decimal_digit_of_unicode_becomes_its_value():
    digits = [chr(c) for c in range(0x110000) if unicodedata.decimal(chr(c), None) is not None]
    assert len(digits) > 500
    assert all(fold_character(c) == str(unicodedata.decimal(c)) for c in digits)
