"""Which readings of the same characters hold: the native form of `extract/precedence.py`, for all texts of a page."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.extract.precedence import CONTACT_LINK, INTRODUCED, LINK, ORDER
from felinar.kernels.compile import kernel

_RANK = {kind: rank for rank, kind in enumerate(ORDER)}
_URL, _HANDLE, _PHONE, _PLACE, _NAME = (_RANK[kind] for kind in ("url", "handle", "phone", "place", "name"))
Ints = NDArray[Any]


def ranks_of(kinds: list[str]) -> NDArray[np.int64]:
    """Return the rank of each kind in the order of precedence, -1 for a kind whose mentions overlap freely."""
    return np.array([_RANK.get(kind, -1) for kind in kinds], dtype=np.int64)


def overlapping(text: Ints, start: Ints, end: Ints, rank: Ints, order: Ints) -> Ints:
    """Return the rows of all texts in which two mentions of ranked kinds share a character, in their order.

    In `order` the rows of a text lie together, in the order of their starts.
    """
    placed = order[((rank >= 0) & (start >= 0))[order]]
    left, right = placed[:-1], placed[1:]
    shared = (text[left] == text[right]) & (end[left] > start[right])
    crowded = np.zeros(int(text.max(initial=-1)) + 1, dtype=np.bool_)
    crowded[text[right[shared]]] = True
    return np.flatnonzero(crowded[text])


class Crowd(NamedTuple):
    """All rows of the texts in which some overlap; `rank` is that of the kind, `part` tells kinds apart."""

    text: Ints
    start: Ints
    end: Ints
    part: Ints
    rank: Ints
    confidence: Ints
    value: pa.Array
    raw: pa.Array


def dropped(crowd: Crowd) -> NDArray[np.bool_]:
    """Return which rows are misreadings or doubles.

    The stronger kind holds; of one kind what begins first, then the longest, then by value; equal ones keep the first.
    """
    text, start, end, part, rank, confidence, value, raw = crowd
    introduced = (rank == _NAME) & (confidence >= INTRODUCED)
    strength = np.where(introduced, 2 * _PLACE - 1, 2 * rank)
    word = pc.rank(value, sort_keys="ascending", tiebreaker="dense").to_numpy().astype(np.int64)
    free = (rank < 0) | (start < 0)
    order = np.lexsort((word, -end, start, strength, free, text))
    linked = np.zeros(len(text), dtype=np.bool_)
    contacts = np.flatnonzero((rank == _URL) | (rank == _HANDLE))
    linked[contacts] = [CONTACT_LINK.search(raw[int(i)].as_py()) is not None for i in contacts]
    drop = np.zeros(len(text), dtype=np.bool_)
    owners = np.zeros(int(end.max(initial=0)) + 1, dtype=np.int64)
    settle(order, text, start, end, rank, free, linked, owners, drop)
    return drop | _doubles((text, start, end, part, word), order, drop)


def _doubles(columns: tuple[Ints, ...], order: Ints, drop: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which rows that are kept say again what another one says; of equal ones the first in the order is kept."""
    kept = order[~drop[order]]
    sorted_ = np.lexsort(tuple(column[kept] for column in columns))
    same = np.ones(max(0, len(kept) - 1), dtype=np.bool_)
    for column in columns:
        same &= np.diff(column[kept][sorted_]) == 0
    double = np.zeros(len(drop), dtype=np.bool_)
    double[kept[sorted_[1:][same]]] = True
    return double


@kernel
def settle(
    order: Any, text: Any, start: Any, end: Any, rank: Any, free: Any, linked: Any, owners: Any, drop: Any
) -> None:
    """Write which rows lose their characters to a stronger one; `owners` is room for whose each character is."""
    first = 0
    while first < len(order):
        stop = first
        reach = 0
        while stop < len(order) and text[order[stop]] == text[order[first]]:
            reach = max(reach, end[order[stop]])
            stop += 1
        owners[:reach] = 0
        for i in range(first, stop):
            row = order[i]
            if free[row]:
                continue
            owner = rank[row] + 1 + (LINK if linked[row] else 0)
            for place in range(start[row], end[row]):
                other = owners[place]
                if not may_share(rank[row], other, owner):
                    drop[row] = True
                    break
            if not drop[row]:
                owners[start[row] : end[row]] = owner
        first = stop


@kernel
def may_share(rank: int, other: int, owner: int) -> bool:
    """Say whether a mention of this rank may have a character that is another's."""
    if other == 0 or other == owner or other % LINK == rank + 1:
        return True
    if rank == _HANDLE:
        return other % LINK == _URL + 1
    return rank == _PHONE and other > LINK
