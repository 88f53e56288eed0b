"""The chunks of a text with their weights, which a memory keeps from text to text: most words recur."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.phone_columns import C_SPOKEN, C_WEIGHT, CHUNK_COLUMNS, R_CHUNKS
from felinar.extract.native.phone_keys import (
    ALL_ROWS,
    FIGURES,
    K_END,
    K_KEY,
    K_SECOND,
    K_SLOT,
    K_THIRD,
    KEYLESS,
    LINE,
    NARROW,
    SHORT,
    SORT_BITS,
    write_keys,
)
from felinar.extract.native.phone_prefilter import STRONG, weigh
from felinar.extract.native.phone_rare import LETTERED, LINKED, rare_bits, write_rare
from felinar.extract.native.phone_signals import SIGNALS, has_free_call, of_figures, signals_of
from felinar.extract.native.phone_spans import languages_of_chunk
from felinar.kernels.compile import kernel

# What is known has the weight, the bits of what is rare, the signals, whether the chunk is narrow, and whether
# it is a number word.
_BITS, _SIGNALS, _NARROW_BIT, _SPOKEN_BIT = 50, 55, 61, 62
_WEIGHT, _RARE = (1 << _BITS) - 1, 31
_SORTS = (1 << SORT_BITS) - 1
_ONE, _TWO, _THREE, _FOUR, _SIX = map(np.uint64, (1, 2, 3, 4, 6))
_own = threading.local()


def chunk_memory() -> NDArray[np.int64]:
    """Return this thread's memory of chunks, which begins with a line of the processor's cache."""
    if not hasattr(_own, "memory"):
        rows = np.zeros(ALL_ROWS + LINE, dtype=np.int64)
        first = -(rows.ctypes.data // rows.itemsize) % LINE
        _own.memory = rows[first : first + ALL_ROWS]
    memory: NDArray[np.int64] = _own.memory
    return memory


@kernel
def find_short(memory: Any, slot: Any, a: Any) -> Any:
    """Return what is known of a short chunk, -1 for nothing.

    All rows are looked at: which of them it is nobody can foresee, and the processor would guess wrong.
    """
    known: Any = np.int64(-1)
    for row in (slot, slot + _TWO, slot + _FOUR, slot + _SIX):
        here = np.int64(memory[row] == a)
        known = known & (here - 1) | memory[row + _ONE] & -here
    return known


@kernel
def find_long(memory: Any, slot: Any, a: Any, b: Any, c: Any, narrow: Any) -> Any:
    """Return what is known of another chunk, -1 for nothing."""
    known: Any = np.int64(-1)
    for row in (slot, slot + _FOUR):
        about = memory[row + _THREE]
        other = (
            (memory[row] ^ a)
            | (memory[row + _ONE] ^ b)
            | (memory[row + _TWO] ^ c)
            | (about >> _NARROW_BIT & 1 ^ narrow)
        )
        here = np.int64(other == 0)
        known = known & (here - 1) | about & -here
    return known


@kernel
def make_room(memory: Any, slot: Any, width: Any) -> None:
    """Move the rows of a place back by one; the oldest goes."""
    first = np.int64(slot)
    for k in range(first + LINE - 1, first + width - 1, -1):
        memory[k] = memory[k - width]


@kernel
def remember(memory: Any, sort: Any, slot: Any, a: Any, b: Any, c: Any, known: Any) -> None:
    """Keep what is known of a chunk that is its own key."""
    if sort == SHORT:
        make_room(memory, slot, np.int64(2))
        memory[slot], memory[slot + _ONE] = a, known
    elif sort != KEYLESS:
        make_room(memory, slot, np.int64(4))
        memory[slot], memory[slot + _ONE], memory[slot + _TWO], memory[slot + _THREE] = a, b, c, known


@kernel
def look_at(t: Any, text: Any, kinds: Any, start: Any, end: Any, r: Any) -> Any:
    """Return what is known of a chunk: weight, bits of what is rare, signals, whether it is a number word."""
    weight: Any = np.int64(weigh(t, text, kinds, start, end, r))
    bits: Any = np.int64(rare_bits(t, text, kinds, start, end))
    signals: Any = np.int64(signals_of(text, kinds, start, end))
    spoken: Any = np.int64(languages_of_chunk(t, text, kinds, start, end, r) != 0)
    return weight | bits << _BITS | signals << _SIGNALS | spoken << _SPOKEN_BIT


@kernel
def known_of_figures(text: Any, start: Any, end: Any) -> Any:
    """Return what is known of figures alone."""
    zeros = end - start >= 7 and text[start] == 48 and text[start + 1] == 48 and text[start + 2] == 48
    weight: Any = np.int64(0) if zeros else min(end - start, 100_000) * STRONG
    weight |= np.int64(of_figures(text, start, end)) << _SIGNALS
    return weight | np.int64(LETTERED if may_end_in_letters(text, start, end) else 0) << _BITS


@kernel
def may_end_in_letters(text: Any, start: Any, end: Any) -> Any:
    """Say whether figures alone may be the beginning of a number in letters: 800, 0808, 1300 and what ends like it."""
    if not has_free_call(text, start, end):
        return False
    return end - start == 3 or text[end - 4] == 49 or (end - start == 4 and text[start] == 48)


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
        start, end, key = r[row], r[row + K_END], r[row + K_KEY]
        sort, slot = r[row + K_SLOT] & _SORTS, np.uint64(r[row + K_SLOT]) >> _THREE
        known: Any = np.int64(-1)
        if sort == SHORT:
            known = find_short(memory, slot, key)
        elif sort == FIGURES:
            known = known_of_figures(text, start, end)
        elif sort != KEYLESS:
            known = find_long(memory, slot, key, r[row + K_SECOND], r[row + K_THIRD], np.int64(sort == NARROW))
        if known < 0:
            known = look_at(t, text, kinds, start, end, r) | np.int64(sort == NARROW) << _NARROW_BIT
            remember(memory, sort, slot, key, r[row + K_SECOND], r[row + K_THIRD], known)
        bits = known >> _BITS & _RARE
        if text[start] == 47 and start - 3 >= begin and text[start - 2] == 101 and text[start - 3] == 109:
            bits |= LINKED
        if bits:
            write_rare(t, text, kinds, begin, stop, start, end, bits, number, r, rare)
        r[row + C_WEIGHT], r[row + C_SPOKEN] = known & _WEIGHT, known >> _SPOKEN_BIT
        seen |= known >> _SIGNALS
        total += known & _WEIGHT
    return n, total, seen & SIGNALS
