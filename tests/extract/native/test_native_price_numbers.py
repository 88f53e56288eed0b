"""The loops that stand for patterns of prices find what the patterns find."""

from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.extract import price
from felinar.extract.native.marks import FIGURES, marks_of
from felinar.extract.native.page import Page, page_of_texts
from felinar.extract.native.price_numbers import mark_going_on, write_numbers
from felinar.extract.native.price_order import mark_times
from felinar.extract.native.price_tables import tables
from felinar.extract.native.price_value import LONGEST, write_amount
from felinar.kernels.fold import fold

NUMBERS = st.text("0123456789 .,'’:-/@_ax٣€m", max_size=24)
_WORDS = (
    "120 12€50 9€99 50€30 m h 1.200,50 1,50,000 1/2 € $ eur per hour an 1h k mii to and ora la ora eu . , ? ( ) ! : ; "
    "' ’ - / _ é 🙂 x p.a. = – —"
)
FOLLOWING = st.lists(st.sampled_from([*_WORDS.split(" "), " ", "  ", "\n"]), max_size=8).map(
    lambda w: "7" + " ".join(w)
)
TIMES = st.lists(st.sampled_from([*price._UNIT_OF, *":=-–,/.x", " ", "  ", "€"]), max_size=5).map("".join)


def _places(page: Page) -> list[list[int]]:
    text, place = marks_of(page, plain=True).of(FIGURES, np.arange(len(page.first), dtype=np.int32), page)
    rows = np.empty((3, len(text)), dtype=np.int64)
    n = write_numbers.plain(page.folded, page.kinds, page.at, text, place, rows)
    return rows[1:, :n].T.tolist()


@settings(max_examples=400, deadline=None)
@given(NUMBERS)
@example("1 000 000 00")
@example("1,50,00,000.5 12.345.6789 1.000,500")
@example("12345678 1234567 123456,78 1.5.2 12.3456")
@example("12€50, 12€50.5 9€99. 50€30 min 50€30m 1€5 1€500 12€50€ 12€50'")
def test_numbers_are_those_of_the_pattern(text: str) -> None:
    expected = [list(m.span()) for m in price._NUMBER.finditer(fold(text).text)]
    assert _places(page_of_texts([text], plain=True)) == expected


@settings(max_examples=400, deadline=None)
@given(st.one_of(FOLLOWING, NUMBERS))
@example("7 (a) 7?x 7... 7 a €5 7 per  hour 7 an'x 7 1/2")
def test_what_follows_is_judged_as_by_the_pattern(text: str) -> None:
    page, content, found = page_of_texts([text], plain=True), fold(text).text, tables()
    matches = [m for m in price._NUMBER.finditer(content) if price.EURO not in m[0]]
    matches = [m for m in matches if not price._currency_before(content, m.start())[1]]
    end, may_be = np.array([m.end() for m in matches], dtype=np.int64), np.zeros(len(matches), dtype=np.bool_)
    hi = np.full(len(end), len(content))
    mark_going_on.plain(page.folded, page.kinds, end, hi, found.follows, found.role, found.begins, may_be)
    assert may_be.tolist() == [price._may_be(content, m) for m in matches]


@settings(max_examples=300, deadline=None)
@given(TIMES)
@example("100 p.a. ")
def test_no_word_of_time_before_a_number_is_passed_over(text: str) -> None:
    page, content, found = page_of_texts([text], plain=True), fold(text).text, tables()
    begin = np.arange(len(content) + 1)
    lo = np.maximum(begin - 22, 0)
    marked = np.zeros(len(begin), dtype=np.bool_)
    mark_times.plain(page.folded, page.kinds, lo, begin, found.last, found.last_signs, marked)
    for a, b, mark in zip(lo.tolist(), begin.tolist(), marked.tolist(), strict=True):
        assert mark or price._UNIT_BEFORE.search(content[a:b]) is None


@settings(max_examples=300, deadline=None)
@given(st.from_regex(price._LOOSE_NUMBER, fullmatch=True), st.booleans())
@example("0.50", False)
@example("999 999 999 999,99", True)
def test_amounts_are_written_as_by_the_plain_reader(digits: str, thousands: bool) -> None:
    page, out = page_of_texts([digits], plain=True), np.zeros(LONGEST, dtype=np.uint8)
    size: Any = write_amount.plain(page.folded, page.kinds, 0, len(page.folded), thousands, out)
    assert out[:size].tobytes().decode() == price._amount(fold(digits).text, thousands)
