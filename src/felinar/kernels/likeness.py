"""How alike two texts are, and the linking of texts that are alike enough.

Every loop is linear in the shingles: a posting joins each text with the next two that hold the same shingle, so ten
thousand texts with one phrase cost ten thousand comparisons, not fifty million.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.components import root_of

AHEAD = 2
MEET, MEET_PER_TERMS = 2, 16  # texts are compared that meet twice, and once more for each 16 terms
BASE = 1 << 32


@kernel
def shared_terms(terms, i, i_end, j, j_end, least):  # type: ignore[no-untyped-def]
    """Return how many terms two ascending rows share; counting stops where `least` is out of reach."""
    shared = 0
    while i < i_end and j < j_end and shared + min(i_end - i, j_end - j) >= least:
        left, right = terms[i], terms[j]
        # Sums instead of branches: which row is behind cannot be foretold, and a wrong guess costs more than all else.
        shared += left == right
        i += left <= right
        j += right <= left
    return shared


@kernel
def similarity_of(offsets, terms, sizes, rare_offsets, rare_terms, rare_sizes, a, b, rule):  # type: ignore[no-untyped-def]
    """Return the thousandths of the shorter text's shingles that the other one holds too, or 0 if they are not similar.

    `rule`: shingles that must be shared; containment that is enough by itself; and what is enough of the shingles that
    are not common (the rare ones): containment among these, and their part of the shorter text (all in thousandths).
    """
    size = max(1, min(sizes[a], sizes[b]))
    needed = max(rule[0], (rule[1] * size + 999) // 1000)
    if rule[2] <= 1000:
        fewest = min(rare_sizes[a], rare_sizes[b])
        rare_needed = max(rule[0], (rule[2] * fewest + 999) // 1000, (rule[3] * size + 999) // 1000)
        rare = shared_terms(
            rare_terms, rare_offsets[a], rare_offsets[a + 1], rare_offsets[b], rare_offsets[b + 1], rare_needed
        )
        if rare >= rare_needed:
            needed = 0
    shared = shared_terms(terms, offsets[a], offsets[a + 1], offsets[b], offsets[b + 1], needed)
    return 1000 * shared // size if shared >= needed else 0


@kernel
def link_neighbours(  # type: ignore[no-untyped-def]
    offsets, terms, sizes, rare_offsets, rare_terms, rare_sizes, alive, starts, texts, rule, parent
):
    """Unite texts that share terms with one of the next texts in two postings or more, and are similar enough."""
    cursor = starts[:-1].copy()
    met = np.full(len(offsets) - 1, -1, dtype=np.int64)  # text * BASE + how often it was met from this text
    for text in range(len(offsets) - 1):
        if not alive[text]:
            continue
        start = text * BASE
        enough = start + MEET + (offsets[text + 1] - offsets[text]) // MEET_PER_TERMS
        for place in range(offsets[text], offsets[text + 1]):
            term = terms[place]
            cursor[term] += 1
            for ahead in range(cursor[term], min(cursor[term] + AHEAD, starts[term + 1])):
                other = texts[ahead]
                met[other] = max(met[other], start) + 1
                if met[other] == enough:
                    unite(offsets, terms, sizes, rare_offsets, rare_terms, rare_sizes, text, other, rule, parent)


@kernel
def link_pairs(  # type: ignore[no-untyped-def]
    offsets, terms, sizes, rare_offsets, rare_terms, rare_sizes, alive, left, right, rule, parent
):
    """Unite the candidates left[i], right[i] that are similar enough."""
    for i in range(len(left)):
        if alive[left[i]] and alive[right[i]]:
            unite(offsets, terms, sizes, rare_offsets, rare_terms, rare_sizes, left[i], right[i], rule, parent)


@kernel
def unite(offsets, terms, sizes, rare_offsets, rare_terms, rare_sizes, text, other, rule, parent):  # type: ignore[no-untyped-def]
    """Unite two texts that are similar enough; the smaller root wins, so a parent is never larger than its child."""
    a = root_of(parent, text)
    b = root_of(parent, other)
    if a != b and similarity_of(offsets, terms, sizes, rare_offsets, rare_terms, rare_sizes, text, other, rule) > 0:
        parent[max(a, b)] = min(a, b)
