"""Which pictures may show a part in common: those of whose points several fall into the same drawers.

A drawer is a choice of 32 of the 256 bits of a description; descriptions of one point agree in most bits, so they fall
into the same drawer of one of twelve choices sooner or later (Indyk and Motwani 1998). What lies in a drawer of many
pictures (a site's mark, a frame, letters) says nothing of any of them and is passed over. Most points lie in a drawer
alone; these are left out before anything is sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

CHOICES, WIDTH, BITS = 12, 32, 256
MIX = np.uint64(0x9E3779B97F4A7C15)
MOST_BITS = 28  # of the table in which drawers are counted: 256 MB
# Points that two pictures must have in common drawers, and pictures from which a drawer says nothing. Three points
# bring eight times as many pairs to compare, 3 more of 100 crops and collages, and the first wrong pairs.
LEAST_SHARED, MOST_PICTURES = 6, 8


def candidates(
    words: NDArray[np.uint64], picture: NDArray[np.int64], *, most: int = MOST_PICTURES, plain: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return pairs of pictures (left < right, sorted) that may show a part in common.

    `words` are the descriptions of all points (4 words each), `picture` the number of the picture that each belongs to,
    in ascending order.
    """
    found = [np.empty((0, 3), dtype=np.int64)]
    for drawer in drawers(words, plain=plain):
        in_company = np.flatnonzero(_not_alone(drawer, plain=plain))
        order = in_company[np.argsort(drawer[in_company], kind="stable")]  # in a drawer in the order of the pictures
        room = 4 * len(order) + 64
        while True:
            out = np.empty((room, 3), dtype=np.int64)
            run = meet.plain if plain else meet
            n = run(drawer[order], picture[order], order, most, out)
            if n <= room:
                break
            room = n
        found.append(out[:n])
    left, right, point = np.concatenate(found).T
    count = int(picture[-1]) + 1 if len(picture) else 1
    pair = left * count + right
    order = np.lexsort((point, pair))
    pair, point = pair[order], point[order]
    # one point of the left picture counts once for a right one, in however many choices they meet
    once = np.ones(len(pair), dtype=np.bool_)
    once[1:] = (pair[1:] != pair[:-1]) | (point[1:] != point[:-1])
    pairs, counts = np.unique(pair[once], return_counts=True)
    kept = pairs[counts >= LEAST_SHARED]
    return kept // count, kept % count


def drawers(words: NDArray[np.uint64], *, plain: bool = False) -> Iterator[NDArray[np.uint32]]:
    """Yield the drawer of each of these descriptions, choice by choice."""
    for bits in _chosen():
        drawer = np.empty(len(words), dtype=np.uint32)
        (write_drawers.plain if plain else write_drawers)(words, bits, drawer)
        yield drawer


def _not_alone(drawer: NDArray[np.uint32], *, plain: bool) -> NDArray[np.bool_]:
    """Return which descriptions may share their drawer: all that do, and a few that only share its last bits."""
    width = min(MOST_BITS, max(10, len(drawer).bit_length() + 4))
    met = np.zeros(1 << width, dtype=np.uint8)
    shared = np.empty(len(drawer), dtype=np.bool_)
    (mark_shared.plain if plain else mark_shared)(drawer, met, shared)
    return shared


@lru_cache(maxsize=1)
def _chosen() -> NDArray[np.uint64]:
    """Return the bits of each choice as masks over the four words: made up once, the same for ever."""
    random = np.random.Generator(np.random.PCG64(2026))
    masks = np.zeros((CHOICES, BITS // 64), dtype=np.uint64)
    for choice in range(CHOICES):
        for bit in random.permutation(BITS)[:WIDTH].tolist():
            masks[choice, bit >> 6] |= np.uint64(1 << (bit & 63))
    return masks


@kernel
def write_drawers(words, masks, drawer):  # type: ignore[no-untyped-def]
    """Write the drawer of each description: the chosen bits, mixed so that each counts in the last ones."""
    for row in range(len(words)):
        value = np.uint64(0)
        for k in range(4):
            value = (value ^ (words[row, k] & masks[k])) * MIX
            value ^= value >> np.uint64(29)
        drawer[row] = value >> np.uint64(32)


@kernel
def mark_shared(drawer, met, shared):  # type: ignore[no-untyped-def]
    """Write which drawers occur more than once, by their last bits."""
    last = np.uint32(len(met) - 1)
    for row in range(len(drawer)):
        at = drawer[row] & last
        met[at] = min(2, met[at] + 1)
    for row in range(len(drawer)):
        shared[row] = met[drawer[row] & last] > 1


@kernel
def meet(drawer, picture, point, most, out):  # type: ignore[no-untyped-def]
    """Write (left picture, right picture, point of the left one) for what lies in one drawer; return how many rows."""
    n = np.int64(0)
    begin = np.int64(0)
    while begin < len(drawer):
        end = begin + 1
        pictures = np.int64(1)
        while end < len(drawer) and drawer[end] == drawer[begin]:
            pictures += picture[end] != picture[end - 1]
            end += 1
        if 1 < pictures <= most:
            for i in range(begin, end):
                for j in range(i + 1, end):
                    if picture[i] != picture[j]:
                        if n < len(out):
                            out[n, 0], out[n, 1], out[n, 2] = picture[i], picture[j], point[i]
                        n += 1
        begin = end
    return n
