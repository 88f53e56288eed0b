"""Masked tokens, natively: the twin of `extract/masked.py`."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.extract import masked
from felinar.extract.native.asked import Asked, Result, written
from felinar.extract.native.machine import apart, matches
from felinar.extract.native.marks import HASH, marks_of
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import About, Readings, empties
from felinar.extract.native.signs import Signs
from felinar.kernels.kept_tables import kept_table

PATTERNS = (masked._TOKEN,)
_HASH = ord("#")


@kept_table
def book() -> Book:
    """Return the pattern of a token."""
    return book_of(PATTERNS)


def read(page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False) -> Result:
    """Return the masked tokens in these texts; none is declined."""
    asked = Asked(page, book(), plain)
    text, place = marks_of(page, plain=plain).of(HASH, texts, page)
    place = page.first[text] + page.place[place]
    written_so = page.original[place] == _HASH
    text, place = text[written_so], place[written_so]
    lo, hi = page.first[text], page.last[text]
    found = matches(book(), 0, page.original, page.original_kinds, lo, hi, place, plain=plain)
    there = asked.form(apart)(found.start, found.end)
    text, first = text[there].astype(np.int32), page.first[text[there]]
    start, end = found.start[there] - first, found.end[there] - first
    keep = np.ones(len(text), dtype=np.bool_)
    token = written(page, text, start, end, plain)
    value = pc.replace_substring(pc.utf8_trim(token, "#"), "_", ":", max_replacements=1)
    nothing = empties(len(text))
    numbers = (start.astype(np.int32), end.astype(np.int32), np.full(len(text), 95, dtype=np.int32), ~keep)
    none = np.zeros(0, dtype=np.int32)
    return Readings(text, *numbers, pc.ascii_lower(value), token, nothing, nothing), none
