"""The few characters that several readers look for, figures, dots, `@`, `#`, slashes, found in one pass of a page."""

from __future__ import annotations

import threading
import weakref
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.page import Page
from felinar.kernels.compile import kernel

FIGURES, DOT, AT, HASH, SLASH = range(1, 6)
_CHARACTERS = {FIGURES: "0123456789", DOT: ".:", AT: "@", HASH: "#", SLASH: "/"}
_FEW = 65  # marks are among the characters up to "@", which has the bit of the character 0
_HIGHEST, _LOW, _ONE = np.uint32(_FEW - 1), np.uint64(63), np.uint64(1)
Ints = NDArray[np.int64]


class Marks(NamedTuple):
    """Folded characters of a page and their texts: those of sort s are the first `many[s]` of row s, in rising order.

    Of several figures in a row only the first is a mark.
    """

    text: Ints
    place: Ints
    many: Ints

    def every(self, what: int) -> tuple[Ints, Ints]:
        """Return (text, place) of all marks of one sort."""
        return self.text[what, : self.many[what]], self.place[what, : self.many[what]]

    def of(self, what: int, texts: NDArray[np.int32], page: Page) -> tuple[Ints, Ints]:
        """Return (text, place) of the marks of one sort in these texts."""
        text, place = self.every(what)
        if not len(text):
            return text, place
        asked = np.zeros(len(page.first), dtype=np.bool_)
        asked[texts] = True
        rows = asked[text]
        return (text, place) if rows.all() else (text[rows], place[rows])


class _Last(threading.local):
    """The marks of the page that this thread has asked about last: its readers ask about one page in turn."""

    codes: Any = None
    marks: Marks | None = None


_last = _Last()


def marks_of(page: Page, *, plain: bool = False) -> Marks:
    """Return the marks of a page."""
    known = _last.marks
    if known is None or _last.codes is None or _last.codes() is not page.folded:
        every = np.empty(len(page.folded) + 1, dtype=np.int64)
        n = (write_places.plain if plain else write_places)(page.folded, _bits(), every)
        sorts = len(_CHARACTERS) + 1
        # What is never written to costs no memory; a last place is written to for what is no mark.
        text, place = np.empty((2, sorts, n + 1), dtype=np.int64)
        known = Marks(text, place, np.zeros(sorts, dtype=np.int64))
        (write_marks.plain if plain else write_marks)(page.folded, page.at, _sorts(), every[:n], *known)
        _last.codes, _last.marks = weakref.ref(page.folded), known
    return known


@lru_cache(maxsize=1)
def _sorts() -> NDArray[np.uint8]:
    """Return which sort of mark each of the first characters is."""
    sorts = np.zeros(_FEW, dtype=np.uint8)
    for sort, characters in _CHARACTERS.items():
        sorts[list(map(ord, characters))] = sort
    return sorts


@lru_cache(maxsize=1)
def _bits() -> NDArray[np.uint64]:
    """Return one bit for each of the first characters, set for marks."""
    return np.array([sum(1 << (code & 63) for code in np.flatnonzero(_sorts()).tolist())], dtype=np.uint64)


@kernel
def write_places(folded: Any, bits: Any, places: Any) -> Any:
    """Write where marks stand, every figure of a row among them, without a branch for each character."""
    n: Any = np.int64(0)
    held = bits[0]
    for k in range(len(folded)):
        code = folded[k]
        places[n] = k
        n += np.int64((code <= _HIGHEST) & ((held >> (np.uint64(code) & _LOW)) & _ONE != 0))
    return n


@kernel
def write_marks(folded: Any, at: Any, sorts: Any, every: Any, texts: Any, places: Any, many: Any) -> None:
    """Write the marks with their texts, and how many of each sort there are."""
    text = 0
    last = -2  # the figure before
    for place in every:
        while at[text + 1] <= place:
            text += 1
            last = -2
        sort = sorts[folded[place]]
        n = many[sort]
        texts[sort, n] = text
        places[sort, n] = place
        many[sort] += np.int64((sort != 0) & ((sort != FIGURES) | (last != place - 1)))
        if sort == FIGURES:
            last = place
