"""The chunks of a text with their weights, which a memory keeps from text to text: most words recur.

A chunk of up to 24 characters below 256, or 12 of the first Unicode plane, is its own key, packed into three integers.
"""

# ruff: noqa: SIM102 -- numba compiles these loops, not their short forms

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import FIGURE, SPACE
from felinar.extract.native.phone_columns import R_CHUNKS
from felinar.extract.native.phone_prefilter import STRONG, weigh
from felinar.extract.native.phone_rare import LETTERED, LINKED, is_rare_chunk, rare_bits
from felinar.extract.native.phone_signals import SIGNALS, has_free_call, of_figures, signals_of
from felinar.kernels.compile import kernel

# The memory has WAYS rows for each place, the newest first: of two integers (a key and what is known) for narrow chunks
# of up to eight characters, which are most and fill one line of the processor's cache; behind them of four for others.
_SHORT_BITS, _LONG_BITS, WAYS = 12, 11, 4
_LONG_ROWS = (2 * WAYS) << _SHORT_BITS
_ALL_ROWS = _LONG_ROWS + ((4 * WAYS) << _LONG_BITS)
_LINE = 8  # integers in a line of the cache
# A key has three integers: eight characters below 256 in each (a narrow chunk), or four below 65536.
_LONGEST_NARROW, _LONGEST_WIDE, _PIECE, _WIDE_PIECE = 24, 12, 8, 4
_NO_KEY = np.int64(1 << 16)  # for a zero: it would be lost in a key
# What is known has the weight, the bits of what is rare, the signals, and whether the chunk is narrow.
_BITS, _SIGNALS, _NARROW_BIT = 50, 55, 61
_WEIGHT, _RARE = (1 << _BITS) - 1, 31
_MIX, _MIX_TWO, _MIX_THREE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_SHORT_SHIFT, _LONG_SHIFT, _HALF = np.uint64(64 - _SHORT_BITS), np.uint64(64 - _LONG_BITS), np.uint64(32)
_own = threading.local()


def chunk_memory() -> NDArray[np.int64]:
    """Return this thread's memory of chunks, which begins with a line of the processor's cache."""
    if not hasattr(_own, "memory"):
        rows = np.zeros(_ALL_ROWS + _LINE, dtype=np.int64)
        first = -(rows.ctypes.data // rows.itemsize) % _LINE
        _own.memory = rows[first : first + _ALL_ROWS]
    memory: NDArray[np.int64] = _own.memory
    return memory


@kernel
def short_slot(a: Any) -> Any:
    """Return where the rows of a short key begin."""
    value = np.uint64(a) * _MIX
    return np.int64((value ^ (value >> _HALF)) * _MIX_TWO >> _SHORT_SHIFT) * (2 * WAYS)


@kernel
def long_slot(a: Any, b: Any, c: Any) -> Any:
    """Return where the rows of a long key begin."""
    value = (np.uint64(a) * _MIX) ^ (np.uint64(b) * _MIX_TWO) ^ (np.uint64(c) * _MIX_THREE)
    return np.int64((value ^ (value >> _HALF)) * _MIX >> _LONG_SHIFT) * (4 * WAYS) + _LONG_ROWS


@kernel
def packed(text: Any, start: Any, end: Any) -> Any:
    """Return characters of the first plane as one integer, 0 for none."""
    value = np.int64(0)
    for k in range(start, end):
        value = value << 16 | np.int64(text[k])
    return value


@kernel
def find_short(memory: Any, slot: Any, a: Any) -> Any:
    """Return what is known of a short chunk, -1 for nothing."""
    for row in range(slot, slot + 2 * WAYS, 2):
        if memory[row] == a:
            return memory[row + 1]
    return np.int64(-1)


@kernel
def find_long(memory: Any, slot: Any, a: Any, b: Any, c: Any, narrow: Any) -> Any:
    """Return what is known of another chunk, -1 for nothing."""
    for row in range(slot, slot + 4 * WAYS, 4):
        if memory[row] == a and memory[row + 1] == b and memory[row + 2] == c:
            if memory[row + 3] >> _NARROW_BIT == narrow:
                return memory[row + 3]
    return np.int64(-1)


@kernel
def make_room(memory: Any, slot: Any, width: Any) -> None:
    """Move the rows of a place back by one; the oldest goes."""
    for k in range(slot + WAYS * width - 1, slot + width - 1, -1):
        memory[k] = memory[k - width]


@kernel
def look_at(t: Any, text: Any, kinds: Any, start: Any, end: Any, r: Any) -> Any:
    """Return weight, bits of what is rare and signals of a chunk, as one integer."""
    weight: Any = np.int64(weigh(t, text, kinds, start, end, r))
    bits: Any = np.int64(rare_bits(t, text, kinds, start, end))
    signals: Any = np.int64(signals_of(text, kinds, start, end))
    return weight | bits << _BITS | signals << _SIGNALS


@kernel
def write_chunks(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, stop, memory, r
) -> Any:
    """Write the chunks of text[begin:stop] with their weights.

    Return (how many, sum of weights, whether the text may be rare, what stands somewhere in it).
    """
    row: Any = np.int64(R_CHUNKS)
    total: Any = np.int64(0)
    seen: Any = np.int64(0)
    maybe = False
    at = begin
    while True:
        while at < stop and kinds[at] & SPACE:
            at += 1
        if at >= stop:
            break
        start = at
        every: Any = np.int64(0)
        same: Any = np.int64(FIGURE)
        a: Any = np.int64(0)
        b: Any = np.int64(0)
        c: Any = np.int64(0)
        inside = True
        end: Any = min(stop, at + _PIECE)
        while at < end:
            kind, code = np.int64(kinds[at]), np.int64(text[at])
            if kind & SPACE:
                inside = False
                break
            same &= kind
            every |= code | (np.int64(code == 0) << 16)
            a = a << 8 | code
            at += 1
        if inside and at < stop:
            end = min(stop, at + _PIECE)
            while at < end:
                kind, code = np.int64(kinds[at]), np.int64(text[at])
                if kind & SPACE:
                    inside = False
                    break
                same &= kind
                every |= code | (np.int64(code == 0) << 16)
                b = b << 8 | code
                at += 1
            while inside and at < stop:
                kind, code = np.int64(kinds[at]), np.int64(text[at])
                if kind & SPACE:
                    break
                same &= kind
                every |= code | (np.int64(code == 0) << 16)
                c = c << 8 | code
                at += 1
        size = at - start
        bits: Any = np.int64(0)
        weight: Any = np.int64(0)
        if same:
            zeros = size >= 7 and text[start] == 48 and text[start + 1] == 48 and text[start + 2] == 48
            weight = np.int64(0) if zeros else min(size, 100_000) * STRONG
            seen |= of_figures(text, start, at)
            if has_free_call(text, start, at):
                bits = np.int64(LETTERED)
        else:
            narrow = every < 256
            known: Any = np.int64(-1)
            slot: Any = np.int64(-1)
            short = narrow and size <= _PIECE
            if short:
                slot = short_slot(a)
                known = find_short(memory, slot, a)
            elif size <= (_LONGEST_NARROW if narrow else _LONGEST_WIDE) and every < 65536:
                if not narrow:
                    a = packed(text, start, min(at, start + _WIDE_PIECE))
                    b = packed(text, start + _WIDE_PIECE, min(at, start + 2 * _WIDE_PIECE))
                    c = packed(text, start + 2 * _WIDE_PIECE, at)
                slot = long_slot(a, b, c)
                known = find_long(memory, slot, a, b, c, np.int64(narrow))
            if known < 0:
                known = look_at(t, text, kinds, start, at, r) | np.int64(narrow) << _NARROW_BIT
                if short:
                    make_room(memory, slot, np.int64(2))
                    memory[slot], memory[slot + 1] = a, known
                elif slot >= 0:
                    make_room(memory, slot, np.int64(4))
                    memory[slot], memory[slot + 1], memory[slot + 2], memory[slot + 3] = a, b, c, known
            weight, bits = known & _WEIGHT, known >> _BITS & _RARE
            seen |= known >> _SIGNALS
            if text[start] == 47 and start - 3 >= begin and text[start - 2] == 101 and text[start - 3] == 109:
                bits |= LINKED
        if bits and not maybe:
            maybe = is_rare_chunk(t, text, kinds, begin, stop, start, at, bits, r)
        r[row], r[row + 1], r[row + 2] = start, at, weight
        total += weight
        row += 3
    return (row - R_CHUNKS) // 3, total, maybe, seen & SIGNALS
