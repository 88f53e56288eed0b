"""Names of employers, natively: the twin of `job_employer.employers`, with its own patterns and its own judgement."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract import job_employer
from felinar.extract.native.asked import Asked, Ints, no_readings
from felinar.extract.native.lookup import words_at
from felinar.extract.native.machine import NONE
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.readings import Readings, empties
from felinar.extract.native.rows import raw_of
from felinar.extract.native.signs import Signs
from felinar.extract.native.table import WordTable, word_table
from felinar.kernels.kept_tables import kept_table

PATTERNS = (
    job_employer._AFTER, job_employer._BEFORE, job_employer._BEFORE_SIGNED, job_employer._LEGAL, job_employer._RUSSIAN,
)  # fmt: skip
_AFTER, _BEFORE, _SIGNED, _LEGAL, _RUSSIAN = range(len(PATTERNS))
_REACH = job_employer._LONGEST
Flags = NDArray[np.bool_]
# (text, start, end) of what may be names, places in the original texts of the page.
_Spans = list[NDArray[np.int64]]


@kept_table
def _tables() -> tuple[Book, WordTable]:
    """Return the patterns, and the legal forms as they are written."""
    return book_of(PATTERNS), word_table(sorted(job_employer._FORMS))


@lru_cache(maxsize=1 << 14)
def _named(written: str) -> tuple[int, str]:
    """Return how many characters go before the name in what is written, and the name, "" for none."""
    start, name = job_employer._trimmed(0, written)
    return start, name if job_employer._is_name(name) else ""


def employers(page: Page, signs: Signs, rows: Ints, form: Flags, employer: Flags, hirer: Flags) -> Readings:
    """Return the names of employers that these hits lead to; the flags say of every word what it may lead to."""
    word = signs.word[rows]
    leading = form[word] | employer[word] | hirer[word]
    rows, word = rows[leading], word[leading]
    text = signs.text[rows].astype(np.int64)
    lo, hi = page.first[text], page.last[text]
    first = lo + page.place[page.at[text] + signs.start[rows]]
    last = lo + page.place[page.at[text] + signs.end[rows] - 1] + 1
    original = page._replace(folded=page.original, kinds=page.original_kinds)
    book, forms = _tables()
    asked = Asked(original, book, False)
    begin, beyond = np.maximum(lo, first - _REACH), np.minimum(hi, last + _REACH)
    is_form = np.flatnonzero(form[word])
    is_form = is_form[words_at(original, forms, first[is_form], last[is_form], exact=True) >= 0]
    after, before = np.flatnonzero(employer[word]), np.flatnonzero(hirer[word])
    begins = asked.match(_BEFORE, begin[before], first[before], begin[before])
    signed = before[begins.end == NONE]
    found = [
        *_every(asked, _LEGAL, text, lo, np.minimum(hi, last + 1), begin, is_form),
        *_every(asked, _RUSSIAN, text, lo, beyond, first, is_form),
        _one(text[after], asked.match(_AFTER, lo[after], beyond[after], last[after]).groups),
        _one(text[before], begins.groups),
        _one(text[signed], asked.match(_SIGNED, begin[signed], first[signed]).groups),
    ]
    return _readings(page, np.concatenate(found))


def _one(text: Ints, groups: Ints) -> Ints:
    """Return (text, start, end) of the first group of the matches."""
    there = groups[:, 0] != NONE
    return np.column_stack([text[there], groups[there, :2]])


def _every(asked: Asked, pattern: int, text: Ints, lo: Ints, hi: Ints, at: Ints, rows: Ints) -> Iterator[Ints]:
    """Yield (text, start, end) of all matches from `at` on in these rows."""
    text, lo, hi, at = (column[rows] for column in (text, lo, hi, at))
    while len(text):
        match = asked.match(pattern, lo, hi, at, last=hi)
        yield _one(text, match.groups)
        there = match.end != NONE
        text, lo, hi, at = text[there], lo[there], hi[there], match.end[there]


def _readings(page: Page, spans: Ints) -> Readings:
    """Return the names in these places: of each text every name once, none that begins in another."""
    if not len(spans):
        return no_readings()
    spans = spans[np.lexsort((-spans[:, 2], spans[:, 1], spans[:, 0]))]
    found: list[tuple[int, int, int, str]] = []
    given: set[str] = set()
    text, done = -1, -1
    texts, begin, end = (spans - np.outer(page.first[spans[:, 0]], (0, 1, 1))).astype(np.int32).T.copy()
    for (own, first, last), raw in zip(spans.tolist(), raw_of(page, texts, begin, end).to_pylist(), strict=True):
        if own != text:
            text, done, given = own, -1, set()
        skip, name = _named(raw)
        if name and first + skip >= done and name not in given:
            done = last
            given.add(name)
            start = first + skip - int(page.first[own])
            found.append((own, start, start + len(name), name))
    texts, starts, ends = (np.array([row[k] for row in found], dtype=np.int32) for k in range(3))
    names = pa.array([row[3] for row in found], pa.string())
    values = pa.array([f"employer:{row[3]}" for row in found], pa.string())
    nothing = empties(len(found))
    because = pa.array([job_employer._WHY] * len(found), pa.string())
    sure, plain = np.full(len(found), 70, dtype=np.int32), np.zeros(len(found), dtype=np.bool_)
    return Readings(texts, starts, ends, sure, plain, values, names, nothing, because)
