"""The chunks of a text with their weights, which a memory keeps from text to text: most words recur.

A chunk of up to 16 characters of the first Unicode plane is its own key, packed into four integers.
"""

# ruff: noqa: SIM300 -- numba compiles these loops, not their short forms

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
    WORD,
    ends_in_free_call,
    has_rare_word,
    is_rare_chunk,
    rare_bits,
)
from felinar.kernels.compile import kernel

_PLACES, _LONGEST = 1 << 15, 16
_MIX = np.uint64(0x9E3779B97F4A7C15)
_own = threading.local()


def chunk_memory() -> NDArray[np.int64]:
    """Return this thread's memory of chunks: rows of a key (four columns), a weight and what is rare in it."""
    if not hasattr(_own, "memory"):
        _own.memory = np.zeros((_PLACES, 6), dtype=np.int64)
    memory: NDArray[np.int64] = _own.memory
    return memory


@kernel
def slot_of(a: Any, b: Any, c: Any, d: Any) -> Any:
    """Return the row of a key."""
    value = np.uint64(a) * _MIX
    value = (value ^ (value >> np.uint64(29)) ^ np.uint64(b)) * _MIX
    value = (value ^ (value >> np.uint64(29)) ^ np.uint64(c)) * _MIX
    value = (value ^ (value >> np.uint64(29)) ^ np.uint64(d)) * _MIX
    return np.int64((value ^ (value >> np.uint64(31))) & np.uint64(_PLACES - 1))


@kernel
def write_chunks(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, stop, memory, r
) -> Any:
    """Write the chunks of text[begin:stop] with their weights; return (how many, sum of weights, may be rare)."""
    n = 0
    total = 0
    words = False
    maybe = False
    at = begin
    while True:
        while at < stop and kinds[at] & SPACE:
            at += 1
        if at >= stop:
            break
        start = at
        a = b = c = d = np.int64(0)
        figures = 0
        short: Any = True
        while at < stop:
            kind = np.int64(kinds[at])
            if kind & SPACE:
                break
            code = np.int64(text[at])
            figures += (kind & FIGURE) != 0
            short = short and 0 < code and code < 65536
            size = at - start
            if size < 4:
                a = a << 16 | code
            elif size < 8:
                b = b << 16 | code
            elif size < 12:
                c = c << 16 | code
            else:
                d = d << 16 | code
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
            slot = slot_of(a, b, c, d)
            known = short and size <= _LONGEST
            if (
                known
                and memory[slot, 0] == a
                and memory[slot, 1] == b
                and memory[slot, 2] == c
                and memory[slot, 3] == d
            ):
                weight, bits = memory[slot, 4], memory[slot, 5]
            else:
                weight = weigh(t, text, kinds, start, at, r)
                bits = np.int64(rare_bits(t, text, kinds, start, at))
                if known:
                    memory[slot, 0], memory[slot, 1], memory[slot, 2], memory[slot, 3] = a, b, c, d
                    memory[slot, 4], memory[slot, 5] = weight, bits
            if text[start] == 47 and start - 3 >= begin and text[start - 2] == 101 and text[start - 3] == 109:
                bits |= LINKED
        if bits:
            words = words or (bits & WORD) != 0
            maybe = maybe or is_rare_chunk(t, text, kinds, begin, stop, start, at, bits, r)
        row = R_CHUNKS + 3 * n
        r[row], r[row + 1], r[row + 2] = start, at, weight
        total += weight
        n += 1
    if words and not maybe:
        maybe = has_rare_word(t, text, begin, stop)
    return n, total, maybe
