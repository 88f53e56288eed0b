"""The chunks of a text with their weights, which a memory keeps from text to text: most words recur.

A chunk of up to 24 characters below 256, or 12 of the first Unicode plane, is its own key, packed into three integers.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import FIGURE, SPACE
from felinar.extract.native.phone_columns import CHUNK_COLUMNS, R_CHUNKS
from felinar.extract.native.phone_fetch import fetched
from felinar.extract.native.phone_prefilter import STRONG, weigh
from felinar.extract.native.phone_rare import LETTERED, LINKED, rare_bits, write_rare
from felinar.extract.native.phone_signals import SIGNALS, has_free_call, of_figures, signals_of
from felinar.extract.native.phone_spans import languages_of_chunk
from felinar.kernels.compile import kernel

# The memory has some rows for each place, the newest first, which fill one line of the processor's cache: four of two
# integers (a key and what is known) for narrow chunks of up to eight characters, which are most; behind them, for
# others, two of four integers.
_SHORT_BITS, _LONG_BITS, WAYS, LONG_WAYS = 12, 12, 4, 2
_LONG_ROWS = (2 * WAYS) << _SHORT_BITS
_ALL_ROWS = _LONG_ROWS + ((4 * LONG_WAYS) << _LONG_BITS)
_LINE = 8  # integers in a line of the cache
# A key has three integers: eight characters below 256 in each (a narrow chunk), or four below 65536.
_PIECE, _WIDE_PIECE = 8, 4
# What is known has the weight, the bits of what is rare, the signals, whether the chunk is narrow, and whether
# it is a number word.
_BITS, _SIGNALS, _NARROW_BIT, _SPOKEN_BIT = 50, 55, 61, 62
_WEIGHT, _RARE = (1 << _BITS) - 1, 31
_MIX, _MIX_TWO, _MIX_THREE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_NOTHING, _EIGHT, _SIXTEEN, _FIRST, _WIDE_FIRST = map(np.uint64, (0, 8, 16, 56, 48))
_SHORT_SHIFT, _LONG_SHIFT, _HALF = np.uint64(64 - _SHORT_BITS), np.uint64(64 - _LONG_BITS), np.uint64(32)
# Sorts of chunks: figures alone, those that are their own key in one, two or three integers, others.
_FIGURES, _SHORT, _NARROW, _WIDE, _KEYLESS = range(5)
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
    return np.int64((value ^ (value >> _HALF)) * _MIX >> _LONG_SHIFT) * (4 * LONG_WAYS) + _LONG_ROWS


@kernel
def find_short(memory: Any, slot: Any, a: Any) -> Any:
    """Return what is known of a short chunk, -1 for nothing.

    All rows are looked at: which of them it is nobody can foresee, and the processor would guess wrong.
    """
    known: Any = np.int64(-1)
    for row in range(slot, slot + 2 * WAYS, 2):
        here = np.int64(memory[row] == a)
        known = known & (here - 1) | memory[row + 1] & -here
    return known


@kernel
def find_long(memory: Any, slot: Any, a: Any, b: Any, c: Any, narrow: Any) -> Any:
    """Return what is known of another chunk, -1 for nothing."""
    known: Any = np.int64(-1)
    for row in range(slot, slot + 4 * LONG_WAYS, 4):
        about = memory[row + 3]
        other = (memory[row] ^ a) | (memory[row + 1] ^ b) | (memory[row + 2] ^ c) | (about >> _NARROW_BIT & 1 ^ narrow)
        here = np.int64(other == 0)
        known = known & (here - 1) | about & -here
    return known


@kernel
def make_room(memory: Any, slot: Any, width: Any) -> None:
    """Move the rows of a place back by one; the oldest goes."""
    for k in range(slot + _LINE - 1, slot + width - 1, -1):
        memory[k] = memory[k - width]


@kernel
def look_at(t: Any, text: Any, kinds: Any, start: Any, end: Any, r: Any) -> Any:
    """Return what is known of a chunk: weight, bits of what is rare, signals, whether it is a number word."""
    weight: Any = np.int64(weigh(t, text, kinds, start, end, r))
    bits: Any = np.int64(rare_bits(t, text, kinds, start, end))
    signals: Any = np.int64(signals_of(text, kinds, start, end))
    spoken: Any = np.int64(languages_of_chunk(t, text, kinds, start, end, r) != 0)
    return weight | bits << _BITS | signals << _SIGNALS | spoken << _SPOKEN_BIT


@kernel
def write_keys(text: Any, kinds: Any, begin: Any, stop: Any, memory: Any, r: Any) -> Any:
    """Write where the chunks of text[begin:stop] stand, their keys and sorts; return how many there are.

    What is known of a chunk is fetched into the cache of the processor while the next ones are packed.
    """
    row: Any = np.int64(R_CHUNKS)
    at = begin
    while True:
        while at < stop and kinds[at] & SPACE:
            at += 1
        if at >= stop:
            break
        start = at
        a: Any = _NOTHING  # the last eight characters, those before them, and those before these
        b: Any = _NOTHING
        c: Any = _NOTHING
        every: Any = np.int64(0)
        same: Any = np.int64(FIGURE)
        while at < stop:
            kind, code = np.int64(kinds[at]), np.int64(text[at])
            if kind & SPACE:
                break
            same &= kind
            every |= code | (np.int64(code == 0) << 16)  # a zero would be lost in a key
            c = c << _EIGHT | b >> _FIRST
            b = b << _EIGHT | a >> _FIRST
            a = a << _EIGHT | np.uint64(code)
            at += 1
        size = at - start
        sort: Any = np.int64(_FIGURES)
        if same:
            pass
        elif every < 256 and size <= 3 * _PIECE:
            sort = np.int64(_SHORT if size <= _PIECE else _NARROW)
        elif every < 65536 and size <= 3 * _WIDE_PIECE:
            sort = np.int64(_WIDE)
            a, b, c = _NOTHING, _NOTHING, _NOTHING
            for k in range(start, at):
                c = c << _SIXTEEN | b >> _WIDE_FIRST
                b = b << _SIXTEEN | a >> _WIDE_FIRST
                a = a << _SIXTEEN | np.uint64(text[k])
        else:
            sort = np.int64(_KEYLESS)
        if sort == _SHORT:
            fetched(memory, short_slot(a))
        elif sort <= _WIDE:
            fetched(memory, long_slot(a, b, c))
        r[row], r[row + 1], r[row + 2], r[row + 3] = start, at, np.int64(a), sort
        r[row + 4], r[row + 5] = np.int64(b), np.int64(c)
        row += CHUNK_COLUMNS
    return (row - R_CHUNKS) // CHUNK_COLUMNS


@kernel
def known_of_figures(text: Any, start: Any, end: Any) -> Any:
    """Return what is known of figures alone."""
    zeros = end - start >= 7 and text[start] == 48 and text[start + 1] == 48 and text[start + 2] == 48
    weight: Any = np.int64(0) if zeros else min(end - start, 100_000) * STRONG
    weight |= np.int64(of_figures(text, start, end)) << _SIGNALS
    return weight | np.int64(LETTERED if has_free_call(text, start, end) else 0) << _BITS


@kernel
def write_chunks(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, stop, memory, number, r, rare
) -> Any:
    """Write the chunks of text[begin:stop], the text of this number, with their weights, and its marks of rare ways.

    Return (how many, sum of weights, what stands somewhere in the text).
    """
    total: Any = np.int64(0)
    seen: Any = np.int64(0)
    n = write_keys(text, kinds, begin, stop, memory, r)
    for row in range(R_CHUNKS, R_CHUNKS + CHUNK_COLUMNS * n, CHUNK_COLUMNS):
        start, end, a, sort = r[row], r[row + 1], r[row + 2], r[row + 3]
        known: Any = np.int64(-1)
        slot: Any = np.int64(-1)
        if sort == _SHORT:
            slot = short_slot(a)
            known = find_short(memory, slot, a)
        elif sort == _FIGURES:
            known = known_of_figures(text, start, end)
        elif sort <= _WIDE:
            slot = long_slot(a, r[row + 4], r[row + 5])
            known = find_long(memory, slot, a, r[row + 4], r[row + 5], np.int64(sort == _NARROW))
        if known < 0:
            known = look_at(t, text, kinds, start, end, r) | np.int64(sort == _NARROW) << _NARROW_BIT
            if sort == _SHORT:
                make_room(memory, slot, np.int64(2))
                memory[slot], memory[slot + 1] = a, known
            elif slot >= 0:
                make_room(memory, slot, np.int64(4))
                memory[slot], memory[slot + 1], memory[slot + 2] = a, r[row + 4], r[row + 5]
                memory[slot + 3] = known
        bits = known >> _BITS & _RARE
        if text[start] == 47 and start - 3 >= begin and text[start - 2] == 101 and text[start - 3] == 109:
            bits |= LINKED
        if bits:
            write_rare(t, text, kinds, begin, stop, start, end, bits, number, r, rare)
        r[row + 2], r[row + 3] = known & _WEIGHT, known >> _SPOKEN_BIT
        seen |= known >> _SIGNALS
        total += known & _WEIGHT
    return n, total, seen & SIGNALS
