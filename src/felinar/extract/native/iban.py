"""Account numbers, natively: `extract/iban.py`, the plain reader, reads the few stretches in which one stands."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import iban
from felinar.extract.native.asked import Asked, Result, distinct, no_readings
from felinar.extract.native.charsets import is_figure, is_small
from felinar.extract.native.machine import NONE
from felinar.extract.native.marks import FIGURES, marks_of
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import About
from felinar.extract.native.signs import Signs
from felinar.extract.native.stretches import read_plainly, stretches_of
from felinar.kernels.compile import kernel
from felinar.kernels.kept_tables import kept_table

PATTERNS = (iban._SHAPE,)
_ZERO, _A = ord("0"), ord("a")
_FIRST, _CHECKED = 4, 97  # characters that count as the last ones; the number that the rest is of
_REACH = 100  # an account number is not longer, as it is written


@kept_table
def book() -> Book:
    """Return the pattern of an account number."""
    return book_of(PATTERNS)


@lru_cache(maxsize=1)
def _lengths() -> NDArray[np.int64]:
    """Return how long the account numbers of a country are, by its two letters; 0 for none."""
    lengths = np.zeros(26 * 26, dtype=np.int64)
    for country, length in iban._LENGTHS.items():
        lengths[26 * (ord(country[0]) - ord("A")) + ord(country[1]) - ord("A")] = length
    return lengths


def read(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return the account numbers in these texts; none is declined."""
    asked = Asked(page, book(), plain)
    text, place = marks_of(page, plain=plain).of(FIGURES, texts, page)
    rows = np.empty((2, len(text)), dtype=np.int64)
    text, place = rows[:, : asked.form(write_shapes)(page.folded, page.at, text, place, rows)]
    end = asked.match(0, page.at[text], page.at[text + 1], place).end
    shapes = np.flatnonzero(end != NONE)
    text, place, end = text[shapes], place[shapes], end[shapes]
    valid = np.zeros(len(place), dtype=np.bool_)
    asked.form(mark_valid)(page.folded, place, end, _lengths(), valid)
    none = np.zeros(0, dtype=np.int32)
    if not valid.any():
        return no_readings(), none
    group, stretches = stretches_of(page, text, place, _REACH, plain=plain)
    return read_plainly(iban.find, page, stretches[:, distinct(group[valid])], about), none


@kernel
def mark_valid(folded: Any, place: Any, end: Any, lengths: Any, valid: Any) -> None:
    """Mark the letters and figures that have the length and the check digits of an account number."""
    for i in range(len(place)):
        k = place[i]
        left = lengths[26 * (np.int64(folded[k]) - _A) + np.int64(folded[k + 1]) - _A]
        read = head = rest = 0
        shift = 1  # by the first four, which count as the last ones
        while left > 0 and k < end[i]:
            code: Any = np.int64(folded[k])
            k += 1
            if not is_figure(code) and not is_small(code):
                continue
            digit, base = (code - _ZERO, 10) if is_figure(code) else (code - _A + 10, 100)
            if read < _FIRST:
                head, shift = head * base + digit, shift * base
            else:
                rest = (rest * base + digit) % _CHECKED
            read += 1
            left -= 1
        valid[i] = read > 0 and left == 0 and (rest * shift + head) % _CHECKED == 1


@kernel
def write_shapes(folded: Any, at: Any, text: Any, place: Any, rows: Any) -> int:
    """Write (text, place) of two letters before two figures, of all first figures; return how many."""
    n = 0
    for i in range(len(place)):
        k = place[i]
        if k + 1 >= at[text[i] + 1] or not is_figure(folded[k + 1]) or k - 2 < at[text[i]]:
            continue
        if is_small(folded[k - 1]) and is_small(folded[k - 2]):
            rows[0, n] = text[i]
            rows[1, n] = k - 2
            n += 1
    return n
