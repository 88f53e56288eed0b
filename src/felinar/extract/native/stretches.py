"""Stretches of texts that the plain reader reads, where what a native reader cannot decide stands: not the whole text.

A reader names all places at which a reading of its kind may hang, and which of them it leaves to the plain reader. What
depends on no place further away than its reach is the same in a stretch that is cut between blanks so far from them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.contract import Find, Found
from felinar.extract.native.characters import SPACE
from felinar.extract.native.page import Page
from felinar.extract.native.readings import About, Readings
from felinar.extract.native.rows import readings_of
from felinar.extract.native.signs import Signs, sign_words, words_of_group
from felinar.extract.signs import Hit
from felinar.kernels.compile import kernel
from felinar.kernels.fold import Folded

Ints = NDArray[np.int64]
# What is true of each text of a page, by name.
Notes = tuple[tuple[str, NDArray[np.bool_]], ...]


def stretches_of(page: Page, text: Ints, place: Ints, reach: int, *, plain: bool = False) -> tuple[Ints, Ints]:
    """Return of each place the number of its stretch, and the stretches (text, start, end) in their order.

    The places rise; they and the bounds are folded characters of the page.
    """
    number, found = np.empty(len(place), dtype=np.int64), np.empty((3, len(place)), dtype=np.int64)
    run = write_stretches.plain if plain else write_stretches
    return number, found[:, : run(page.kinds, page.at, text, place, reach, number, found)]


@kernel
def write_stretches(kinds: Any, at: Any, text: Any, place: Any, reach: int, number: Any, found: Any) -> Any:
    """Write the stretches; return how many there are."""
    n: Any = np.int64(-1)
    for i in range(len(place)):
        own = text[i]
        start = at[own]
        if i > 0 and text[i - 1] == own:
            cut = place[i - 1] + reach
            stop = place[i] - reach
            while cut < stop and (kinds[cut] & SPACE) == 0:
                cut += 1
            if cut >= stop:  # no blank far enough from both
                number[i] = n
                continue
            found[2, n] = cut
            start = stop
            while start > cut and (kinds[start - 1] & SPACE) == 0:
                start -= 1
        n += 1
        found[0, n], found[1, n], found[2, n] = own, start, at[own + 1]
        number[i] = n
    return n + 1


def read_plainly(
    find: Find,
    page: Page,
    stretches: Ints,
    about: About,
    notes: Notes = (),
    signs: Signs | None = None,
    group: str = "",
) -> Readings:
    """Return what a plain reader finds in these stretches.

    `notes` tell it of each whole text what it cannot see; `signs` are those of the page, of which it needs one group.
    """
    return readings_of(list(_found(find, page, stretches, about, notes, signs, group)))


def _found(
    find: Find, page: Page, stretches: Ints, about: About, notes: Notes, signs: Signs | None, group: str
) -> Iterator[tuple[int, Found]]:
    hits = _Hits(signs, group) if signs is not None else None
    for text, start, end in stretches.T.tolist():
        folded, shift = _part(page, text, start, end)
        folded.notes.update({name: bool(value[text]) for name, value in notes})
        if hits is not None:
            folded.notes["signs"] = {group: hits.within(text, start - int(page.at[text]), end - int(page.at[text]))}
        for found in find(folded, about.context(text)):
            begin, stop = found.start, found.end
            yield text, found if begin is None else found._replace(start=begin + shift, end=(stop or 0) + shift)


class _Hits:
    """The signs of one group, as the plain reader finds them."""

    def __init__(self, signs: Signs, group: str) -> None:
        rows = np.flatnonzero(words_of_group(group)[signs.word])
        self._places = (signs.text[rows].astype(np.int64) << 32 | signs.start[rows]).tolist()
        self._ends, self._words, self._group = signs.end[rows].tolist(), signs.word[rows].tolist(), group

    def within(self, text: int, start: int, end: int) -> list[Hit]:
        """Return those in a stretch of a text, with their places in it."""
        first = bisect_left(self._places, text << 32 | start)
        found: list[Hit] = []
        for row in range(first, bisect_left(self._places, text << 32 | end, first)):
            begin, stop = (self._places[row] & 0xFFFFFFFF) - start, self._ends[row] - start
            if stop <= end - start:
                found += [(begin, stop, e[2]) for e in sign_words()[self._words[row]][1] if e[0] == self._group]
        return sorted(found, key=lambda hit: hit[1])


def _part(page: Page, text: int, start: int, end: int) -> tuple[Folded, int]:
    """Return folded[start:end] of a text by itself, and where its original begins in that of the text."""
    first, last = int(page.place[start]), int(page.place[end - 1]) + 1
    if start == page.at[text]:
        first = 0
    if end == page.at[text + 1]:
        last = int(page.last[text] - page.first[text])
    shift = int(page.first[text])
    original = page.original[shift + first : shift + last].tobytes().decode("utf-32-le")
    content = page.folded[start:end].tobytes().decode("utf-32-le")
    place = page.place[start:end] - first
    if len(original) == len(content) == place[-1] + 1 and (place[1:] > place[:-1]).all():
        return Folded(original, content, range(len(content)), range(1, len(content) + 1)), first
    starts = place.tolist()
    return Folded(original, content, starts, [k + 1 for k in starts]), first
