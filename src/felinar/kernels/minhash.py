"""One-permutation MinHash: one pass over a text's shingles, then band keys; signatures are never kept.

Li, Owen and Zhang 2012; empty bins borrow from filled ones as in Shrivastava 2017 ("optimal densification").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.tokens import SHIFT, STEP

BANDS, ROWS = 16, 3  # two texts of Jaccard 0.6 share a band with probability 0.98, of 0.5 with 0.88
LEAST = 3  # shingles; who shares less is never similar
EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
FOLDS = np.uint64(BANDS * ROWS)
NEXT = np.uint64(0x9E3779B97F4A7C15)


def band_keys(offsets: NDArray[np.int64], hashes: NDArray[np.uint32], *, plain: bool = False) -> NDArray[np.uint32]:
    """Return the band keys of each text: texts that share one are candidates; 0 for a text of under 3 shingles.

    Text i holds hashes[offsets[i]:offsets[i + 1]]. In a pile these are best the shingles that two texts or more hold:
    what stands in one text alone, a typing error or a name, makes no text less like another. 32 bits are enough: what
    shares a key by chance (a hundred pairs a band in a million texts) is compared and dropped.
    """
    keys = np.zeros((len(offsets) - 1, BANDS), dtype=np.uint32)
    (write_keys.plain if plain else write_keys)(offsets, hashes, keys)
    return keys


@kernel
def remixed(state):  # type: ignore[no-untyped-def]
    """Return the 64 bits well mixed."""
    state = (state ^ (state >> SHIFT)) * STEP
    return state ^ (state >> SHIFT)


@kernel
def write_keys(offsets, hashes, keys):  # type: ignore[no-untyped-def]
    """Write the band keys of every text: the high bits of a hash choose its bin, the smallest hash stays there."""
    bins = np.empty(BANDS * ROWS, dtype=np.uint64)
    for text in range(len(keys)):
        if offsets[text + 1] - offsets[text] < LEAST:
            continue
        bins[:] = EMPTY
        for place in range(offsets[text], offsets[text + 1]):
            value = remixed(np.uint64(hashes[place]) * NEXT)
            slot = (value >> SHIFT) % FOLDS
            bins[slot] = min(bins[slot], value)  # no branch: which is smaller cannot be foretold
        for band in range(BANDS):
            state = np.uint64(band + 1)
            for row in range(ROWS):
                value = bins[band * ROWS + row]
                probe = np.uint64(band * ROWS + row + 1)
                while value == EMPTY:  # the same walk for every text, so that equal sets borrow alike
                    probe = remixed(probe + NEXT)
                    value = bins[(probe >> SHIFT) % FOLDS]
                state = remixed(state * NEXT ^ value)
            keys[text, band] = max(np.uint64(1), state >> SHIFT)


@kernel
def chain_equal(keys, band, slots, before):  # type: ignore[no-untyped-def]
    """Write for each text the text before it with the same key in a band, -1 for none; `slots` is room for a table."""
    slots[:] = -1
    before[:] = -1
    mask = len(slots) - 1
    for text in range(len(keys)):
        key = keys[text, band]
        if key == 0:
            continue
        slot = np.int64(key) & mask
        while slots[slot] >= 0 and keys[slots[slot], band] != key:
            slot = (slot + 1) & mask
        before[text] = slots[slot]
        slots[slot] = text


@kernel
def distinct_pairs(before, pairs):  # type: ignore[no-untyped-def]
    """Write (text before, text) for texts with one key in a band or more, each pair once, and return how many."""
    n = 0
    for text in range(before.shape[1]):
        first = n
        for band in range(before.shape[0]):
            other, at = before[band, text], first
            while at < n and pairs[0, at] != other:
                at += 1
            if other >= 0 and at == n:
                pairs[0, n], pairs[1, n] = other, text
                n += 1
    return n
