"""Bands of a 256-bit hash: how it is cut so that hashes within a radius agree nearly in one band at least.

Norouzi, Punjani and Fleet 2014, "Fast Exact Search in Hamming Space with Multi-Index Hashing", with thresholds by the
generalised pigeonhole principle of Qin et al. 2018: if two hashes differ in at most r bits and the thresholds of m
bands sum to r - m + 1, then in one band they differ in no more bits than its threshold.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.bits import ones
from felinar.kernels.compile import kernel

BITS, WORDS, WORD_BITS = 256, 4, 64


class Bands(NamedTuple):
    """Per band its first bit, its width, how many bits may differ; and masks: all ways in which so many bits differ.

    The masks of band b are `masks[masks_at[b]:masks_at[b + 1]]`, the one without a difference first.
    """

    first: NDArray[np.int64]
    width: NDArray[np.int64]
    most: NDArray[np.int64]
    masks: NDArray[np.int64]
    masks_at: NDArray[np.int64]


@lru_cache(maxsize=16)
def bands(count: int, radius: int) -> Bands:
    """Return `count` bands for hashes that differ in at most `radius` bits; narrow bands may differ in more bits."""
    width = np.full(count, BITS // count, dtype=np.int64)
    width[: BITS % count] += 1
    spare = radius - count + 1
    most = np.full(count, spare // count, dtype=np.int64)  # -1: this band is not asked at all
    narrow_first = np.argsort(width, kind="stable")
    most[narrow_first[: spare % count]] += 1
    masks = [_masks(int(w), int(n)) for w, n in zip(width, most, strict=True)]
    at = np.concatenate(([0], np.cumsum([len(one) for one in masks]))).astype(np.int64)
    return Bands(np.cumsum(width) - width, width, most, np.concatenate(masks), at)


@lru_cache(maxsize=64)
def _masks(width: int, most: int) -> NDArray[np.int64]:
    found = [sum(1 << bit for bit in bits) for size in range(most + 1) for bits in combinations(range(width), size)]
    return np.array(found, dtype=np.int64)


@kernel
def band_of(hashes, row, first, width):  # type: ignore[no-untyped-def]
    """Return the bits of one band of a hash as a number; a band may reach over two words."""
    word, skip = first >> 6, first & 63
    value = hashes[row, word] << np.uint64(skip)
    if skip + width > WORD_BITS:
        value |= hashes[row, word + 1] >> np.uint64(WORD_BITS - skip)
    return np.int64(value >> np.uint64(WORD_BITS - width))


@kernel
def distance(left, i, right, j, most):  # type: ignore[no-untyped-def]
    """Return in how many bits two hashes differ; a number above `most` once half of them differ in more."""
    found = ones(left[i, 0] ^ right[j, 0]) + ones(left[i, 1] ^ right[j, 1])
    if found > most:
        return found
    return found + ones(left[i, 2] ^ right[j, 2]) + ones(left[i, 3] ^ right[j, 3])


@kernel
def seen_before(left, i, right, j, first, width, most, band):  # type: ignore[no-untyped-def]
    """Say whether an earlier band brings these two together as well: only the first one reports them."""
    for earlier in range(band):
        bits = band_of(left, i, first[earlier], width[earlier]) ^ band_of(right, j, first[earlier], width[earlier])
        if ones(np.uint64(bits)) <= most[earlier]:
            return True
    return False
