"""Groups around medoids: link what is alike, keep what is similar to the medoid, link the rest again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.kernels import likeness, postings
from felinar.kernels.attach import attach
from felinar.kernels.compile import Kernel
from felinar.kernels.medoid import keep_similar_to_medoid
from felinar.kernels.numbering import Numbered

Numbers = NDArray[np.int64]
Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]
LEAST_SHARED = 3  # shingles


@dataclass(frozen=True)
class Pile:
    """Distinct texts as numbered shingles, and the rare ones among these: those that are not boilerplate."""

    numbered: Numbered
    rare: Numbered
    weights: Numbers  # how many adverts carry each text
    candidates: Pairs  # of all texts
    plain: bool

    def run(self, kernel: Kernel[..., Any], *args: Any) -> None:
        """Run a kernel over the shingles, compiled or plain as befits the size."""
        (kernel.plain if self.plain else kernel)(self.numbered, self.rare, *args)


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
    for number, quarters in enumerate(rounds):
        if not alive.any():
            break
        members, bounds = linked(pile, alive, tightened(rule, quarters), again=number > 0)
        found = np.full(texts, -1, dtype=np.int64), np.zeros(texts, dtype=np.int64)
        pile.run(keep_similar_to_medoid, pile.weights, members, bounds, rule, *found)
        settled = members[found[0][members] >= 0]
        medoid[settled], similarity[settled] = found[0][settled], found[1][settled]
        if number == 0:  # what the rule itself links with nothing stays alone
            alive = np.zeros(texts, dtype=np.bool_)
            alive[members] = True
        alive[settled] = False
    return medoid, similarity


def attached(pile: Pile, medoid: Numbers, similarity: Numbers, rounds: int) -> tuple[Numbers, Numbers]:
    """Return the same with the texts that stand alone put to the group whose own words they say."""
    numbered = pile.numbered
    alive = np.diff(numbered.offsets) >= LEAST_SHARED
    starts, texts = posting_lists(numbered, alive, plain=pile.plain)
    medoid, similarity = medoid.copy(), similarity.copy()
    fresh = np.ones(len(numbered.hashes), dtype=np.bool_)  # terms whose holders joined a group since the last round
    for _ in range(rounds):
        found, likeness = np.empty_like(medoid), np.zeros_like(medoid)
        run = attach.plain if pile.plain else attach
        run(numbered, starts, texts, alive, fresh, medoid, found, likeness)
        new = np.flatnonzero(found >= 0)
        medoid[new], similarity[new] = found[new], likeness[new]
        if not len(new):
            break
    return medoid, similarity


def linked(pile: Pile, alive: NDArray[np.bool_], rule: Numbers, *, again: bool) -> tuple[Numbers, Numbers]:
    """Return the members of the components that the rule makes of the living texts, and where each begins.

    `again`: some texts have gone, so others stand next to each other in the postings.
    """
    parent = np.arange(len(alive), dtype=np.int64)
    pile.run(likeness.link_pairs, alive, *pile.candidates, rule, parent)
    if again:
        lists = posting_lists(pile.numbered, alive, likeness.CHOSEN, plain=pile.plain)
        run = likeness.met_neighbours.plain if pile.plain else likeness.met_neighbours
        pile.run(likeness.link_pairs, alive, *run(pile.numbered, alive, *lists), rule, parent)
    return components_of_two(flattened(parent))


def tightened(rule: Numbers, quarters: int) -> Numbers:
    """Return the rule with its thousandths these quarters of the way nearer to 1,000."""
    thousandths = rule[1:] + np.maximum(0, 1000 - rule[1:]) * quarters // 4
    return np.concatenate((rule[:1], thousandths))


def posting_lists(
    numbered: Numbered, alive: NDArray[np.bool_], most: int = np.iinfo(np.int32).max, *, plain: bool
) -> tuple[Numbers, NDArray[np.int32]]:
    """Return where each term's texts start, and the texts; of each text only so many first terms."""
    starts = np.zeros(len(numbered.hashes) + 1, dtype=np.int64)
    texts = np.empty(int(np.minimum(most, np.diff(numbered.offsets)).sum()), dtype=np.int32)
    run = postings.fill_postings.plain if plain else postings.fill_postings
    run(numbered.offsets, numbered.terms, alive, starts, texts, most)
    return starts, texts


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
