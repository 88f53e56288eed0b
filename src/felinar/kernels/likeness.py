"""How alike two texts are, and the linking of texts that are alike enough.

Every loop is linear in the shingles: a posting joins each text with the next two that hold the same shingle, so ten
thousand texts with one phrase cost ten thousand comparisons, not fifty million.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.bits import ones
from felinar.kernels.compile import kernel
from felinar.kernels.components import root_of

AHEAD = 2
CHOSEN = 24  # of a text's terms, those with the smallest hashes: like texts choose alike
MEET, MEET_PER_TERMS = 2, 16  # texts are compared that meet twice, and once more for each 16 terms
BASE = 1 << 32


@kernel
def shared_terms(left, i, i_end, right, j, j_end, least):  # type: ignore[no-untyped-def]
    """Return how many terms two ascending rows share; counting stops where `least` is out of reach."""
    shared = 0
    while i < i_end and j < j_end and shared + min(i_end - i, j_end - j) >= least:
        mine, theirs = left[i], right[j]
        # Sums instead of branches: which row is behind cannot be foretold, and a wrong guess costs more than all else.
        shared += mine == theirs
        i += mine <= theirs
        j += theirs <= mine
    return shared


@kernel
def most_shared(bits, a, b, a_terms, b_terms):  # type: ignore[no-untyped-def]
    """Return a number of terms that two texts share at most: a bit that only one of them sets is a term of its own."""
    only_a, only_b = 0, 0
    for word in range(bits.shape[1]):
        only_a += ones(bits[a, word] & ~bits[b, word])
        only_b += ones(bits[b, word] & ~bits[a, word])
    return min(a_terms - only_a, b_terms - only_b)


@kernel
def shared_at_least(rows, a, b, least):  # type: ignore[no-untyped-def]
    """Return how many terms two texts share, or less than `least` if they share fewer than that."""
    i, i_end, j, j_end = rows.offsets[a], rows.offsets[a + 1], rows.offsets[b], rows.offsets[b + 1]
    if min(i_end - i, j_end - j) < least or most_shared(rows.bits, a, b, i_end - i, j_end - j) < least:
        return 0
    return shared_terms(rows.terms, i, i_end, rows.terms, j, j_end, least)


@kernel
def similarity_of(whole, rare, a, b, rule):  # type: ignore[no-untyped-def]
    """Return the thousandths of the shorter text's shingles that the other one holds too, or 0 if they are not similar.

    `whole`, `rare`: all shared shingles, and those that are not boilerplate. `rule`: shingles that must be shared;
    containment that is enough by itself; and what is enough of the rare shingles: containment among these, and their
    part of the shorter text (all in thousandths).
    """
    size = max(1, min(whole.sizes[a], whole.sizes[b]))
    needed = max(rule[0], (rule[1] * size + 999) // 1000)
    if rule[2] <= 1000:
        fewest = min(rare.sizes[a], rare.sizes[b])
        rare_needed = max(rule[0], (rule[2] * fewest + 999) // 1000, (rule[3] * size + 999) // 1000)
        if shared_at_least(rare, a, b, rare_needed) >= rare_needed:
            needed = 0
    shared = shared_at_least(whole, a, b, needed)
    return 1000 * shared // size if shared >= needed else 0


@kernel
def met_neighbours(whole, alive, starts, texts, first, end):  # type: ignore[no-untyped-def]
    """Return two rows of texts: each text from first to end - 1 with those that it meets often among the next two in
    its postings.

    The postings hold the first `CHOSEN` terms of each living text.
    """
    offsets, terms = whole.offsets, whole.terms
    cursor = starts[:-1].copy()
    if first > 0:
        for term in range(len(cursor)):
            cursor[term] += np.searchsorted(texts[starts[term] : starts[term + 1]], first)
    met = np.full(len(alive), -1, dtype=np.int64)  # text * BASE + how often it was met from this text
    pairs = np.empty((2, 1024), dtype=np.int32)
    n = 0
    for text in range(first, end):
        if not alive[text]:
            continue
        if n + AHEAD * CHOSEN > pairs.shape[1]:
            pairs = np.concatenate((pairs, np.empty_like(pairs)), axis=1)
        start = text * BASE
        last = min(offsets[text] + CHOSEN, offsets[text + 1])
        enough = start + MEET + (last - offsets[text]) // MEET_PER_TERMS
        for place in range(offsets[text], last):
            term = terms[place]
            cursor[term] += 1
            for ahead in range(cursor[term], min(cursor[term] + AHEAD, starts[term + 1])):
                other = texts[ahead]
                met[other] = max(met[other], start) + 1
                if met[other] == enough:
                    pairs[0, n], pairs[1, n] = text, other
                    n += 1
    return pairs[:, :n].copy()


@kernel
def link_pairs(whole, rare, alive, left, right, rule, width, part, parent):  # type: ignore[no-untyped-def]
    """Unite the candidates left[i], right[i] that are similar enough, as far as both stand in this part of the texts.

    A part is so many texts wide; part -1 are the candidates whose texts stand in different ones. Parts may be done side
    by side: no parent lies outside its part before part -1 is done.
    """
    for i in range(len(left)):
        a, b = left[i], right[i]
        if alive[a] and alive[b]:
            of_a, of_b = a // width, b // width
            if (of_a == part and of_b == part) or (part < 0 and of_a != of_b):
                unite(whole, rare, a, b, rule, parent)


@kernel
def unite(whole, rare, text, other, rule, parent):  # type: ignore[no-untyped-def]
    """Unite two texts that are similar enough; the smaller root wins, so a parent is never larger than its child."""
    a = root_of(parent, text)
    b = root_of(parent, other)
    if a != b and similarity_of(whole, rare, text, other, rule) > 0:
        parent[max(a, b)] = min(a, b)
