"""The text in the middle of each group, and which members are similar to it."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.likeness import similarity_of


@kernel
def keep_similar_to_medoid(  # type: ignore[no-untyped-def]
    offsets,
    terms,
    sizes,
    rare_offsets,
    rare_terms,
    rare_sizes,
    weights,
    terms_count,
    members,
    bounds,
    rule,
    medoid,
    similarity,
):
    """Write for each text its group's medoid and the similarity to it; medoid -1 where it is not similar enough.

    The medoid has the smallest summed number of shingles that are in one text but not in the other, over all members;
    counted per shingle, that sum costs one pass. Ties go to the smaller text.
    """
    held = np.zeros(terms_count, dtype=np.int64)
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
                score = similarity_of(offsets, terms, sizes, rare_offsets, rare_terms, rare_sizes, text, best, rule)
            medoid[text] = best if score > 0 else -1
            similarity[text] = score
