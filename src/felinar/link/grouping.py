"""Groups of near-duplicate texts: shingles, strict groups, boilerplate, loose groups around medoids.

1. Texts with the same tokens are one text. 2. Strict groups: texts that share 43 % of the shorter one's shingles.
3. A shingle of six strict groups or more is boilerplate if its texts outside the largest are mostly of different ones.
4. Loose groups: 65 % of all shingles, or 35 % of those that are not boilerplate. Every member of a group is similar to
its medoid: chains are cut. 5. A text left alone joins the group of a member that holds 33 % of its shingles, where what
they share is that group's own. The order of sentences does not matter. All loops are linear in the length of the pile.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from felinar.kernels import postings
from felinar.kernels.minhash import band_keys, chain_equal
from felinar.kernels.numbering import keep_terms, number_shared
from felinar.kernels.shingle import of_rows, shingles_of_texts
from felinar.kernels.utf8 import Texts
from felinar.link.rounds import LEAST_SHARED, Pile, attached, groups_of, posting_lists

SMALL_TEXTS, SMALL_CHARACTERS = 100, 40_000  # smaller piles run without numba
# Thousandths: containment that is enough; else containment without common shingles, and these as a part of the whole.
STRICT = np.array([LEAST_SHARED, 430, 1001, 1001], dtype=np.int64)
LOOSE = np.array([LEAST_SHARED, 650, 350, 150], dtype=np.int64)
SPREAD, SPREAD_SHARE = 6, 300  # strict clusters; thousandths of a shingle's texts
# How much more than the rule each round asks, in quarters. What strict rounds leave over counts as single texts: it is
# boilerplate that holds it together, and boilerplate is what they look for.
STRICT_ROUNDS = (0, 0)
LOOSE_ROUNDS = (0, 0, 1, 2, 3, 0, 0)


@dataclass(frozen=True)
class TextGroups:
    """For each text the first text of its group, the medoid (both row numbers, -1 when alone) and the similarity."""

    group: NDArray[np.int64]
    medoid: NDArray[np.int64]
    similarity: NDArray[np.int64]


def group_texts(texts: Texts, *, plain: bool | None = None, threads: int = 1) -> TextGroups:
    """Return the near-duplicate groups of a list of texts; `plain` defaults to whether the pile is small."""
    if plain is None:
        plain = is_small(texts)
    whole, shingles = shingles_of_texts(texts, plain=plain, threads=threads)
    _, first, text_of = np.unique(whole, return_index=True, return_inverse=True)
    order = np.argsort(first)  # distinct texts in the order of their first advert
    first, text_of = first[order].astype(np.int64), np.argsort(order)[text_of]
    shingles = of_rows(shingles, first, plain=plain)
    weights = np.bincount(text_of, minlength=len(first)).astype(np.int64)
    with ThreadPoolExecutor(min(2, threads)) as pool:
        numbering = pool.submit(number_shared, shingles, plain=plain)
        pairs = pool.submit(lambda: band_neighbours(band_keys(shingles, plain=plain), plain=plain)).result()
        numbered = numbering.result()
    pile = without_boilerplate(Pile(numbered, numbered, weights, pairs, plain))
    medoid, similarity = attached(pile, *groups_of(pile, LOOSE, LOOSE_ROUNDS), rounds=4)
    return spread_to_adverts(medoid, similarity, first, text_of, np.diff(shingles.offsets) >= LEAST_SHARED)


def is_small(texts: Texts) -> bool:
    """Return whether these texts are sooner done in plain Python than numba is imported."""
    return len(texts) < SMALL_TEXTS and sum(len(str(text)) for text in texts) < SMALL_CHARACTERS


def without_boilerplate(pile: Pile) -> Pile:
    """Return the pile with the shingles marked that stand in many strict groups: boilerplate, not a template."""
    numbered = pile.numbered
    medoid, _ = attached(pile, *groups_of(pile, STRICT, STRICT_ROUNDS), rounds=1)
    labels = np.where(medoid < 0, np.arange(len(medoid)), medoid)
    starts, texts = posting_lists(pile, np.ones(len(labels), dtype=np.bool_))
    spread, largest = np.zeros((2, numbered.terms_count), dtype=np.int64)
    (postings.spread_of.plain if pile.plain else postings.spread_of)(starts, texts, labels, spread, largest)
    elsewhere = np.diff(starts) - largest  # a phrase of one large group is common still, where many others have it
    common = (spread >= SPREAD) & (1000 * (spread - 1) >= SPREAD_SHARE * elsewhere)
    return replace(pile, rare=keep_terms(numbered, ~common))


def band_neighbours(keys: NDArray[np.uint32], *, plain: bool = False) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return candidate pairs: each text with the one before it that has the same key in a band."""
    left, right = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int32)]
    slots = np.empty(1 << (2 * len(keys)).bit_length(), dtype=np.int32)
    pairs = np.empty((2, len(keys)), dtype=np.int32)
    for band in range(keys.shape[1]):
        n = (chain_equal.plain if plain else chain_equal)(keys, band, slots, pairs)
        left.append(pairs[0, :n].copy())
        right.append(pairs[1, :n].copy())
    return np.concatenate(left), np.concatenate(right)


def spread_to_adverts(
    medoid: NDArray[np.int64],
    similarity: NDArray[np.int64],
    first: NDArray[np.int64],
    text_of: NDArray[np.int64],
    long_enough: NDArray[np.bool_],
) -> TextGroups:
    """Return groups of adverts from groups of distinct texts; equal texts of three shingles or more are a group too."""
    texts = np.arange(len(first))
    adverts = np.bincount(text_of, minlength=len(first))
    alone = (medoid < 0) | (np.bincount(medoid[medoid >= 0], minlength=len(first))[medoid] < 2)
    centre = np.where(alone, texts, medoid)
    likeness = np.where(alone, 1000, similarity)
    smallest = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(smallest, centre, first)
    grouped = (~alone | ((adverts > 1) & long_enough))[text_of]
    pick = centre[text_of]
    return TextGroups(
        np.where(grouped, smallest[pick], -1),
        np.where(grouped, first[pick], -1),
        np.where(grouped, likeness[text_of], 0),
    )
