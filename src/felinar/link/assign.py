"""Texts that come after an epoch began: each joins a group of the epoch by itself, whoever else comes with it.

First the group whose medoid is most similar; else, by the rule for texts left alone, the group of the member that holds
most of what the text says. All that is asked of is frozen, so the answer never changes within the epoch.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.among import count_among, pick_among
from felinar.kernels.attach import attach
from felinar.kernels.minhash import BANDS, band_keys
from felinar.kernels.nearest import chain_keys, find_nearest
from felinar.kernels.numbering import Numbered, keep_terms, number_shared
from felinar.kernels.shingle import Shingles, of_rows
from felinar.link.candidates import LEAST_SHARED, Numbers, posting_lists
from felinar.link.grouping import LOOSE


class Frozen(NamedTuple):
    """The texts that the pile held when its epoch began: shingles, row of the medoid (-1: alone), boilerplate."""

    shingles: Shingles
    medoid: Numbers
    boilerplate: NDArray[np.uint32]


def assign(frozen: Frozen, asking: Shingles, *, plain: bool) -> tuple[Numbers, Numbers]:
    """Return for each asking text the row of the medoid of the group that it joins, -1 for none, and the similarity."""
    medoids = np.unique(frozen.medoid[frozen.medoid >= 0])
    row, similarity = most_similar(of_rows(frozen.shingles, medoids, plain=plain), asking, frozen.boilerplate, plain)
    near = row >= 0
    medoid = np.full(len(row), -1, dtype=np.int64)
    medoid[near] = medoids[row[near]]
    left = np.flatnonzero(~near)
    medoid[left], similarity[left] = joined(frozen, of_rows(asking, left, plain=plain), plain)
    return medoid, similarity


def most_similar(
    known: Shingles, asking: Shingles, boilerplate: NDArray[np.uint32], plain: bool
) -> tuple[Numbers, Numbers]:
    """Return for each asking text the most similar known one, -1 for none, and the similarity."""
    count, texts = len(known.offsets) - 1, len(asking.offsets) - 1
    whole = numbered_for(known, asking, plain)
    common = np.concatenate([count_among(some, boilerplate, plain=plain) for some in (known, asking)])
    rare = keep_terms(whole, ~np.isin(whole.hashes, boilerplate), plain=plain)._replace(sizes=whole.sizes - common)
    keys = np.concatenate((band_keys(*known, plain=plain), band_keys(*asking, plain=plain)))
    slots = np.empty((BANDS, 1 << (2 * count).bit_length()), dtype=np.int32)
    chained = np.empty((BANDS, count), dtype=np.int32)
    (chain_keys.plain if plain else chain_keys)(keys, count, slots, chained)
    lists = posting_lists(whole, np.arange(count + texts) < count, plain=plain)
    found, similarity = np.zeros((2, texts), dtype=np.int64)
    run = find_nearest.plain if plain else find_nearest
    run(whole, rare, keys, count, slots, chained, *lists, LOOSE, found, similarity)
    return found, similarity


def joined(frozen: Frozen, asking: Shingles, plain: bool) -> tuple[Numbers, Numbers]:
    """Return for each asking text the medoid of the group whose own words it says, -1 for none, and the similarity."""
    count, texts = len(frozen.medoid), len(asking.offsets) - 1
    whole = numbered_for(frozen.shingles, asking, plain)
    medoid = np.concatenate((frozen.medoid, np.full(texts, -1, dtype=np.int64)))
    holds = np.diff(whole.offsets) >= LEAST_SHARED
    is_known = np.arange(count + texts) < count
    lists = posting_lists(whole, is_known, plain=plain)
    found, likeness = np.empty_like(medoid), np.zeros_like(medoid)
    fresh = np.ones(len(whole.hashes), dtype=np.bool_)
    asks = count, count + texts
    (attach.plain if plain else attach)(whole, *lists, holds & ~is_known, fresh, medoid, *asks, found, likeness)
    return found[count:], likeness[count:]


def numbered_for(known: Shingles, asking: Shingles, plain: bool) -> Numbered:
    """Return the known texts and then the asking ones as terms; what no asking text says counts in `sizes` only."""
    some = pick_among(known, asking.hashes, plain=plain)
    both = Shingles(
        np.concatenate((some.offsets, some.offsets[-1] + asking.offsets[1:])),
        np.concatenate((some.hashes, asking.hashes)),
    )
    sizes = np.concatenate((np.diff(known.offsets), np.diff(asking.offsets)))
    return number_shared(both, plain=plain)._replace(sizes=sizes)
