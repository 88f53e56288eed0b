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


def without(shingles: Shingles, given: Hashes, *, plain: bool = False) -> Shingles:
    """Return the shingles of each text that are not among the given ones, which ascend."""
    offsets, hashes = np.zeros_like(shingles.offsets), np.empty(len(shingles.hashes), dtype=np.uint32)
    (leave_given.plain if plain else leave_given)(*shingles, given, *places_of(given), offsets, hashes)
    return Shingles(offsets, hashes[: offsets[-1]].copy())


def numbers_among(hashes: Hashes, given: Hashes, *, plain: bool = False) -> NDArray[np.int32]:
    """Return the place of each hash among the given ones, which ascend; -1 where it is not among them.

    Of given ones in a mapped file only those near the asked ones are read.
    """
    numbers = np.empty(len(hashes), dtype=np.int32)
    asked = places_of(given, len(hashes).bit_length())
    (number_given.plain if plain else number_given)(hashes, given, *asked, numbers)
    return numbers


def places_of(given: Hashes, most: int = 20) -> tuple[NDArray[np.int64], np.uint32]:
    """Return where the given hashes of each value of the high bits begin, and how many bits are the low ones."""
    high = max(1, min(20, most, len(given).bit_length()))
    starts = np.searchsorted(given, (np.arange(1 << high, dtype=np.int64) << (32 - high)).astype(np.uint32))
    return np.append(starts, len(given)).astype(np.int64), np.uint32(32 - high)


@kernel
def place_among(value, given, starts, low):  # type: ignore[no-untyped-def]
    """Return the place of a hash among the given ones, -1 if it is none of them."""
    at, end = starts[value >> low], starts[(value >> low) + np.uint32(1)]
    last = end
    while at < end:
        middle = (at + end) // 2
        if given[middle] < value:
            at = middle + 1
        else:
            end = middle
    return at if at < last and given[at] == value else -1


@kernel
def number_given(hashes, given, starts, low, numbers):  # type: ignore[no-untyped-def]
    """Write the place of each hash among the given ones, or -1."""
    for i in range(len(hashes)):
        numbers[i] = place_among(hashes[i], given, starts, low)


@kernel
def leave_given(offsets, hashes, given, starts, low, out_offsets, out):  # type: ignore[no-untyped-def]
    """Write the hashes of each text that are not given, in order."""
    n = 0
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            if place_among(hashes[place], given, starts, low) < 0:
                out[n] = hashes[place]
                n += 1
        out_offsets[text + 1] = n


@kernel
def count_given(offsets, hashes, given, starts, low, counts):  # type: ignore[no-untyped-def]
    """Write how many hashes of each text are given."""
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            counts[text] += place_among(hashes[place], given, starts, low) >= 0
