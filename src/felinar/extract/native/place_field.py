"""A field whose few values stand in many adverts: each value is read once, by the plain reader, and remembered."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.contract import Extractor
from felinar.extract.native.page import Page, original_of
from felinar.extract.native.readings import About, Readings
from felinar.extract.native.rows import joined, readings_of
from felinar.extract.native.table import BASIS, PRIME
from felinar.extract.native.words import finished
from felinar.kernels.compile import kernel
from felinar.kernels.fold import fold
from felinar.kernels.sorting import places_from

_MOST, _MOST_LETTERS = 1 << 14, 1 << 20  # values and letters in a memory, which then begins anew
_LONGEST = 200  # letters of a value that is remembered: a longer one seldom comes again
_TOGETHER = 4096


class Cells(NamedTuple):
    """Cell i: the value `letters[at[i]:at[i + 1]]` in the context `context[i]`; `slots` hold a cell's number or -1."""

    slots: NDArray[np.int32]
    hashes: NDArray[np.uint64]
    at: NDArray[np.int64]
    context: NDArray[np.int64]
    letters: NDArray[np.uint32]


class _Memory:
    """The cells met so far, their readings (with a cell's number as text), and where those of each cell begin."""

    def __init__(self) -> None:
        self.count = 0
        self.cells = Cells(
            np.full(2 * _MOST, -1, dtype=np.int32),
            np.zeros(_MOST, dtype=np.uint64),
            np.zeros(_MOST + 1, dtype=np.int64),
            np.zeros(_MOST, dtype=np.int64),
            np.zeros(_MOST_LETTERS, dtype=np.uint32),
        )
        self.readings, self.at = readings_of([]), np.zeros(1, dtype=np.int64)
        self._codes: dict[str, int] = {}

    def has_room(self, cells: int, letters: int) -> bool:
        """Say whether so many new cells with so many letters fit in."""
        return self.count + cells <= _MOST and self.cells.at[self.count] + letters <= _MOST_LETTERS

    def contexts(self, texts: NDArray[np.int32], about: About) -> NDArray[np.int64]:
        """Return the number of each text's context, which stays the same from batch to batch."""
        known = self._codes
        country, language = (
            np.array([known.setdefault(code, len(known)) for code in codes], dtype=np.int64)
            for codes in (about.countries, about.languages)
        )
        numbers = country[about.country[texts]] << 32 | language[about.language[texts]] << 8
        return numbers | about.field[texts]

    def add(self, readings: Readings, count: int) -> None:
        """Add the readings of new cells; from now on `count` cells are known."""
        self.readings, self.count = joined([self.readings, readings]), count
        self.at = np.searchsorted(self.readings.text, np.arange(count + 1)).astype(np.int64)


class _Own(threading.local):
    """What this thread has met, by the name of the reader."""

    def __init__(self) -> None:
        self.memories: dict[str, _Memory] = {}


_own = _Own()


def read_repeated(
    extractor: Extractor, page: Page, texts: NDArray[np.int32], about: About, *, plain: bool = False
) -> Readings:
    """Return what the plain reader reads in these texts, in their order; what was met before is not read again."""
    sizes = page.last[texts] - page.first[texts]
    short, long = texts[sizes <= _LONGEST], texts[sizes > _LONGEST]
    found = [
        _of_short(extractor, page, short[first : first + _TOGETHER], about, plain)
        for first in range(0, len(short), _TOGETHER)
    ]
    if len(long):
        found.append(_plainly(extractor, page, zip(long.tolist(), long.tolist(), strict=True), about))
    return joined(found) if found else readings_of([])


def _of_short(extractor: Extractor, page: Page, texts: NDArray[np.int32], about: About, plain: bool) -> Readings:
    memory = _own.memories.get(extractor.name)
    if memory is None or not memory.has_room(len(texts), int((page.last[texts] - page.first[texts]).sum())):
        memory = _own.memories[extractor.name] = _Memory()
    numbers = np.empty(len(texts), dtype=np.int64)
    run: Any = number_cells.plain if plain else number_cells
    count = run(page, texts, memory.contexts(texts, about), memory.cells, np.int64(memory.count), numbers)
    if count > memory.count:
        new, first = np.unique(numbers, return_index=True)
        of = zip(new.tolist(), texts[first].tolist(), strict=True)
        known = memory.count
        memory.add(_plainly(extractor, page, ((cell, text) for cell, text in of if cell >= known), about), count)
    return _spread(memory, texts, numbers)


def _plainly(extractor: Extractor, page: Page, texts: Iterable[tuple[int, int]], about: About) -> Readings:
    """Return what the plain reader finds; of (number, text) the number stands in the readings."""
    return readings_of(
        [
            (number, found)
            for number, text in texts
            for found in extractor.find(fold(original_of(page, text)), about.context(text))
        ]
    )


def _spread(memory: _Memory, texts: NDArray[np.int32], numbers: NDArray[np.int64]) -> Readings:
    """Return the readings of the cell of every text."""
    first, known = memory.at[numbers], memory.readings
    sizes = memory.at[numbers + 1] - first
    rows = places_from(first, sizes)
    at = pa.array(rows)
    numbers_of = (known.start[rows], known.end[rows], known.confidence[rows])
    strings = (column.take(at) for column in known[5:])
    return Readings(np.repeat(texts, sizes).astype(np.int32), *numbers_of, known.obscured[rows], *strings)


@kernel
def number_cells(page: Page, texts: Any, contexts: Any, cells: Cells, known: Any, numbers: Any) -> Any:
    """Write the number of every text's cell, of which `known` are there; return how many there are then."""
    mask = len(cells.slots) - 1
    count = known
    for i in range(len(texts)):
        first = page.first[texts[i]]
        last = page.last[texts[i]]
        value = (BASIS ^ np.uint64(contexts[i])) * PRIME
        for k in range(first, last):
            value = (value ^ np.uint64(page.original[k])) * PRIME
        value = finished(value)
        slot = np.int64(value & np.uint64(mask))
        while True:
            cell = np.int64(cells.slots[slot])
            if cell < 0:
                break
            at = cells.at[cell]
            if cells.hashes[cell] == value and cells.context[cell] == contexts[i]:
                k = 0
                if cells.at[cell + 1] - at == last - first:
                    while k < last - first and cells.letters[at + k] == page.original[first + k]:
                        k += 1
                    if k == last - first:
                        break
            slot = (slot + 1) & mask
        if cell < 0:
            cell = count
            count += 1
            cells.slots[slot] = cell
            cells.hashes[cell] = value
            cells.context[cell] = contexts[i]
            for k in range(last - first):
                cells.letters[cells.at[cell] + k] = page.original[first + k]
            cells.at[cell + 1] = cells.at[cell] + last - first
        numbers[i] = cell
    return count
