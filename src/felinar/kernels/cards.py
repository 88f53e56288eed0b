"""Texts as rows of numbered terms, and a card of each: what refuses most comparisons, in one line of the cache."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.bits import ones
from felinar.kernels.compile import kernel
from felinar.kernels.ranges import in_ranges
from felinar.kernels.shingle import put_rows

WORDS, LAST = 8, 7  # of a card; the last one holds two numbers, the others are the sketch
LINE = 64  # bytes that the processor fetches at once
SPREAD = np.uint64(0x9E3779B97F4A7C15)
BITS, SIX, LOW_SIX = np.uint64(64 * LAST), np.uint64(6), np.uint64(63)
WIDE, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
NONE = np.int64(0x7FFFFFFF)  # after every term


class Numbered(NamedTuple):
    """Shared shingles as numbers: text i holds terms[offsets[i]:offsets[i + 1]] of sizes[i] shingles in all.

    `cards`: for each text a sketch of 448 bits, of which every term sets one, and in the last word how many shingles it
    has (high half) and how many terms (low half). `hashes` are those of the terms, ascending.
    """

    offsets: NDArray[np.int64]
    terms: NDArray[np.int32]
    sizes: NDArray[np.int64]
    cards: NDArray[np.uint64]
    hashes: NDArray[np.uint32]


def numbered_of(
    offsets: NDArray[np.int64],
    terms: NDArray[np.int32],
    sizes: NDArray[np.int64],
    hashes: NDArray[np.uint32],
    *,
    plain: bool = False,
    threads: int = 1,
) -> Numbered:
    """Return these texts with their cards."""
    cards, run = _lines(len(sizes)), write_cards.plain if plain else write_cards

    def some(first: int, end: int) -> None:
        run(offsets[first : end + 1], terms, sizes[first:end], cards[first:end])

    in_ranges(offsets, 1 if plain else threads, some)
    return Numbered(offsets, terms, sizes, cards, hashes)


def _lines(rows: int) -> NDArray[np.uint64]:
    """Return so many cards of zeros, each of which lies in one line of the cache."""
    room = np.zeros(WORDS * (rows + 1), dtype=np.uint64)
    skipped = -room.ctypes.data % LINE // room.itemsize
    return room[skipped : skipped + WORDS * rows].reshape(rows, WORDS)


def like_order(offsets: NDArray[np.int64], terms: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the texts in an order in which like ones stand near each other: by their first two terms.

    Terms are in the order of their hashes, so the first is a MinHash: two texts have the same one as often as they are
    alike. What is compared then lies near in memory; at a million texts that saves a quarter of the time.
    """
    sizes, ended = np.diff(offsets), np.append(terms, np.int32(0))
    first, second = (np.where(sizes > at, ended[np.minimum(offsets[:-1] + at, len(terms))], NONE) for at in (0, 1))
    order: NDArray[np.int64] = np.argsort(first << 32 | second, kind="stable")
    return order


def rows_in_order(
    offsets: NDArray[np.int64],
    terms: NDArray[np.int32],
    order: NDArray[np.int64],
    *,
    plain: bool = False,
    threads: int = 1,
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the terms of the texts in this order, and where those of each text begin."""
    places = np.concatenate(([0], np.cumsum(np.diff(offsets)[order]))).astype(np.int64)
    ordered, run = np.empty_like(terms), put_rows.plain if plain else put_rows

    def some(first: int, end: int) -> None:
        run(offsets, terms, order[first:end], places[first:end], ordered)

    in_ranges(places, 1 if plain else threads, some)
    return places, ordered


def keep_terms(numbered: Numbered, kept: NDArray[np.bool_], *, plain: bool = False, threads: int = 1) -> Numbered:
    """Return the numbered shingles with the kept terms only, under their old numbers; `sizes` loses the others too."""
    offsets, terms = np.zeros_like(numbered.offsets), np.empty_like(numbered.terms)
    (keep.plain if plain else keep)(numbered.offsets, numbered.terms, kept, offsets, terms)
    lost = np.diff(numbered.offsets) - np.diff(offsets)
    return numbered_of(
        offsets, terms[: offsets[-1]].copy(), numbered.sizes - lost, numbered.hashes, plain=plain, threads=threads
    )


@kernel
def write_cards(offsets, terms, sizes, cards):  # type: ignore[no-untyped-def]
    """Write the card of each text into zeros."""
    for text in range(len(sizes)):
        for place in range(offsets[text], offsets[text + 1]):
            bit = (np.uint64(terms[place]) * SPREAD >> WIDE) * BITS >> WIDE
            cards[text, np.int64(bit >> SIX)] |= np.uint64(1) << (bit & LOW_SIX)
        cards[text, LAST] = np.uint64(sizes[text]) << WIDE | np.uint64(offsets[text + 1] - offsets[text])


@kernel
def terms_of(cards, text):  # type: ignore[no-untyped-def]
    """Return how many terms a text has."""
    return np.int64(cards[text, LAST] & LOW)


@kernel
def size_of(cards, text):  # type: ignore[no-untyped-def]
    """Return how many shingles a text has."""
    return np.int64(cards[text, LAST] >> WIDE)


@kernel
def most_shared(cards, a, b):  # type: ignore[no-untyped-def]
    """Return a number of terms that two texts share at most: a bit that only one of them sets is a term of its own."""
    only_a, only_b = 0, 0
    for word in range(LAST):
        only_a += ones(cards[a, word] & ~cards[b, word])
        only_b += ones(cards[b, word] & ~cards[a, word])
    return min(terms_of(cards, a) - only_a, terms_of(cards, b) - only_b)


@kernel
def may_share(cards, a, b, least):  # type: ignore[no-untyped-def]
    """Say whether two texts may share so many terms."""
    return min(terms_of(cards, a), terms_of(cards, b)) >= least and most_shared(cards, a, b) >= least


@kernel
def keep(offsets, terms, kept, out_offsets, out):  # type: ignore[no-untyped-def]
    """Write the kept terms of each text."""
    n = 0
    for text in range(len(offsets) - 1):
        for place in range(offsets[text], offsets[text + 1]):
            if kept[terms[place]]:
                out[n] = terms[place]
                n += 1
        out_offsets[text + 1] = n
