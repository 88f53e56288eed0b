"""Bits of 64-bit words."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel

_1, _2, _4, _56 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
_PAIRS, _NIBBLES = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_BYTES, _ONES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)


@kernel
def ones(word):  # type: ignore[no-untyped-def]
    """Return how many bits of 64 are set; the compiler knows this form and takes the machine's own instruction."""
    word = word - ((word >> _1) & _PAIRS)
    word = (word & _NIBBLES) + ((word >> _2) & _NIBBLES)
    word = (word + (word >> _4)) & _BYTES
    return np.int64((word * _ONES) >> _56)
