import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.extract.native import age_questions, email, handle, iban, masked, price_questions, url
from felinar.extract.native.machine import NONE, Matches, matches
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.patterns import book_of
from felinar.kernels.fold import fold

SMALL = [
    r"a|ab|abc",
    r"(?:ab|a)(c|bcd)(d*)",
    r"(a+)(a*)b",
    r"(a|b)?c\1",
    r"(?<![\w.])x(?=y)y?$",
    r"^\s*([^\W\d_]+)\s{1,3}(?!b)[.]",
    r"(?:a\s{1,3}b|a\s{1,3}bc|a)(?![\w])",
    r"(?:(?:a|b)c){2,4}d",
    r"(?:(?P<one>a|aa)|(?P<two>b|ab))b?c",
    r"\d+(?<!1.)(?<=[0-9]{2})",
    r"(?:|a)b",
]
READERS = [
    pattern for file in (age_questions, email, handle, iban, masked, price_questions, url) for pattern in file.PATTERNS
]
BOOKS = {pattern: book_of([re.compile(r"x"), pattern]) for pattern in [*map(re.compile, SMALL), *READERS]}
_WORDS_TEXT = (
    "120 1.200,50 60 26 18-45 100k € $ £ eur euro lei roses per hour 1h 30 min pe ora 1/2 hhr la an a / - – : , . "
    "? ( ) years old year-old ani ans anni лет год साल की j. aged age is edad i am мне from minim at least over "
    "for since experience experiență of on child my son copii girl ana ana@example.com at gmail dot com (at) "
    "[dot] https://www.example.com/a?b=1#c green-bridge.ro t.me/ instagram.com/ telegram: @green_b id insta  line "
    "whatsapp gb82 west 1234 5698 7654 32 #EMAIL_0a1b2c3d4e5f# 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa руб тыс ab aab "
    "bc x y 1 22 म \n"
)
WORDS = _WORDS_TEXT.split(" ")
TEXT = st.one_of(
    st.lists(st.sampled_from([*WORDS, " ", "  ", "\u00a0"]), max_size=14).map(" ".join),
    st.lists(st.sampled_from([*WORDS, " ", "  "]), max_size=8).map("".join),
    st.text("ab cxyd12.\n_é ", max_size=12),
    st.text(max_size=12),
)


def _same(pattern: re.Pattern[str], text: str, lo: int, hi: int, *, plain: bool) -> None:
    page = page_of_texts(["", text], plain=plain)
    original = pattern in masked.PATTERNS
    codes, kinds = (page.original, page.original_kinds) if original else (page.folded, page.kinds)
    content = text if original else fold(text).text
    lo, hi = min(lo, len(content)), min(max(lo, hi), len(content))
    window, book = content[lo:hi], BOOKS[pattern]
    begins = range(len(window) + 1)
    n = len(window) + 1
    bounds = [np.full(n, value) for value in (lo, hi)]
    found = matches(book, 1, codes, kinds, *bounds, np.arange(lo, lo + n), plain=plain)
    for at in begins:
        _equal(pattern.match(window, at), found, at, lo)
    found = matches(book, 1, codes, kinds, *bounds, np.arange(lo, lo + n), last=bounds[1], plain=plain)
    for at in begins:
        expected = pattern.search(window, at)
        _equal(expected, found, at, lo)
    after = [pattern.search(window[at:]) for at in begins]
    found = matches(book, 1, codes, kinds, np.arange(lo, lo + n), bounds[1], plain=plain)
    for at in begins:
        _equal(after[at], found, at, lo + at)


def _equal(expected: re.Match[str] | None, found: Matches, row: int, shift: int) -> None:
    if expected is None:
        assert found.start[row] == NONE and found.end[row] == NONE
        return
    assert (found.start[row] - shift, found.end[row] - shift) == expected.span()
    groups = [expected.span(g) for g in range(1, expected.re.groups + 1)]
    mine = [v - shift if v >= 0 else -1 for v in found.groups[row].tolist()]
    assert mine == [v for span in groups for v in span]


@pytest.mark.parametrize("pattern", BOOKS, ids=lambda p: p.pattern[:40])
def test_the_machine_finds_what_re_finds(pattern: re.Pattern[str]) -> None:
    @settings(max_examples=60, deadline=None)
    @given(TEXT, st.integers(0, 5), st.integers(5, 200))
    @example("aab abc a  b abcd xy aac", 0, 200)
    def same(text: str, lo: int, hi: int) -> None:
        _same(pattern, text, lo, hi, plain=False)

    same()
