"""Tokens to shingles: the distinct runs of a few tokens, as sorted 64-bit hashes in one flat array.

A text under 8 tokens has shingles of 2 tokens, one in a script without blanks of 5 signs, any other of 3 tokens.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.tokens import SEED, SIGN, Tokens, mixed


class Shingles(NamedTuple):
    """Distinct shingles of many texts in ascending order: text i has hashes[offsets[i]:offsets[i + 1]]."""

    offsets: NDArray[np.int64]
    hashes: NDArray[np.uint64]


def shingles_of(tokens: Tokens, rows: NDArray[np.int64], *, plain: bool = False) -> Shingles:
    """Return the distinct shingles of these texts: 3 tokens, 2 in texts under 8 tokens, 5 signs without blanks."""
    room = int((tokens.offsets[rows + 1] - tokens.offsets[rows]).sum()) if len(rows) else 0
    offsets, hashes = np.zeros(len(rows) + 1, dtype=np.int64), np.empty(room, dtype=np.uint64)
    (shingle.plain if plain else shingle)(tokens.hashes, tokens.kinds, tokens.offsets, rows, offsets, hashes)
    return Shingles(offsets, hashes[: offsets[-1]].copy())


def whole_text_hashes(tokens: Tokens, *, plain: bool = False) -> NDArray[np.uint64]:
    """Return one hash per text over all its tokens: equal for texts that differ in digits and signs at most."""
    out = np.empty(len(tokens.offsets) - 1, dtype=np.uint64)
    (hash_texts.plain if plain else hash_texts)(tokens.hashes, tokens.offsets, out)
    return out


@kernel
def hash_texts(hashes, offsets, out):  # type: ignore[no-untyped-def]
    """Write one hash per text."""
    for text in range(len(out)):
        state = SEED
        for token in range(offsets[text], offsets[text + 1]):
            state = mixed(state, hashes[token])
        out[text] = state


@kernel
def width_for(kinds, first, last):  # type: ignore[no-untyped-def]
    """Return how many tokens make a shingle of this text."""
    signs = 0
    for token in range(first, last):
        if kinds[token] == SIGN:
            signs += 1
    if 2 * signs > last - first and last - first >= 12:
        return 5
    return 3 if last - first >= 8 else 2


@kernel
def shingle(hashes, kinds, offsets, rows, out_offsets, out):  # type: ignore[no-untyped-def]
    """Write the distinct shingles of every text in ascending order."""
    n = 0
    for i in range(len(rows)):
        first, last = offsets[rows[i]], offsets[rows[i] + 1]
        width = width_for(kinds, first, last)
        begin = n
        for token in range(first, last - width + 1):
            state = SEED
            for part in range(width):
                state = mixed(state, hashes[token + part])
            out[n] = mixed(state, np.uint64(width))
            n += 1
        out[begin:n].sort()
        kept = begin
        for place in range(begin, n):
            if place == begin or out[place] != out[kept - 1]:
                out[kept] = out[place]
                kept += 1
        n = kept
        out_offsets[i + 1] = n
