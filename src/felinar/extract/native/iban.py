"""Account numbers, natively: `extract/iban.py`, the plain reader, reads the few stretches in which one stands."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import iban
from felinar.extract.native.asked import Asked, Result, no_readings, string_of
from felinar.extract.native.charsets import is_figure, is_small
from felinar.extract.native.machine import NONE
from felinar.extract.native.marks import FIGURES, marks_of
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import About
from felinar.extract.native.signs import Signs
from felinar.extract.native.stretches import read_plainly, stretches_of
from felinar.kernels.compile import kernel

PATTERNS = (iban._SHAPE,)
_REACH = 100  # an account number is not longer, as it is written


@lru_cache(maxsize=1)
def book() -> Book:
    """Return the pattern of an account number."""
    return book_of(PATTERNS)


def read(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return the account numbers in these texts; none is declined."""
    asked = Asked(page, book(), plain)
    text, place = marks_of(page, plain=plain).of(FIGURES, texts, page)
    rows = np.empty((2, len(text)), dtype=np.int64)
    text, place = rows[:, : asked.form(write_shapes)(page.folded, page.at, text, place, rows)]
    end = asked.match(0, page.at[text], page.at[text + 1], place).end
    shapes = np.flatnonzero(end != NONE)
    text, place, end = text[shapes], place[shapes], end[shapes]
    valid = [i for i in range(len(place)) if _is_account(string_of(page.folded[place[i] : end[i]]))]
    none = np.zeros(0, dtype=np.int32)
    if not valid:
        return no_readings(), none
    group, stretches = stretches_of(page, text, place, _REACH, plain=plain)
    return read_plainly(iban.find, page, stretches[:, np.unique(group[valid])], about), none


def _is_account(shape: str) -> bool:
    """Return whether letters and figures that look like an account number are one."""
    length = iban._LENGTHS.get(shape[:2].upper(), 0)
    value = "".join(c for c in shape[: iban._end_of(shape, length)] if c.isalnum()).upper()
    return 0 < length == len(value) and iban.is_valid(value)


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
