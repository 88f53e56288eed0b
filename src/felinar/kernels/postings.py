"""Shingles as numbers with the texts that hold them; linking, spread and medoids over these postings.

Every loop is linear in the shingles: a posting joins each text with the next two that hold the same shingle, so ten
thousand texts with one phrase cost ten thousand comparisons, not fifty million.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.components import root_of
from felinar.kernels.shingle import Shingles

AHEAD = 2


class Numbered(NamedTuple):
    """Shared shingles as numbers: text i holds terms[offsets[i]:offsets[i + 1]] of sizes[i] shingles in all."""

    offsets: NDArray[np.int64]
    terms: NDArray[np.int32]
    sizes: NDArray[np.int64]
    terms_count: int


def number_shared(shingles: Shingles) -> Numbered:
    """Return the shingles that two or more texts hold, numbered; the others count in `sizes` only."""
    order = np.argsort(shingles.hashes)
    ordered = shingles.hashes[order]
    new = np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, dtype=np.bool_)
    number = np.cumsum(new) - 1
    frequency = np.bincount(number, minlength=1) if len(number) else np.zeros(1, dtype=np.int64)
    shared = frequency > 1
    names = np.where(shared, np.cumsum(shared) - 1, -1).astype(np.int32)
    terms = np.empty(len(ordered), dtype=np.int32)
    terms[order] = names[number]
    return keep_terms(Numbered(shingles.offsets, terms, np.diff(shingles.offsets), int(shared.sum())), terms >= 0)


def keep_terms(numbered: Numbered, kept: NDArray[np.bool_]) -> Numbered:
    """Return the numbered shingles without the places that are not kept; `sizes` stays."""
    before = np.concatenate(([0], np.cumsum(kept)))
    return numbered._replace(offsets=before[numbered.offsets], terms=numbered.terms[kept])


@kernel
def fill_postings(offsets, terms, alive, starts, texts):  # type: ignore[no-untyped-def]
    """Write the texts that hold each term, in order, if they are alive; `starts` has one place more than terms."""
    starts[:] = 0
    for text in range(len(offsets) - 1):
        if alive[text]:
            for place in range(offsets[text], offsets[text + 1]):
                starts[terms[place] + 1] += 1
    for term in range(len(starts) - 1):
        starts[term + 1] += starts[term]
    cursor = starts[:-1].copy()
    for text in range(len(offsets) - 1):
        if alive[text]:
            for place in range(offsets[text], offsets[text + 1]):
                texts[cursor[terms[place]]] = text
                cursor[terms[place]] += 1


@kernel
def similarity_of(offsets, terms, sizes, common, rare_sizes, a, b, rule):  # type: ignore[no-untyped-def]
    """Return the thousandths of the shorter text's shingles that the other one holds too, or 0 if they are not similar.

    `rule`: shingles that must be shared; containment that is enough by itself; and what is enough of the shingles that
    are not common: containment among these, and their part of the shorter text (all in thousandths).
    """
    shared, rare = 0, 0
    i, j = offsets[a], offsets[b]
    while i < offsets[a + 1] and j < offsets[b + 1]:
        if terms[i] == terms[j]:
            shared += 1
            rare += 0 if common[terms[i]] else 1
            i += 1
            j += 1
        elif terms[i] < terms[j]:
            i += 1
        else:
            j += 1
    whole = 1000 * shared // max(1, min(sizes[a], sizes[b]))
    if shared >= rule[0] and whole >= rule[1]:
        return whole
    if rare < rule[0] or 1000 * rare < rule[2] * min(rare_sizes[a], rare_sizes[b]):
        return 0
    return whole if 1000 * rare >= rule[3] * min(sizes[a], sizes[b]) else 0


@kernel
def link_neighbours(offsets, terms, sizes, common, rare_sizes, alive, starts, texts, rule, parent):  # type: ignore[no-untyped-def]
    """Unite texts that share terms with one of the next texts in two postings or more, and are similar enough."""
    cursor = starts[:-1].copy()
    longest = 0
    for text in range(len(offsets) - 1):
        longest = max(longest, offsets[text + 1] - offsets[text])
    near = np.empty(AHEAD * longest + 1, dtype=np.int32)
    for text in range(len(offsets) - 1):
        if not alive[text]:
            continue
        found = 0
        for place in range(offsets[text], offsets[text + 1]):
            term = terms[place]
            cursor[term] += 1
            for ahead in range(cursor[term], min(cursor[term] + AHEAD, starts[term + 1])):
                near[found] = texts[ahead]
                found += 1
        near[:found].sort()
        for i in range(1, found):
            other = near[i]
            if near[i - 1] != other or (i > 1 and near[i - 2] == other):
                continue
            a = root_of(parent, text)
            b = root_of(parent, other)
            if a != b and similarity_of(offsets, terms, sizes, common, rare_sizes, text, other, rule) > 0:
                parent[max(a, b)] = min(a, b)


@kernel
def link_pairs(offsets, terms, sizes, common, rare_sizes, alive, left, right, rule, parent):  # type: ignore[no-untyped-def]
    """Unite the candidates left[i], right[i] that are similar enough."""
    for i in range(len(left)):
        if not (alive[left[i]] and alive[right[i]]):
            continue
        a = root_of(parent, left[i])
        b = root_of(parent, right[i])
        if a != b and similarity_of(offsets, terms, sizes, common, rare_sizes, left[i], right[i], rule) > 0:
            parent[max(a, b)] = min(a, b)


@kernel
def spread_of(starts, texts, labels, spread, largest):  # type: ignore[no-untyped-def]
    """Write for each term the number of different labels among its texts, and the texts with the most frequent one."""
    last = np.full(len(labels), -1, dtype=np.int64)
    times = np.zeros(len(labels), dtype=np.int64)
    for term in range(len(starts) - 1):
        for place in range(starts[term], starts[term + 1]):
            label = labels[texts[place]]
            if last[label] != term:
                last[label] = term
                times[label] = 0
                spread[term] += 1
            times[label] += 1
            largest[term] = max(largest[term], times[label])


@kernel
def keep_similar_to_medoid(  # type: ignore[no-untyped-def]
    offsets, terms, sizes, common, rare_sizes, weights, members, bounds, rule, medoid, similarity
):
    """Write for each text its group's medoid and the similarity to it; medoid -1 where it is not similar enough.

    The medoid has the smallest summed number of shingles that are in one text but not in the other, over all members;
    counted per shingle, that sum costs one pass. Ties go to the smaller text.
    """
    held = np.zeros(len(common), dtype=np.int64)
    for group in range(len(bounds) - 1):
        first, last = bounds[group], bounds[group + 1]
        weight = 0
        for i in range(first, last):
            text = members[i]
            weight += weights[text]
            for place in range(offsets[text], offsets[text + 1]):
                held[terms[place]] += weights[text]
        best, best_score = members[first], 0
        for i in range(first, last):
            text = members[i]
            own = sizes[text] - (offsets[text + 1] - offsets[text])
            score = 2 * own * weights[text] - weight * sizes[text]
            for place in range(offsets[text], offsets[text + 1]):
                score += 2 * held[terms[place]]
            if i == first or score > best_score:
                best, best_score = text, score
        for i in range(first, last):
            text = members[i]
            for place in range(offsets[text], offsets[text + 1]):
                held[terms[place]] = 0
            score = 1000
            if text != best:
                score = similarity_of(offsets, terms, sizes, common, rare_sizes, text, best, rule)
            medoid[text] = best if score > 0 else -1
            similarity[text] = score
