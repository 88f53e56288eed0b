"""Shingles that two or more texts hold, as small numbers in the order of their hashes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.cards import LOW, SPREAD, WIDE, Numbered, like_order, numbered_of, rows_in_order
from felinar.kernels.compile import kernel
from felinar.kernels.shingle import Shingles

PART, MOST_PARTS = 15, 12  # bits: a part has 2**15 hashes, there are 2**12 parts at most
ALONE = np.uint32(0xFFFFFFFF)
ONE, FIVE, LOW_FIVE = np.uint32(1), np.uint32(5), np.uint32(31)  # 32 hash values share a word of the table


class Single(NamedTuple):
    """The shingles that one text alone holds, and its row, in the order of the texts."""

    hashes: NDArray[np.uint32]
    texts: NDArray[np.int32]


def number_all(
    shingles: Shingles, *, singles: bool = True, plain: bool = False, threads: int = 1
) -> tuple[Numbered, NDArray[np.int64], Single]:
    """Return the shingles that two or more texts hold, numbered, with the texts so that like ones stand together.

    And the row of each of these texts, and the other shingles, if they are wanted, too (`singles`); else they count in
    `sizes` only.

    The hashes are dealt into parts by their high bits, each small enough for the processor's cache, and every part is
    numbered by itself. A second walk over the texts, in the same order, meets each part's numbers in the order in which
    they were dealt, so nobody has to remember where a hash came from.
    """
    hashes, sizes = shingles.hashes, np.diff(shingles.offsets)
    high = max(0, min(MOST_PARTS, len(hashes).bit_length() - PART))
    starts = np.zeros((1 << high) + 1, dtype=np.int64)
    dealt = np.empty_like(hashes)
    (deal.plain if plain else deal)(hashes, high, starts, dealt)
    shared = (number_parts.plain if plain else number_parts)(starts, dealt)
    count = int(np.count_nonzero(dealt != ALONE))
    offsets, terms = np.zeros_like(shingles.offsets), np.empty(count, dtype=np.int32)
    others = len(hashes) - count if singles else 0
    single = Single(np.empty(others, dtype=np.uint32), np.empty(others, dtype=np.int32))
    given = shingles.offsets, hashes, high, starts, dealt
    (collect.plain if plain else collect)(*given, offsets, terms, *single)
    del dealt, given  # as large as what follows
    order = like_order(offsets, terms)
    offsets, terms = rows_in_order(offsets, terms, order, plain=plain, threads=threads)
    return numbered_of(offsets, terms, sizes[order], shared, plain=plain, threads=threads), order, single


@kernel
def part_of(value, high):  # type: ignore[no-untyped-def]
    """Return the part of a hash value: its first `high` bits."""
    return np.int64(value) >> (32 - high)


@kernel
def deal(hashes, high, starts, dealt):  # type: ignore[no-untyped-def]
    """Write the hashes part by part, each part in the order of the texts, and where each part begins."""
    for value in hashes:
        starts[part_of(value, high) + 1] += 1
    for part in range(len(starts) - 1):
        starts[part + 1] += starts[part]
    cursor = starts[:-1].copy()
    for value in hashes:
        part = part_of(value, high)
        dealt[cursor[part]] = value
        cursor[part] += 1


@kernel
def number_parts(starts, dealt):  # type: ignore[no-untyped-def]
    """Replace every hash by its number, or by ALONE where no other text holds it; return the numbered hashes."""
    shared = np.empty(len(dealt) // 2, dtype=np.uint32)
    longest = np.max(np.diff(starts))
    words = 1
    while 4 * words < longest:
        words *= 2
    met, n = np.zeros(words, dtype=np.uint64), 0
    slots, known, times = (
        np.zeros(8 * words, dtype=np.uint64),
        np.empty(longest, np.uint32),
        np.empty(longest, np.int64),
    )
    better = np.empty(longest, dtype=np.uint32)
    for part in range(len(starts) - 1):
        some = dealt[starts[part] : starts[part + 1]]
        met[:] = 0
        slots[:] = 0
        mark(some, met)
        distinct = number_repeated(some, met, slots, known, times)
        kept = 0
        order = np.empty(distinct, dtype=np.uint64)
        for number in range(distinct):
            better[number] = ALONE
            if times[number] > 1:
                order[kept] = np.uint64(known[number]) << WIDE | np.uint64(number)
                kept += 1
        order[:kept].sort()
        for i in range(kept):
            better[order[i] & LOW] = n
            shared[n] = np.uint32(order[i] >> WIDE)
            n += 1
        for i in range(len(some)):
            if some[i] != ALONE:
                some[i] = better[some[i]]
    return shared[:n].copy()


@kernel
def mark(hashes, met):  # type: ignore[no-untyped-def]
    """Set two bits per hash value: one for met, one for met again."""
    for value in hashes:
        word, bit = (value >> FIVE) & np.uint32(len(met) - 1), np.uint64((value & LOW_FIVE) << ONE)
        before = met[word]
        met[word] = before | (np.uint64(1) << bit) | ((before & (np.uint64(1) << bit)) << np.uint64(1))


@kernel
def number_repeated(some, met, slots, known, times):  # type: ignore[no-untyped-def]
    """Replace each hash that may be repeated by a number in order of appearance, the others by ALONE; return how many.

    `known` and `times` get the hash of each number and how often it stands there.
    """
    distinct = 0
    for i in range(len(some)):
        value = some[i]
        word = met[(value >> FIVE) & np.uint32(len(met) - 1)]
        some[i] = ALONE
        if (word >> np.uint64(((value & LOW_FIVE) << ONE) + ONE)) & np.uint64(1):
            slot = slot_of(slots, value)
            if slots[slot] == 0:
                known[distinct] = value
                times[distinct] = 0
                distinct += 1
                slots[slot] = np.uint64(distinct) << WIDE | np.uint64(value)
            number = np.int64(slots[slot] >> WIDE) - 1
            times[number] += 1
            some[i] = number
    return distinct


@kernel
def slot_of(slots, value):  # type: ignore[no-untyped-def]
    """Return the slot of a hash value, or the free one where it belongs; a slot holds a number from 1 and a value."""
    mask = len(slots) - 1
    slot = np.int64(np.uint64(value) * SPREAD >> WIDE) & mask  # other bits than those of the parts and of `met`
    while slots[slot] != 0 and np.uint32(slots[slot] & LOW) != value:
        slot = (slot + 1) & mask
    return slot


@kernel
def collect(offsets, hashes, high, starts, dealt, out_offsets, out, singles, of_text):  # type: ignore[no-untyped-def]
    """Write the numbers of each text in ascending order, and its hashes that have no number, if wanted."""
    cursor = starts[:-1].copy()
    n, m = 0, 0
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            part = part_of(hashes[place], high)
            number = dealt[cursor[part]]
            cursor[part] += 1
            if number != ALONE:
                out[n] = number
                n += 1
            elif len(singles):
                singles[m], of_text[m] = hashes[place], text
                m += 1
        out_offsets[text + 1] = n
