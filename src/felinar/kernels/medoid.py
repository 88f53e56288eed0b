"""The text in the middle of each group, and which members are similar to it."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.likeness import shared_terms, similarity_of


@kernel
def keep_similar_to_medoid(whole, rare, weights, members, bounds, rule, medoid, similarity):  # type: ignore[no-untyped-def]
    """Write for each text its group's medoid and the similarity to it; medoid -1 where it is not similar enough.

    The medoid has the smallest summed number of shingles that are in one text but not in the other, over all members;
    counted per shingle, that sum costs one pass. Ties go to the smaller text.
    """
    held = np.zeros(len(whole.hashes), dtype=np.int32)
    for group in range(len(bounds) - 1):
        some = members[bounds[group] : bounds[group + 1]]
        best = heavier(whole, weights, some[0], some[1]) if len(some) == 2 else middle(whole, weights, some, held)
        for text in some:
            score = 1000 if text == best else similarity_of(whole, rare, text, best, rule)
            medoid[text] = best if score > 0 else -1
            similarity[text] = score


@kernel
def heavier(whole, weights, a, b):  # type: ignore[no-untyped-def]
    """Return the medoid of two texts: a, or b if it weighs more and they are not equal."""
    if weights[b] <= weights[a]:
        return a
    i, i_end, j, j_end = whole.offsets[a], whole.offsets[a + 1], whole.offsets[b], whole.offsets[b + 1]
    shared = shared_terms(whole.terms, i, i_end, whole.terms, j, j_end, 0)
    return b if 2 * shared < whole.sizes[a] + whole.sizes[b] else a


@kernel
def middle(whole, weights, some, held):  # type: ignore[no-untyped-def]
    """Return the medoid of these texts; `held` is a number for each term, 0 before and after."""
    weight = hold(whole, weights, some, held)
    best, best_score = some[0], 0
    for text in some:
        own = whole.sizes[text] - (whole.offsets[text + 1] - whole.offsets[text])
        score = 2 * own * weights[text] - weight * whole.sizes[text]
        for place in range(whole.offsets[text], whole.offsets[text + 1]):
            score += 2 * held[whole.terms[place]]
        if text == some[0] or score > best_score:
            best, best_score = text, score
    forget(whole, some, held)
    return best


@kernel
def hold(whole, weights, members, held):  # type: ignore[no-untyped-def]
    """Add up for each term the weight of the members that hold it, and return that of all members."""
    weight = 0
    for text in members:
        weight += weights[text]
        for place in range(whole.offsets[text], whole.offsets[text + 1]):
            held[whole.terms[place]] += weights[text]
    return weight


@kernel
def forget(whole, members, held):  # type: ignore[no-untyped-def]
    """Set back what was added up for these members; of very many all terms at once."""
    if len(members) > len(held):
        held[:] = 0
        return
    for text in members:
        for place in range(whole.offsets[text], whole.offsets[text + 1]):
            held[whole.terms[place]] = 0
