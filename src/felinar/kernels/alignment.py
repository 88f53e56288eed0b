"""Longest common subsequence of two rows of small numbers, 64 places of the left row at a time.

Bit-parallel after Hyyrö (2004), with the way back as in RapidFuzz: where several alignments are longest, both choose
the same one.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel

NONE, ONE, ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)


@kernel
def masks_of(left, symbols):  # type: ignore[no-untyped-def]
    """Return for each symbol the bits of the places where the left row holds it; shape (symbols, words of 64 bits)."""
    masks = np.zeros((symbols, len(left) // 64 + 1), dtype=np.uint64)
    for place in range(len(left)):
        masks[left[place], place >> 6] |= ONE << np.uint64(place & 63)
    return masks


@kernel
def align(left, masks, right, table, match):  # type: ignore[no-untyped-def]
    """Write into `match` for each place of the right row the place of the left row that it is matched with, or -1.

    Symbols of the right row that the left one never holds are -1. `table` is room for one row of bits per place of the
    right row.
    """
    n, m = len(left), len(right)
    match[:m] = -1
    head = 0
    while head < min(n, m) and left[head] == right[head]:
        match[head] = head
        head += 1
    while n > head and m > head and left[n - 1] == right[m - 1]:
        n -= 1
        m -= 1
        match[m] = n
    if n > head and m > head:
        write_bits(masks, head, n, right[head:m], table)
        walk_back(table, head, n, m, match)


@kernel
def write_bits(masks, head, n, right, table):  # type: ignore[no-untyped-def]
    """Write a row of bits per symbol: 0 where the common subsequence grows with that place of the left row."""
    first, last = head >> 6, (n - 1) >> 6
    for row in range(len(right)):
        carry = NONE
        for word in range(first, last + 1):
            before = table[row - 1, word] if row else ALL
            hit = masks[right[row], word] if right[row] >= 0 else NONE
            if word == first:
                hit &= ALL << np.uint64(head & 63)
            if word == last:
                hit &= ALL >> np.uint64(63 - ((n - 1) & 63))
            hit &= before
            total = before + carry
            over = total < before
            total += hit
            carry = ONE if over or total < hit else NONE
            table[row, word] = total | (before - hit)


@kernel
def walk_back(table, head, col, row, match):  # type: ignore[no-untyped-def]
    """Write the matches from the last place to the first."""
    while row > head and col > head:
        bit = np.uint64((col - 1) & 63)
        word = (col - 1) >> 6
        if (table[row - 1 - head, word] >> bit) & ONE:
            col -= 1
            continue
        row -= 1
        if row == head or (table[row - 1 - head, word] >> bit) & ONE:
            col -= 1
            match[row] = col
