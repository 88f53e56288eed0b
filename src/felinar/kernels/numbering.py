"""Shingles that two or more texts hold, as small numbers in the order of their hashes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.shingle import Shingles, put_rows

PART, MOST_PARTS = 15, 12  # bits: a part has 2**15 hashes, there are 2**12 parts at most
ALONE = np.uint32(0xFFFFFFFF)
NONE = np.int64(0x7FFFFFFF)  # after every term
ONE, FIVE, LOW_FIVE = np.uint32(1), np.uint32(5), np.uint32(31)  # 32 hash values share a word of the table
SPREAD = np.uint64(0x9E3779B97F4A7C15)
WORDS = 8  # of a sketch
SKETCH, SIX, LOW_SIX = np.uint64(64 - 9), np.uint64(6), np.uint64(63)
WIDE, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


class Numbered(NamedTuple):
    """Shared shingles as numbers: text i holds terms[offsets[i]:offsets[i + 1]] of sizes[i] shingles in all.

    `bits` is a sketch of each text: 512 bits, of which every term sets one. `hashes` are those of the terms, ascending.
    """

    offsets: NDArray[np.int64]
    terms: NDArray[np.int32]
    sizes: NDArray[np.int64]
    bits: NDArray[np.uint64]
    hashes: NDArray[np.uint32]


class Single(NamedTuple):
    """The shingles that one text alone holds, and its row, in the order of the texts."""

    hashes: NDArray[np.uint32]
    texts: NDArray[np.int32]


def number_shared(shingles: Shingles, *, plain: bool = False) -> Numbered:
    """Return the shingles that two or more texts hold, numbered; the others count in `sizes` only."""
    return number_all(shingles, singles=False, plain=plain)[0]


def number_all(shingles: Shingles, *, singles: bool = True, plain: bool = False) -> tuple[Numbered, Single]:
    """Return what `number_shared` does, and the other shingles if they are wanted, too (`singles`).

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
    bits = np.zeros((len(sizes), WORDS), dtype=np.uint64)
    others = len(hashes) - count if singles else 0
    single = Single(np.empty(others, dtype=np.uint32), np.empty(others, dtype=np.int32))
    given = shingles.offsets, hashes, high, starts, dealt
    (collect.plain if plain else collect)(*given, offsets, terms, bits, *single)
    return Numbered(offsets, terms, sizes, bits, shared), single


def like_order(numbered: Numbered) -> NDArray[np.int64]:
    """Return the texts in an order in which like ones stand near each other: by their first two terms.

    Terms are in the order of their hashes, so the first is a MinHash: two texts have the same one as often as they are
    alike. What is compared then lies near in memory; at a million texts that saves a quarter of the time.
    """
    offsets, terms = numbered.offsets, np.append(numbered.terms, np.int32(0))
    sizes = np.diff(offsets)
    first, second = (np.where(sizes > at, terms[np.minimum(offsets[:-1] + at, len(terms) - 1)], NONE) for at in (0, 1))
    order: NDArray[np.int64] = np.argsort(first << 32 | second, kind="stable")
    return order


def reordered(numbered: Numbered, order: NDArray[np.int64], *, plain: bool = False) -> Numbered:
    """Return the texts in this order."""
    offsets = np.concatenate(([0], np.cumsum(np.diff(numbered.offsets)[order]))).astype(np.int64)
    terms = np.empty_like(numbered.terms)
    (put_rows.plain if plain else put_rows)(numbered.offsets, numbered.terms, order, offsets, terms)
    return Numbered(offsets, terms, numbered.sizes[order], numbered.bits[order], numbered.hashes)


def keep_terms(numbered: Numbered, kept: NDArray[np.bool_], *, plain: bool = False) -> Numbered:
    """Return the numbered shingles with the kept terms only, under their old numbers; `sizes` loses the others too."""
    offsets, terms = np.zeros_like(numbered.offsets), np.empty_like(numbered.terms)
    bits = np.zeros_like(numbered.bits)
    (keep.plain if plain else keep)(numbered.offsets, numbered.terms, kept, offsets, terms, bits)
    lost = np.diff(numbered.offsets) - np.diff(offsets)
    return Numbered(offsets, terms[: offsets[-1]].copy(), numbered.sizes - lost, bits, numbered.hashes)


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
def collect(offsets, hashes, high, starts, dealt, out_offsets, out, bits, singles, of_text):  # type: ignore[no-untyped-def]
    """Write the numbers of each text in ascending order, its sketch, and its hashes that have no number, if wanted."""
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
                sketch(bits, text, number)
            elif len(singles):
                singles[m], of_text[m] = hashes[place], text
                m += 1
        out_offsets[text + 1] = n


@kernel
def keep(offsets, terms, kept, out_offsets, out, bits):  # type: ignore[no-untyped-def]
    """Write the kept terms of each text, and its sketch."""
    n = 0
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            if kept[terms[place]]:
                out[n] = terms[place]
                n += 1
                sketch(bits, text, terms[place])
        out_offsets[text + 1] = n


@kernel
def sketch(bits, text, number):  # type: ignore[no-untyped-def]
    """Set the bit of a term in the sketch of a text."""
    bit = np.uint64(number) * SPREAD >> SKETCH
    bits[text, np.int64(bit >> SIX)] |= np.uint64(1) << (bit & LOW_SIX)
