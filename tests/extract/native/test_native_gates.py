"""The gates before patterns pass over no number that the pattern takes."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.extract import age, price
from felinar.extract.native.age_questions import AgesAsked
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.price_gates import mark_units, unit_beginnings
from felinar.kernels.fold import fold

NUMBERS = st.text("0123456789 ..,:/-–+%#_€aé\n", max_size=14)
LISTS = (price._NET, price._PER_WORDS, *price._UNITS.values())
WORDS = st.sampled_from([word for words in LISTS for word in words.split("|")])
AFTER = st.lists(st.one_of(WORDS, st.sampled_from([" ", "  ", ".-", ",--", "(", "/", "?", "7", "€", "x"])), max_size=6)


@settings(max_examples=300, deadline=None)
@given(NUMBERS)
def test_numbers_that_may_be_ages_are_those_of_the_pattern(text):
    places = AgesAsked(page_of_texts([text], plain=True), True).places(np.array([0], dtype=np.int32))[1]
    assert places.tolist() == [match.start() for match in age._NUMBER.finditer(fold(text).text)]


@settings(max_examples=400, deadline=None)
@given(AFTER)
@example(["в", "hhr"])
def test_what_follows_an_amount_is_passed_over_only_where_no_pattern_matches(pieces):
    text = "1" + "".join(pieces)
    page, content = page_of_texts([text], plain=True), fold(text).text
    start, end, units = np.array([1]), page.at[1:], np.zeros(1, dtype=np.bool_)
    mark_units.plain(page.folded, page.kinds, start, end, unit_beginnings(), units)
    assert units[0] or not price._UNIT.match(content, 1)
