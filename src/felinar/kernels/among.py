"""Which of many shingles are among given ones: hashes are spread evenly, so their high bits say where to look."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.shingle import Shingles

Hashes = NDArray[np.uint32]


def count_among(shingles: Shingles, given: Hashes, *, plain: bool = False) -> NDArray[np.int64]:
    """Return for each text how many of its shingles are among the given ones, which ascend."""
    counts = np.zeros(len(shingles.offsets) - 1, dtype=np.int64)
    (count_given.plain if plain else count_given)(*shingles, given, *places_of(given), counts)
    return counts


def pick_among(shingles: Shingles, given: Hashes, *, plain: bool = False) -> Shingles:
    """Return the shingles of each text that are among the given ones, which come in any order."""
    ordered = np.unique(given)
    offsets, hashes = np.zeros_like(shingles.offsets), np.empty(len(shingles.hashes), dtype=np.uint32)
    (pick_given.plain if plain else pick_given)(*shingles, ordered, *places_of(ordered), offsets, hashes)
    return Shingles(offsets, hashes[: offsets[-1]].copy())


def places_of(given: Hashes) -> tuple[NDArray[np.int64], np.uint32]:
    """Return where the given hashes of each value of the high bits begin, and how many bits are the low ones."""
    high = min(24, max(1, len(given).bit_length()))
    starts = np.searchsorted(given, np.arange((1 << high) + 1, dtype=np.int64) << (32 - high))
    return starts.astype(np.int64), np.uint32(32 - high)


@kernel
def is_given(value, given, starts, low):  # type: ignore[no-untyped-def]
    """Return whether a hash is among the given ones."""
    place = value >> low
    at, end = starts[place], starts[place + np.uint32(1)]
    while at < end and given[at] < value:
        at += 1
    return at < end and given[at] == value


@kernel
def pick_given(offsets, hashes, given, starts, low, out_offsets, out):  # type: ignore[no-untyped-def]
    """Write the hashes of each text that are given, in order."""
    n = 0
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            if is_given(hashes[place], given, starts, low):
                out[n] = hashes[place]
                n += 1
        out_offsets[text + 1] = n


@kernel
def count_given(offsets, hashes, given, starts, low, counts):  # type: ignore[no-untyped-def]
    """Write how many hashes of each text are given."""
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            counts[text] += is_given(hashes[place], given, starts, low)
