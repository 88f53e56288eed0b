"""Numbers in rare ways of writing, read by `extract/phone_rare_ways.py` around the marks that the scan has found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.contract import Found
from felinar.extract.native.page import Page, original_of
from felinar.extract.native.phone_rare import CUE, EXTENDS, IN_LETTERS, LINKS, M_END, M_START, M_TEXT, M_WAY
from felinar.extract.native.readings import About, Readings
from felinar.extract.native.rows import joined, readings_of
from felinar.extract.phone_extensions import with_extension
from felinar.extract.phone_marks import MOST_MARKS, Mark, Marks
from felinar.extract.phone_plans import plan_of
from felinar.extract.phone_rare_ways import rare_numbers
from felinar.kernels.fold import Folded

_WAYS = (LINKS, IN_LETTERS, CUE, EXTENDS)  # in the order of Marks
Ints = NDArray[Any]


def with_rare(page: Page, readings: Readings, rows: NDArray[np.int64], about: About) -> Readings:
    """Return these readings and those around the marks in `rows`, brought together as by the plain `together`."""
    rows = first_of_each_way(rows)
    found = list(_rare(page, rows, about))
    if found:
        rare = readings_of(found)
        free = ~_overlap((rare.text, rare.start, rare.end), (readings.text, readings.start, readings.end))
        readings = joined([rare, _taken(readings, np.flatnonzero(free))])
    marked = np.isin(readings.text, rows[:, M_TEXT])  # the order of other texts stays
    order = np.lexsort((readings.end * marked, readings.start * marked, readings.text))
    if np.any(np.diff(order) != 1):
        readings = _taken(readings, order)
    return _extended(page, readings, rows[rows[:, M_WAY] == EXTENDS])


def first_of_each_way(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the different rows in their order, of each way in a text the first MOST_MARKS."""
    rows = rows[np.lexsort(rows.T[::-1])]
    changes = np.diff(rows, axis=0, prepend=rows[:1] - 1) != 0
    rows, changes = rows[changes.any(axis=1)], changes[changes.any(axis=1)]
    first = np.flatnonzero(changes[:, [M_TEXT, M_WAY]].any(axis=1))
    number = np.arange(len(rows)) - np.repeat(first, np.diff(first, append=len(rows)))
    return rows[number < MOST_MARKS]


def _rare(page: Page, rows: NDArray[np.int64], about: About) -> Iterator[tuple[int, Found]]:
    """Yield the numbers in rare ways, text by text."""
    rows = rows[rows[:, M_WAY] != EXTENDS]
    for text in np.unique(rows[:, M_TEXT]).tolist():
        own = rows[slice(*np.searchsorted(rows[:, M_TEXT], (text, text + 1)))]
        original, begin, size = original_of(page, text), int(page.at[text]), int(page.at[text + 1] - page.at[text])

        def part(start: int, end: int, original: str = original, begin: int = begin) -> Folded:
            content = page.folded[begin + start : begin + end].tobytes().decode("utf-32-le")
            starts = page.place[begin + start : begin + end].tolist()
            return Folded(original, content, starts, [k + 1 for k in starts])

        marks = Marks(*(_marks(own[own[:, M_WAY] == way], begin) for way in _WAYS))
        country = about.context(text).country.upper()
        for found in rare_numbers(part, marks, size, country if plan_of(country) else ""):
            yield text, found


def _marks(rows: NDArray[np.int64], begin: int) -> list[Mark]:
    return [(start - begin, end - begin) for start, end in rows[:, [M_START, M_END]].tolist()]


def _overlap(spans: tuple[Ints, Ints, Ints], others: tuple[Ints, Ints, Ints]) -> NDArray[np.bool_]:
    """Return which of the other (text, start, end) overlap with one of the spans."""
    if not len(spans[0]):
        return np.zeros(len(others[0]), dtype=np.bool_)
    text, start, end = (column.astype(np.int64) for column in spans)
    order = np.lexsort((start, text))
    starts, ends = (text << 32 | start)[order], np.maximum.accumulate((text << 32 | end)[order])
    text, start, end = (column.astype(np.int64) for column in others)
    before = np.searchsorted(starts, text << 32 | end)
    found: NDArray[np.bool_] = before > 0
    found[found] = ends[before[found] - 1] > (text << 32 | start)[found]
    return found


def _extended(page: Page, readings: Readings, rows: NDArray[np.int64]) -> Readings:
    """Return the readings; the evidence of those at a mark of an extension names it."""
    marks = rows[:, M_TEXT], page.place[rows[:, M_START]], page.place[rows[:, M_END] - 1] + 1
    # The mark begins at the end of the number or before, and ends there or behind.
    at = np.flatnonzero(_overlap(marks, (readings.text, readings.end - 1, readings.end + 1)))
    if not len(at):
        return readings
    originals = {text: original_of(page, text) for text in np.unique(readings.text[at]).tolist()}
    texts, ends = readings.text[at].tolist(), readings.end[at].tolist()
    evidence = readings.evidence.take(pa.array(at)).to_pylist()
    new = [
        with_extension(originals[text], Found(0, end, "", evidence=said)).evidence
        for text, end, said in zip(texts, ends, evidence, strict=True)
    ]
    rows = np.arange(len(readings.text))
    rows[at] = len(rows) + np.arange(len(at))
    both = pa.concat_arrays([readings.evidence, pa.array(new, pa.string())])
    return readings._replace(evidence=both.take(pa.array(rows)))


def _taken(readings: Readings, rows: Ints) -> Readings:
    """Return these rows of readings."""
    taken = pa.array(rows)
    return Readings(*(n[rows] for n in readings.numbers()), *(s.take(taken) for s in readings.strings()))
