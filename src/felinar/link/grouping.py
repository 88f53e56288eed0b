"""Groups of near-duplicate texts: shingles, strict groups, boilerplate, loose groups around medoids.

1. Texts with the same tokens are one text. 2. Strict groups: texts that share 43 % of the shorter one's shingles.
3. A shingle of six strict groups or more is boilerplate if its texts outside the largest are mostly of different ones.
4. Loose groups: 65 % of all shingles, or 35 % of those that are not boilerplate. Every member of a group is similar to
its medoid: chains are cut. 5. A text left alone joins the group of a member that holds 33 % of its shingles, where what
they share is that group's own. 6. What is still alone is grouped once more, as if it were the whole pile. The order of
sentences does not matter. All loops are linear in the length of the pile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels import postings
from felinar.kernels.cards import keep_terms
from felinar.kernels.numbering import Single, number_all
from felinar.kernels.shingle import Shingles, of_rows, shingles_of_texts
from felinar.kernels.utf8 import Texts
from felinar.link.candidates import LEAST_SHARED, Numbers, candidates, posting_lists
from felinar.link.rounds import Pile, attached, groups_of

SMALL_TEXTS, SMALL_CHARACTERS = 100, 40_000  # smaller piles run without numba
# Thousandths: containment that is enough; else containment without common shingles, and these as a part of the whole.
STRICT = np.array([LEAST_SHARED, 430, 1001, 1001], dtype=np.int64)
LOOSE = np.array([LEAST_SHARED, 650, 350, 150], dtype=np.int64)
SPREAD, SPREAD_SHARE = 6, 300  # strict clusters; thousandths of a shingle's texts
# How much more than the rule each round asks, in quarters. What strict rounds leave over counts as single texts: it is
# boilerplate that holds it together, and boilerplate is what they look for.
STRICT_ROUNDS = (0, 0)
LOOSE_ROUNDS = (0, 0, 1, 2, 3, 0, 0)
ATTACH_ROUNDS = 4


class Boilerplate(NamedTuple):
    """Shingles that stand in many strict groups, by ascending hash: in how many texts, and in how many groups."""

    hashes: NDArray[np.uint32]
    texts: Numbers
    groups: Numbers


class Piled(NamedTuple):
    """Texts as a pile in which like ones stand near each other, the row of each of its texts, and, if wanted, the
    shingles that one row alone holds.
    """

    pile: Pile
    order: Numbers
    single: Single

    @property
    def common(self) -> Numbers:
        """How many shingles of each row are boilerplate."""
        counts = np.empty(len(self.order), dtype=np.int64)
        counts[self.order] = self.pile.numbered.sizes - self.pile.rare.sizes
        return counts


class Medoids(NamedTuple):
    """For each distinct text its medoid (-1: alone) and the thousandths of shingles that it shares with it."""

    medoid: Numbers
    similarity: Numbers


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
    shingles = of_rows(shingles, first.astype(np.int64), plain=plain)
    weights = np.bincount(text_of, minlength=len(first)).astype(np.int64)
    found, boilerplate, piled = group_pile(shingles, weights, plain=plain, threads=threads)
    given = boilerplate.hashes, piled.common
    del piled
    found = group_rest(shingles, weights, found, *given, plain=plain, threads=threads)
    centre, likeness, grouped = with_equals(found, weights, shingles)
    smallest = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(smallest, centre, first)
    rows, pick = grouped[text_of], centre[text_of]
    return TextGroups(
        np.where(rows, smallest[pick], -1), np.where(rows, first[pick], -1), np.where(rows, likeness[text_of], 0)
    )


def is_small(texts: Texts) -> bool:
    """Return whether these texts are sooner done in plain Python than numba is imported."""
    return len(texts) < SMALL_TEXTS and sum(len(str(text)) for text in texts) < SMALL_CHARACTERS


def group_pile(
    shingles: Shingles, weights: Numbers, *, plain: bool, singles: bool = False, threads: int = 1
) -> tuple[Medoids, Boilerplate, Piled]:
    """Return the groups of a pile of distinct texts, what is boilerplate in it, and the pile."""
    piled = pile_of(shingles, weights, plain, threads, singles=singles)
    numbered = piled.pile.numbered
    common, spread = common_terms(piled.pile)
    pile = replace(piled.pile, rare=keep_terms(numbered, ~common, plain=plain, threads=threads))
    texts = np.diff(pile.holders.starts)[common]
    boilerplate = Boilerplate(numbered.hashes[common], texts, spread[common])
    return in_place(loose_groups(pile), piled.order), boilerplate, piled._replace(pile=pile)


def group_rest(
    shingles: Shingles,
    weights: Numbers,
    found: Medoids,
    boilerplate: NDArray[np.uint32],
    common: Numbers,
    *,
    plain: bool,
    threads: int = 1,
) -> Medoids:
    """Return the same with the texts that stand alone grouped among themselves.

    The boilerplate is given, and how many shingles of each text are boilerplate (`common`).
    """
    rest = np.flatnonzero(found.medoid < 0)
    pile, order, _ = pile_of(of_rows(shingles, rest, plain=plain), weights[rest], plain, threads)
    rare = keep_terms(pile.numbered, ~np.isin(pile.numbered.hashes, boilerplate), plain=plain, threads=threads)
    rare = rare._replace(sizes=pile.numbered.sizes - common[rest[order]])
    again = in_place(loose_groups(replace(pile, rare=rare)), order)
    new = again.medoid >= 0
    medoid, similarity = found.medoid.copy(), found.similarity.copy()
    medoid[rest[new]], similarity[rest[new]] = rest[again.medoid[new]], again.similarity[new]
    return Medoids(medoid, similarity)


def pile_of(shingles: Shingles, weights: Numbers, plain: bool, threads: int, *, singles: bool = False) -> Piled:
    """Return the texts as a pile."""
    numbered, order, single = number_all(shingles, singles=singles, plain=plain, threads=threads)
    pairs = candidates(numbered, plain=plain, threads=threads)
    holders = posting_lists(numbered, plain=plain, threads=threads)
    return Piled(Pile(numbered, numbered, weights[order], holders, pairs, plain, threads), order, single)


def in_place(found: Medoids, order: Numbers) -> Medoids:
    """Return what was found of the texts of a pile, by their rows outside the pile."""
    medoid, similarity = np.empty_like(found.medoid), np.empty_like(found.similarity)
    medoid[order] = np.where(found.medoid < 0, -1, order[found.medoid])
    similarity[order] = found.similarity
    return Medoids(medoid, similarity)


def loose_groups(pile: Pile) -> Medoids:
    """Return the groups around medoids and those who join them."""
    medoid, similarity = attached(pile, *groups_of(pile, LOOSE, LOOSE_ROUNDS), rounds=ATTACH_ROUNDS)
    size = np.bincount(medoid[medoid >= 0], minlength=len(medoid))
    alone = (medoid < 0) | (size[medoid] < 2)
    return Medoids(np.where(alone, -1, medoid), np.where(alone, 0, similarity))


def common_terms(pile: Pile) -> tuple[NDArray[np.bool_], Numbers]:
    """Return which terms stand in many strict groups (boilerplate, not a template), and in how many each stands."""
    medoid, _ = attached(pile, *groups_of(pile, STRICT, STRICT_ROUNDS), rounds=1)
    grouped = medoid >= 0
    medoids, number = np.unique(medoid[grouped], return_inverse=True)
    labels = np.full(len(medoid), -1, dtype=np.int32)
    labels[grouped] = number
    starts, texts = pile.holders
    spread, largest = np.zeros((2, len(starts) - 1), dtype=np.int64)

    def some(first: int, end: int) -> None:
        terms = slice(first, end)
        pile.run(
            postings.spread_of, starts[first : end + 1], texts, labels, len(medoids), spread[terms], largest[terms]
        )

    pile.in_ranges(starts, some)
    elsewhere = np.diff(starts) - largest  # a phrase of one large group is common still, where many others have it
    return (spread >= SPREAD) & (1000 * (spread - 1) >= SPREAD_SHARE * elsewhere), spread


def with_equals(found: Medoids, weights: Numbers, shingles: Shingles) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """Return medoid and similarity of each text, its own medoid where it is alone, and which texts are grouped.

    A text of three shingles or more that several adverts carry is a group, too.
    """
    alone = found.medoid < 0
    centre = np.where(alone, np.arange(len(alone)), found.medoid)
    equals = (weights > 1) & (np.diff(shingles.offsets) >= LEAST_SHARED)
    return centre, np.where(alone, 1000, found.similarity), ~alone | equals
