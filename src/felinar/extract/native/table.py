"""Words looked up in a native loop: a hash table over folded words, exact (a hash that agrees is compared in full)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

# Fowler, Noll and Vo's FNV-1a, over code points; the shift spreads it over the low bits.
BASIS, PRIME, FOLD = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3), np.uint64(29)


class WordTable(NamedTuple):
    """Words 0 to n - 1: word i is `letters[at[i]:at[i + 1]]`; `slots` (a power of two) hold a word's number or -1."""

    slots: NDArray[np.int32]
    hashes: NDArray[np.uint64]
    at: NDArray[np.int64]
    letters: NDArray[np.uint32]


def word_table(words: Sequence[str]) -> WordTable:
    """Return the table of these different words, which keep their numbers."""
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    at = np.cumsum([0, *map(len, words)], dtype=np.int64)
    size = 1 << max(3, (2 * len(words)).bit_length())
    slots = np.full(size, -1, dtype=np.int32)
    hashes = np.zeros(len(words), dtype=np.uint64)
    (fill_slots if len(words) > 200 else fill_slots.plain)(letters, at, hashes, slots)
    return WordTable(slots, hashes, at, letters)


@kernel
def hash_of(text: Any, start: int, end: int) -> Any:
    """Return the 64-bit hash of text[start:end]."""
    value = BASIS
    for k in range(start, end):
        value = (value ^ np.uint64(text[k])) * PRIME
    return value ^ (value >> FOLD)


@kernel
def fill_slots(letters: Any, at: Any, hashes: Any, slots: Any) -> None:
    """Give every word its slot."""
    mask = len(slots) - 1
    for word in range(len(at) - 1):
        value = hash_of(letters, at[word], at[word + 1])
        hashes[word] = value
        slot = np.int64(value & np.uint64(mask))
        while slots[slot] >= 0:
            slot = (slot + 1) & mask
        slots[slot] = word


@kernel
def find_hashed(table: WordTable, value: Any, text: Any, start: Any, end: Any) -> Any:
    """Return the number of the word text[start:end], whose hash is given, or -1."""
    mask = len(table.slots) - 1
    slot = np.int64(value & np.uint64(mask))
    while True:
        word = table.slots[slot]
        if word < 0:
            return -1
        if table.hashes[word] == value:
            first = table.at[word]
            if table.at[word + 1] - first == end - start:
                same = True
                for k in range(end - start):
                    if table.letters[first + k] != text[start + k]:
                        same = False
                        break
                if same:
                    return word
        slot = (slot + 1) & mask


@kernel
def find_word(table: WordTable, text: Any, start: int, end: int) -> Any:
    """Return the number of the word text[start:end], or -1."""
    return find_hashed(table, hash_of(text, start, end), text, start, end)
