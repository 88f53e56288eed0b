"""Which of many shingles are among given ones: a bit per hash value answers for nearly all of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.shingle import Shingles

SIX, LOW_SIX = np.uint32(6), np.uint32(63)


def count_among(shingles: Shingles, given: NDArray[np.uint32], *, plain: bool = False) -> NDArray[np.int64]:
    """Return for each text how many of its shingles are among the given ones, which ascend."""
    counts = np.zeros(len(shingles.offsets) - 1, dtype=np.int64)
    run = count_given.plain if plain else count_given
    run(*shingles, given, bits_of(given, plain=plain), counts)
    return counts


def pick_among(shingles: Shingles, given: NDArray[np.uint32], *, plain: bool = False) -> Shingles:
    """Return the shingles of each text that are among the given ones, and some that are not."""
    offsets, hashes = np.zeros_like(shingles.offsets), np.empty(len(shingles.hashes) + 1, dtype=np.uint32)
    run = pick_marked.plain if plain else pick_marked
    run(*shingles, bits_of(given, plain=plain), offsets, hashes)
    return Shingles(offsets, hashes[: offsets[-1]])


def bits_of(given: NDArray[np.uint32], *, plain: bool) -> NDArray[np.uint64]:
    """Return a table with the bits of the given hashes set, eight times as many bits as hashes."""
    bits = np.zeros(1 << max(0, (8 * len(given)).bit_length() - 6), dtype=np.uint64)
    (set_bits.plain if plain else set_bits)(given, bits)
    return bits


@kernel
def set_bits(given, bits):  # type: ignore[no-untyped-def]
    """Set the bit of each hash."""
    for value in given:
        bit = value & np.uint32(64 * len(bits) - 1)
        bits[bit >> SIX] |= np.uint64(1) << np.uint64(bit & LOW_SIX)


@kernel
def is_marked(bits, value):  # type: ignore[no-untyped-def]
    """Return 1 if the bit of a hash is set, else 0."""
    bit = value & np.uint32(64 * len(bits) - 1)
    return np.int64((bits[bit >> SIX] >> np.uint64(bit & LOW_SIX)) & np.uint64(1))


@kernel
def pick_marked(offsets, hashes, bits, out_offsets, out):  # type: ignore[no-untyped-def]
    """Write the hashes of each text whose bit is set, in order."""
    n = 0
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            out[n] = hashes[place]
            n += is_marked(bits, hashes[place])
        out_offsets[text + 1] = n


@kernel
def count_given(offsets, hashes, given, bits, counts):  # type: ignore[no-untyped-def]
    """Write how many hashes of each text are among the given ones."""
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            if is_marked(bits, hashes[place]):
                at = np.searchsorted(given, hashes[place])
                counts[text] += at < len(given) and given[at] == hashes[place]
