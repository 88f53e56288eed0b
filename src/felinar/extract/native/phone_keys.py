"""The chunks of a text with their keys: what stands between blanks, packed into integers.

A chunk of up to 24 characters below 256, or 12 of the first Unicode plane, is its own key, packed into three integers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.characters import FIGURE, SPACE
from felinar.extract.native.fetch import fetched
from felinar.extract.native.phone_columns import CHUNK_COLUMNS, R_CHUNKS
from felinar.kernels.compile import kernel

# The memory of chunks has some rows for each place, the newest first, which fill one line of the processor's cache:
# four of two integers (a key and what is known) for narrow chunks of up to eight characters, which are most; behind
# them, for others, two of four integers.
SHORT_BITS, LONG_BITS, WAYS, LONG_WAYS = 12, 13, 4, 2
LONG_ROWS = (2 * WAYS) << SHORT_BITS
ALL_ROWS = LONG_ROWS + ((4 * LONG_WAYS) << LONG_BITS)
LINE = 8  # integers in a line of the cache
# Sorts of chunks: figures alone, those that are their own key in one, two or three integers, others.
FIGURES, SHORT, NARROW, WIDE, KEYLESS = range(5)
# Columns of a chunk as `write_keys` leaves them: its place, its key, its place in the memory with its sort below.
K_START, K_END, K_KEY, K_SLOT, K_SECOND, K_THIRD = range(6)
SORT_BITS = 3
# Numbers without a sign: for an index of these numba looks at no negative ones.
_ROWS, _WIDTH, _LONG = map(np.uint64, (R_CHUNKS, CHUNK_COLUMNS, LONG_ROWS))
_NOTHING, _ONE, _TWO, _THREE, _FOUR, _FIVE = map(np.uint64, range(6))
_EIGHT, _TWELVE, _SIXTEEN, _TWENTY_FOUR, _SIXTY_FOUR = map(np.uint64, (8, 12, 16, 24, 64))
_FIGURES, _SHORT, _NARROW, _WIDE, _KEYLESS = map(np.uint64, range(5))
_SPACE, _FIGURE, _BYTE, _PLANE = map(np.uint64, (SPACE, FIGURE, 256, 65536))
_SHORT_SHIFT, _LONG_SHIFT, _HALF = map(np.uint64, (64 - SHORT_BITS, 64 - LONG_BITS, 32))
_MIX, _MIX_TWO, _MIX_THREE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_SHORT_WIDTH, _LONG_WIDTH = np.uint64(2 * WAYS), np.uint64(4 * LONG_WAYS)


@kernel
def short_slot(a: Any) -> Any:
    """Return where the rows of a short key begin."""
    value = a * _MIX
    return ((value ^ (value >> _HALF)) * _MIX_TWO >> _SHORT_SHIFT) * _SHORT_WIDTH


@kernel
def long_slot(a: Any, b: Any, c: Any) -> Any:
    """Return where the rows of a long key begin."""
    value = (a * _MIX) ^ (b * _MIX_TWO) ^ (c * _MIX_THREE)
    return ((value ^ (value >> _HALF)) * _MIX >> _LONG_SHIFT) * _LONG_WIDTH + _LONG


@kernel
def write_keys(text: Any, kinds: Any, begin: Any, stop: Any, memory: Any, r: Any) -> Any:
    """Write where the chunks of text[begin:stop] stand, their keys and sorts; return how many there are.

    What is known of a chunk is fetched into the cache of the processor while the next ones are packed.
    """
    row = _ROWS
    at, last = np.uint64(begin), np.uint64(stop)
    while True:
        while at < last and kinds[at] & SPACE:
            at += _ONE
        if at >= last:
            break
        start = at
        a, every, same = _NOTHING, _NOTHING, _FIGURE
        while at < last:
            kind, code = np.uint64(kinds[at]), np.uint64(text[at])
            if kind & _SPACE:
                break
            a = a << _EIGHT | code
            every |= code | (code - _ONE)  # a zero would be lost in a key
            same &= kind
            at += _ONE
        size = at - start
        b, c, slot, sort = _NOTHING, _NOTHING, _NOTHING, _KEYLESS
        if same:
            sort = _FIGURES
        elif every < _BYTE and size <= _EIGHT:
            sort, slot = _SHORT, short_slot(a)
        elif every < _BYTE and size <= _TWENTY_FOUR:
            a, b, c = packed(text, start, at, _EIGHT)
            sort, slot = _NARROW, long_slot(a, b, c)
        elif every < _PLANE and size <= _TWELVE:
            a, b, c = packed(text, start, at, _SIXTEEN)
            sort, slot = _WIDE, long_slot(a, b, c)
        fetched(memory, slot)
        r[row], r[row + _ONE], r[row + _TWO] = np.int64(start), np.int64(at), np.int64(a)
        r[row + _THREE], r[row + _FOUR], r[row + _FIVE] = np.int64(slot << _THREE | sort), np.int64(b), np.int64(c)
        row += _WIDTH
    return np.int64((row - _ROWS) // _WIDTH)


@kernel
def packed(text: Any, start: Any, end: Any, bits: Any) -> Any:
    """Return the characters of a chunk, each of so many bits, in three integers."""
    a, b, c = _NOTHING, _NOTHING, _NOTHING
    first = _SIXTY_FOUR - bits
    for k in range(start, end):
        c = c << bits | b >> first
        b = b << bits | a >> first
        a = a << bits | np.uint64(text[k])
    return a, b, c
