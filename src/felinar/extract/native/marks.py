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
    """Places of folded characters of a page in rising order, the text of each, and which of the above stands there.

    Of several figures in a row only the first is a mark.
    """

    text: Ints
    place: Ints
    what: NDArray[np.uint8]

    def of(self, what: int, texts: NDArray[np.int32], page: Page) -> tuple[Ints, Ints]:
        """Return (text, place) of the marks of one sort in these texts."""
        asked = np.zeros(len(page.first), dtype=np.bool_)
        asked[texts] = True
        rows = np.flatnonzero(self.what == what)
        rows = rows[asked[self.text[rows]]]
        return self.text[rows], self.place[rows]


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
        text, place, what = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.uint8)
        run = write_marks.plain if plain else write_marks
        n = run(page.folded, page.at, _sorts(), every[:n], text, place, what)
        known = Marks(text[:n], place[:n], what[:n])
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
def write_marks(folded: Any, at: Any, sorts: Any, every: Any, texts: Any, places: Any, what: Any) -> Any:
    """Write the marks with their texts and sorts; return how many there are."""
    n: Any = np.int64(0)
    text = 0
    last = -2  # the figure before
    for place in every:
        while at[text + 1] <= place:
            text += 1
            last = -2
        sort = sorts[folded[place]]
        texts[n] = text
        places[n] = place
        what[n] = sort
        n += np.int64((sort != 0) & ((sort != FIGURES) | (last != place - 1)))
        if sort == FIGURES:
            last = place
    return n
