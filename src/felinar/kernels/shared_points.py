"""Which pictures may show a part in common: those of whose points several fall into the same drawers.

A drawer is a choice of 32 of the 256 bits of a description; descriptions of one point agree in most bits, so they fall
into the same drawer of one of twelve choices sooner or later (Indyk and Motwani 1998). What lies in a drawer of many
pictures (a site's mark, a frame, letters) says nothing of any of them and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

CHOICES, WIDTH, BITS = 12, 32, 256
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
        order = np.argsort(drawer, kind="stable")  # inside a drawer in the order of the pictures
        room = 4 * len(words) + 64
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


@lru_cache(maxsize=1)
def _chosen() -> NDArray[np.int64]:
    """Return the bits of each choice: made up once, the same for ever."""
    random = np.random.Generator(np.random.PCG64(2026))
    return np.array([np.sort(random.permutation(BITS)[:WIDTH]) for _ in range(CHOICES)], dtype=np.int64)


@kernel
def write_drawers(words, bits, drawer):  # type: ignore[no-untyped-def]
    """Write the drawer of each description: the chosen bits side by side."""
    for row in range(len(words)):
        value = np.uint64(0)
        for bit in bits:
            value = (value << np.uint64(1)) | ((words[row, bit >> 6] >> np.uint64(bit & 63)) & np.uint64(1))
        drawer[row] = value


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
