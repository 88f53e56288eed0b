"""Groups around medoids: link what is alike, keep what is similar to the medoid, link the rest again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.attach import MOST_HOLDERS, attach, mark_terms, post_members
from felinar.kernels.cards import Numbered
from felinar.kernels.compile import Kernel
from felinar.kernels.likeness import UNKNOWN, link_pairs
from felinar.kernels.medoid import keep_similar_to_medoid
from felinar.kernels.ranges import in_blocks, in_ranges
from felinar.link.candidates import LEAST_SHARED, Numbers, Pairs, Postings, neighbours

R = TypeVar("R")


@dataclass(frozen=True)
class Pile:
    """Distinct texts as numbered shingles, and the rare ones among these: those that are not boilerplate.

    It knows, too, how to run kernels over itself: compiled or plain as befits the size, and in how many threads.
    """

    numbered: Numbered
    rare: Numbered
    weights: Numbers  # how many adverts carry each text
    holders: Postings
    candidates: Pairs  # of all texts
    plain: bool
    threads: int

    def run(self, kernel: Kernel[..., R], *args: Any) -> R:
        """Run a kernel."""
        return (kernel.plain if self.plain else kernel)(*args)

    def in_ranges(self, ends: Numbers, work: Callable[[int, int], R]) -> list[R]:
        """Return what the work gives for ranges of items, as `kernels/ranges.py` does."""
        return in_ranges(ends, 1 if self.plain else self.threads, work)


class Asked(NamedTuple):
    """Pairs of texts, and what is known of each from comparing it by a rule: nothing yet, alike or unlike."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    known: NDArray[np.int8]

    def among(self, alive: NDArray[np.bool_]) -> Asked:
        """Return the pairs of living texts."""
        both = alive[self.left] & alive[self.right]
        return self if both.all() else Asked(self.left[both], self.right[both], self.known[both])


def asked(pairs: Pairs) -> Asked:
    """Return pairs of which nothing is known yet."""
    return Asked(*pairs, np.full(len(pairs[0]), UNKNOWN, dtype=np.int8))


def groups_of(pile: Pile, rule: Numbers, rounds: Sequence[int]) -> tuple[Numbers, Numbers]:
    """Return for each text its medoid (-1: alone) and the similarity to it.

    Texts are linked by the rule; of each component those similar to its medoid are a group, the rest is linked again
    without them. A chain thus falls apart instead of joining its ends. Each round asks for links so many quarters of
    the way from the rule to equality: a chain held by boilerplate loses one group a round while links stay weak, and
    falls apart at once when they must be stronger.
    """
    texts = len(pile.numbered.sizes)
    medoid, similarity = np.full(texts, -1, dtype=np.int64), np.zeros(texts, dtype=np.int64)
    alive = np.diff(pile.numbered.offsets) >= LEAST_SHARED
    pairs = asked(pile.candidates).among(alive)
    for number, quarters in enumerate(rounds):
        if not alive.any():
            break
        members, bounds = linked(pile, alive, pairs, rule, quarters, again=number > 0)
        found, likeness = around_medoids(pile, members, bounds, rule)
        settled = members[found[members] >= 0]
        medoid[settled], similarity[settled] = found[settled], likeness[settled]
        if number == 0:  # what the rule itself links with nothing stays alone
            alive = np.zeros(texts, dtype=np.bool_)
            alive[members] = True
        alive[settled] = False
        pairs = pairs.among(alive)
    return medoid, similarity


def around_medoids(pile: Pile, members: Numbers, bounds: Numbers, rule: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each text the medoid of its component (-1: none, or not similar to it) and the similarity."""
    texts = len(pile.numbered.sizes)
    found, similarity = np.full(texts, -1, dtype=np.int64), np.zeros(texts, dtype=np.int64)

    def some(first: int, end: int) -> None:
        given = pile.numbered, pile.rare, pile.weights, members, bounds[first : end + 1], rule
        pile.run(keep_similar_to_medoid, *given, found, similarity)

    pile.in_ranges(bounds, some)
    return found, similarity


def attached(pile: Pile, medoid: Numbers, similarity: Numbers, rounds: int) -> tuple[Numbers, Numbers]:
    """Return the same with the texts that stand alone put to the group whose own words they say."""
    numbered = pile.numbered
    alive = np.diff(numbered.offsets) >= LEAST_SHARED
    medoid, similarity = medoid.copy(), similarity.copy()
    found, likeness = np.empty_like(medoid), np.zeros_like(medoid)
    fresh = np.ones(len(numbered.hashes), dtype=np.bool_)  # terms whose holders joined a group since the last round
    for _ in range(rounds):
        members = members_of(pile, alive, medoid)

        def some(first: int, end: int, members: Postings = members) -> None:
            pile.run(attach, numbered, pile.holders, members, alive, fresh, medoid, first, end, found, likeness)

        pile.in_ranges(numbered.offsets, some)
        pile.run(mark_terms, numbered, found, fresh)
        new = np.flatnonzero(found >= 0)
        medoid[new], similarity[new] = found[new], likeness[new]
        if not len(new):
            break
    return medoid, similarity


def members_of(pile: Pile, alive: NDArray[np.bool_], medoid: Numbers) -> Postings:
    """Return the texts of groups that hold each term, as far as few texts do and a text alone is one of them."""
    held = np.diff(pile.holders.starts)
    few = np.empty(len(held), dtype=np.bool_)
    pile.run(mark_terms, pile.numbered, np.where(alive & (medoid < 0), 0, -1), few)
    few &= held <= MOST_HOLDERS
    starts, texts = np.zeros_like(pile.holders.starts), np.empty(int(held[few].sum()), dtype=np.int32)
    n = pile.run(post_members, pile.numbered, few, medoid, starts, texts)
    return Postings(starts, texts[:n].copy())


def linked(
    pile: Pile, alive: NDArray[np.bool_], pairs: Asked, rule: Numbers, quarters: int, *, again: bool
) -> tuple[Numbers, Numbers]:
    """Return the members of the components that the rule makes of the living texts, and where each begins.

    `pairs` are their candidates. `again`: some texts have gone, so others stand next to each other in the postings.
    """
    parent = np.arange(len(alive), dtype=np.int64)
    unite(pile, pairs, rule, quarters, parent)
    if again:
        met = neighbours(pile.numbered, alive, plain=pile.plain, threads=pile.threads)
        unite(pile, asked(met), rule, quarters, parent)
    return components_of_two(flattened(parent))


def unite(pile: Pile, pairs: Asked, rule: Numbers, quarters: int, parent: Numbers) -> None:
    """Unite the pairs that are similar enough: what stands in one part of the texts side by side, then the others."""
    parts = 1 if pile.plain else pile.threads
    given = pile.numbered, pile.rare, *pairs, tightened(rule, quarters), quarters == 0

    def some(low: int, high: int) -> None:
        pile.run(link_pairs, *given, low, high, parent)

    in_blocks(len(parent), len(parent) // parts + 1, parts, some)
    if parts > 1:
        some(0, len(parent))


def tightened(rule: Numbers, quarters: int) -> Numbers:
    """Return the rule with its thousandths these quarters of the way nearer to 1,000."""
    thousandths = rule[1:] + np.maximum(0, 1000 - rule[1:]) * quarters // 4
    return np.concatenate((rule[:1], thousandths))


def flattened(parent: Numbers) -> Numbers:
    """Return the root of every node; parents are never larger than their children."""
    above: Numbers = parent[parent]
    while not np.array_equal(above, parent):
        parent, above = above, above[above]
    return above


def components_of_two(labels: Numbers) -> tuple[Numbers, Numbers]:
    """Return the members of components of two texts or more, component by component, and where each begins."""
    counts = np.bincount(labels, minlength=len(labels))
    members = np.flatnonzero(counts[labels] > 1)
    members = members[np.argsort(labels[members], kind="stable")]
    own = labels[members]
    begins = np.flatnonzero(np.concatenate(([True], own[1:] != own[:-1]))) if len(own) else np.zeros(0, dtype=np.int64)
    return members, np.concatenate((begins, [len(members)])).astype(np.int64)
