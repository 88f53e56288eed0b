"""Which texts are worth comparing: those that share a band, and those that meet in several postings.

Linear in the pile: each text meets the one before it in a band, and the next two in a posting.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.cards import Numbered
from felinar.kernels.likeness import met_neighbours
from felinar.kernels.minhash import band_keys, chain_equal, distinct_pairs
from felinar.kernels.postings import count_holders, fill_postings
from felinar.kernels.ranges import in_blocks, in_ranges

Numbers = NDArray[np.int64]
Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]
LEAST_SHARED = 3  # shingles
BLOCK = 50_000  # texts whose band keys are made at a time


class Postings(NamedTuple):
    """The texts that hold each term, ascending: those of term t are texts[starts[t]:starts[t + 1]]."""

    starts: Numbers
    texts: NDArray[np.int32]


def candidates(numbered: Numbered, *, plain: bool, threads: int = 1) -> Pairs:
    """Return pairs of texts to compare: those that share a band, and those that meet in several postings."""
    threads = 1 if plain else threads
    keys = keys_of(numbered, plain, threads)
    alive = np.diff(numbered.offsets) >= LEAST_SHARED
    pairs = neighbours(numbered, alive, plain=plain, threads=threads), band_neighbours(keys, plain, threads)
    left, right = (np.concatenate(both) for both in zip(*pairs, strict=True))
    return left, right


def keys_of(numbered: Numbered, plain: bool, threads: int) -> NDArray[np.uint32]:
    """Return the band keys of each text, from blocks of texts: no copy of all their hashes is made."""
    offsets, terms, hashes = numbered.offsets, numbered.terms, numbered.hashes

    def some(first: int, end: int) -> NDArray[np.uint32]:
        begin = offsets[first]
        return band_keys(offsets[first : end + 1] - begin, hashes[terms[begin : offsets[end]]], plain=plain)

    return np.concatenate(in_blocks(len(offsets) - 1, BLOCK, threads, some))


def band_neighbours(keys: NDArray[np.uint32], plain: bool, threads: int) -> Pairs:
    """Return pairs of texts, each text with the one before it that has the same key in a band."""
    before = np.empty((keys.shape[1], len(keys)), dtype=np.int32)

    def some(band: int, _: int) -> None:
        slots = np.empty(1 << (2 * len(keys)).bit_length(), dtype=np.int32)
        (chain_equal.plain if plain else chain_equal)(keys, band, slots, before[band])

    in_blocks(len(before), 1, threads, some)
    pairs = np.empty((2, int(np.count_nonzero(before >= 0))), dtype=np.int32)
    n = (distinct_pairs.plain if plain else distinct_pairs)(before, pairs)
    return pairs[0, :n].copy(), pairs[1, :n].copy()


def neighbours(numbered: Numbered, alive: NDArray[np.bool_], *, plain: bool, threads: int) -> Pairs:
    """Return pairs of living texts that stand near each other in several postings of their first terms."""
    run = met_neighbours.plain if plain else met_neighbours
    found = in_ranges(numbered.offsets, 1 if plain else threads, lambda first, end: run(numbered, alive, first, end))
    left, right = np.concatenate(found, axis=1)
    return left, right


def posting_lists(numbered: Numbered, *, plain: bool, threads: int = 1) -> Postings:
    """Return the texts that hold each term."""
    starts = np.zeros(len(numbered.hashes) + 1, dtype=np.int64)
    (count_holders.plain if plain else count_holders)(numbered.terms, starts)
    texts, run = np.empty(len(numbered.terms), dtype=np.int32), fill_postings.plain if plain else fill_postings

    def some(low: int, high: int) -> None:
        run(numbered.offsets, numbered.terms, starts, low, high, texts)

    in_ranges(starts, 1 if plain else threads, some)
    return Postings(starts, texts)
