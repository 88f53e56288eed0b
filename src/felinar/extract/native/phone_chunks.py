"""The chunks of a text with their weights, which a memory keeps from text to text: most words recur.

A chunk of up to 24 characters below 256, or 12 of the first Unicode plane, is its own key, packed into three integers.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import FIGURE, SPACE
from felinar.extract.native.phone_columns import R_CHUNKS
from felinar.extract.native.phone_prefilter import STRONG, weigh
from felinar.extract.native.phone_rare import (
    LETTERED,
    LINKED,
    ends_in_free_call,
    is_rare_chunk,
    rare_bits,
)
from felinar.kernels.compile import kernel

_PLACES = 1 << 14
# A key has three integers: eight characters below 256 in each (a narrow chunk), or four below 65536.
_LONGEST_NARROW, _LONGEST_WIDE = 24, 12
_NO_KEY = np.int64(1 << 16)  # for a zero: it would be lost in a key
# The fourth integer has the weight, the bits of what is rare, and whether the chunk is narrow.
_BITS, _NARROW_BIT = 56, 61
_WEIGHT = (1 << _BITS) - 1
_MIX, _MIX_TWO, _MIX_THREE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_own = threading.local()


def chunk_memory() -> NDArray[np.int64]:
    """Return this thread's memory of chunks: four integers for each, a key and what is known."""
    if not hasattr(_own, "memory"):
        _own.memory = np.zeros(4 * _PLACES, dtype=np.int64)
    memory: NDArray[np.int64] = _own.memory
    return memory


@kernel
def slot_of(a: Any, b: Any, c: Any) -> Any:
    """Return where the row of a key begins."""
    value = (np.uint64(a) * _MIX) ^ (np.uint64(b) * _MIX_TWO) ^ (np.uint64(c) * _MIX_THREE)
    value = (value ^ (value >> np.uint64(32))) * _MIX
    return np.int64(value >> np.uint64(40)) % _PLACES * 4


@kernel
def packed(text: Any, start: Any, end: Any, shift: Any) -> Any:
    """Return characters as one integer, 0 for none."""
    value = np.int64(0)
    for k in range(start, end):
        value = value << shift | np.int64(text[k])
    return value


@kernel
def write_chunks(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, stop, memory, r
) -> Any:
    """Write the chunks of text[begin:stop] with their weights; return (how many, sum of weights, may be rare)."""
    n = 0
    total = 0
    maybe = False
    at = begin
    while True:
        while at < stop and kinds[at] & SPACE:
            at += 1
        if at >= stop:
            break
        start = at
        figures = 0
        every = np.int64(0)
        while at < stop:
            kind = np.int64(kinds[at])
            if kind & SPACE:
                break
            figures += (kind & FIGURE) != 0
            every |= np.int64(text[at]) if text[at] else _NO_KEY
            at += 1
        size = at - start
        bits: Any = np.int64(0)
        weight: Any = np.int64(0)
        if figures == size:
            zeros = size >= 7 and text[start] == 48 and text[start + 1] == 48 and text[start + 2] == 48
            weight = np.int64(0) if zeros else min(size, 100_000) * STRONG
            if ends_in_free_call(text, kinds, start, at):
                bits = np.int64(LETTERED)
        else:
            narrow = every < 256
            known = size <= (_LONGEST_NARROW if narrow else _LONGEST_WIDE) and every < 65536
            slot: Any = np.int64(0)
            a = b = c = slot
            if known:
                shift = np.int64(8) if narrow else np.int64(16)
                piece = np.int64(8) if narrow else np.int64(4)
                a = packed(text, start, min(at, start + piece), shift)
                b = packed(text, start + piece, min(at, start + 2 * piece), shift)
                c = packed(text, start + 2 * piece, at, shift)
                slot = slot_of(a, b, c)
            if (
                known and memory[slot] == a and memory[slot + 1] == b and memory[slot + 2] == c
                and memory[slot + 3] >> _NARROW_BIT == narrow
            ):  # fmt: skip
                weight, bits = memory[slot + 3] & _WEIGHT, memory[slot + 3] >> _BITS & 31
            else:
                weight = weigh(t, text, kinds, start, at, r)
                bits = np.int64(rare_bits(t, text, kinds, start, at))
                if known:
                    memory[slot], memory[slot + 1], memory[slot + 2] = a, b, c
                    memory[slot + 3] = weight | bits << _BITS | np.int64(narrow) << _NARROW_BIT
            if text[start] == 47 and start - 3 >= begin and text[start - 2] == 101 and text[start - 3] == 109:
                bits |= LINKED
        if bits:
            maybe = maybe or is_rare_chunk(t, text, kinds, begin, stop, start, at, bits, r)
        row = R_CHUNKS + 3 * n
        r[row], r[row + 1], r[row + 2] = start, at, weight
        total += weight
        n += 1
    return n, total, maybe
