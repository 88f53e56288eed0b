"""All texts of a page scanned for what may be telephone numbers: parts of runs with their hints, links, atoms, digits.

First the runs of all texts are gathered (`phone_groups.py`), then each is looked at with what stands around it
(`phone_hidden.py`). The reading of the parts as numbers follows in `phone_found.py`; `phone.py` puts all together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.page import Page
from felinar.extract.native.phone_around import language_region
from felinar.extract.native.phone_chunks import chunk_memory
from felinar.extract.native.phone_columns import (
    ATOM_COLUMNS,
    L_TEXT,
    P_TEXT,
    PART_COLUMNS,
    U_COLUMNS,
)
from felinar.extract.native.phone_groups import (
    DECLINES,
    DROPS_LINKS,
    HAS_MARK,
    SIGNED,
    X_COLUMNS,
    X_FIELD,
    X_LANGUAGE,
    X_LINK,
    X_LINK_STOP,
    X_TWICE,
    gather,
)
from felinar.extract.native.phone_hidden import write_parts
from felinar.extract.native.phone_links import links_of
from felinar.extract.native.phone_rare import CHANGE, M_TEXT, M_WAY, MARK_COLUMNS
from felinar.extract.native.phone_tables import room_for, tables
from felinar.extract.native.readings import About

_NONE = np.zeros(0, dtype=np.int32)
# Room for atoms, runs, marks of rare ways and digits: one for so many characters, and so many more.
_ROOM = ((16, 2600, ATOM_COLUMNS), (64, 1000, U_COLUMNS), (16, 100, MARK_COLUMNS))
_DIGITS = (8, 21_000)
_NO_MARKS = np.zeros((0, MARK_COLUMNS), dtype=np.int64)
_FEWEST = 7  # digits of a part


class Scan(NamedTuple):
    """What may be numbers, in the columns of `phone_columns`, and the texts that are left out of it, in rising order.

    Of these `signed` have signs that look like digits (`phone_second.py` reads them) and `changed` may have a plainer
    form (`phone_plainer.py`). `rare` has the marks of rare ways of all texts (columns of `phone_rare.py`).
    """

    atoms: NDArray[np.int64]
    digits: NDArray[np.uint8]
    parts: NDArray[np.int64]
    pieces: NDArray[np.int64]
    links: NDArray[np.int64]
    link_digits: NDArray[np.uint8]
    declined: NDArray[np.int32]
    signed: NDArray[np.int32] = _NONE
    changed: NDArray[np.int32] = _NONE
    rare: NDArray[np.int64] = _NO_MARKS


def scan_texts(
    page: Page,
    texts: NDArray[np.int32],
    about: About,
    *,
    twice: bool = False,
    as_it_is: bool = False,
    plain: bool = False,
) -> Scan:
    """Return what may be numbers in these texts, which are in rising order.

    `twice`: behind each of these texts the page has its second form; `as_it_is`: none needs a plainer form. `plain`
    runs without numba.
    """
    context, state = _context(texts, about, twice), np.zeros(len(texts), dtype=np.uint8)
    room = room_for(int((page.at[texts + 1] - page.at[texts]).max(initial=0)))
    atoms, runs, rare, digits = _gathered(page, texts, context, room, state, plain)
    changed = _NONE if twice or as_it_is else np.unique(rare[rare[:, M_WAY] == CHANGE, M_TEXT]).astype(np.int32)
    state[np.searchsorted(texts, changed)] = DECLINES
    marked = texts[(state & (HAS_MARK | DROPS_LINKS | DECLINES)) == HAS_MARK]
    links, link_digits = links_of(page, marked, about, plain=plain)
    if len(links):
        context[:, X_LINK] = np.searchsorted(links[:, L_TEXT], texts, side="left")
        context[:, X_LINK_STOP] = np.searchsorted(links[:, L_TEXT], texts, side="right")
    parts, pieces = (np.empty((len(digits) // _FEWEST + 1, PART_COLUMNS), dtype=np.int64) for _ in range(2))
    sizes = np.zeros(2, dtype=np.int64)
    (write_parts.plain if plain else write_parts)(
        page.folded, page.kinds, page.place, page.original, page.original_kinds, page.at, page.first, context, links,
        tables(), room, atoms, digits, runs, parts, pieces, sizes, state,
    )  # fmt: skip
    parts, pieces = parts[: sizes[0]], pieces[: sizes[1]]
    declined, signed = texts[(state & DECLINES) != 0], texts[(state & SIGNED) != 0]
    if len(declined):
        kept = np.ones(len(page.first), dtype=np.bool_)
        kept[declined] = False
        parts, links = parts[kept[parts[:, P_TEXT]]], links[kept[links[:, L_TEXT]]]
    return Scan(atoms, digits, parts, pieces, links, link_digits, declined, signed, changed, rare)


def _gathered(
    page: Page, texts: NDArray[np.int32], context: NDArray[np.int64], room: Any, state: NDArray[np.uint8], plain: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """Return atoms, runs, marks of rare ways and digits of these texts."""
    run: Any = gather.plain if plain else gather
    size = int((page.at[texts + 1] - page.at[texts]).sum())
    while True:
        out = [np.empty((size // n + m, k), dtype=np.int64) for n, m, k in _ROOM]
        digits, sizes = np.empty(size // _DIGITS[0] + _DIGITS[1], dtype=np.uint8), np.zeros(4, dtype=np.int64)
        if run(
            page.folded, page.kinds, page.place, page.original, page.at, page.first, texts, context, tables(),
            chunk_memory(), room, *out, digits, sizes, state,
        ):  # fmt: skip
            return out[0][: sizes[0]], out[1][: sizes[1]], out[2][: sizes[2]], digits[: sizes[3]]
        size = 8 * size + 65_536  # what is never written to costs no memory


def _context(texts: NDArray[np.int32], about: About, twice: bool) -> NDArray[np.int64]:
    languages = np.array([language_region(name) for name in about.languages], dtype=np.int64)
    context = np.zeros((len(texts), X_COLUMNS), dtype=np.int64)
    context[:, X_FIELD], context[:, X_LANGUAGE] = about.field[texts], languages[about.language[texts]]
    context[:, X_TWICE] = twice
    return context
