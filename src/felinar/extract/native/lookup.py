"""Words at many places of a page looked up at once, with blanks read as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import SPACE
from felinar.extract.native.page import Page
from felinar.extract.native.table import WordTable, find_word
from felinar.kernels.compile import kernel

LONGEST = 64  # a word of the lists is never longer
_PAIRS = 1 << 12


def pairs_of(found: Iterable[str]) -> NDArray[np.uint8]:
    """Return a table that says of two characters (`pair_of`) whether they may be one of these; others may be, too."""
    table = np.zeros(_PAIRS, dtype=np.uint8)
    for pair in found:
        if pair[1:]:
            table[pair_of.plain(ord(pair[0]), ord(pair[1]))] = 1
    return table


@kernel
def pair_of(first: int, second: int) -> int:
    """Return the place of two characters in a table of pairs."""
    return (first * 67 + second) & (_PAIRS - 1)


def words_at(
    page: Page, table: WordTable, start: Any, end: Any, *, exact: bool = False, plain: bool = False
) -> NDArray[np.int64]:
    """Return the numbers of the words folded[start:end], -1 for one that is not in the table or an empty stretch.

    With `exact` blanks must stand there as in the table.
    """
    found = np.full(len(start), -1, dtype=np.int64)
    buffer = np.zeros(LONGEST, dtype=np.uint32)
    start, end = np.ascontiguousarray(start), np.ascontiguousarray(end)
    (look_up.plain if plain else look_up)(page.folded, page.kinds, table, start, end, exact, buffer, found)
    return found


@kernel
def look_up(  # type: ignore[no-untyped-def]
    codes, kinds, table, start, end, exact, buffer, found
) -> None:
    """Write the numbers of the words."""
    first: Any = np.int64(0)
    for i in range(len(start)):
        n = first
        for k in range(start[i], end[i]):
            blank = not exact and (kinds[k] & SPACE) != 0
            if blank and k > start[i] and (kinds[k - 1] & SPACE) != 0:
                continue
            if n == len(buffer):
                n = first
                break
            buffer[n] = 32 if blank else codes[k]
            n += 1
        if n > 0:
            found[i] = find_word(table, buffer, first, n)
