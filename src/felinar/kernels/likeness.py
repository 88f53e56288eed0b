"""How alike two texts are, and the linking of texts that are alike enough.

Every loop is linear in the shingles: a posting joins each text with the next two that hold the same shingle, so ten
thousand texts with one phrase cost ten thousand comparisons, not fifty million.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.cards import may_share, size_of
from felinar.kernels.compile import kernel
from felinar.kernels.components import root_of

AHEAD = 2
CHOSEN = 24  # of a text's terms, those with the smallest hashes: like texts choose alike
MEET, MEET_PER_TERMS = 2, 16  # texts are compared that meet twice, and once more for each 16 terms
UNKNOWN, UNLIKE, ALIKE = 0, 1, 2  # what is known of a pair
TIMES = 32  # more often no text meets another; so 67 million texts fit 32 bits


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
def shared_at_least(rows, a, b, least):  # type: ignore[no-untyped-def]
    """Return how many terms two texts share, or less than `least` if they share fewer than that."""
    if not may_share(rows.cards, a, b, least):
        return 0
    i, i_end, j, j_end = rows.offsets[a], rows.offsets[a + 1], rows.offsets[b], rows.offsets[b + 1]
    return shared_terms(rows.terms, i, i_end, rows.terms, j, j_end, least)


@kernel
def asked_of(cards, rare_cards, a, b, rule):  # type: ignore[no-untyped-def]
    """Return the shorter text's shingles, how many terms two texts must share, and how many rare ones suffice."""
    size = max(1, min(size_of(cards, a), size_of(cards, b)))
    fewest = min(size_of(rare_cards, a), size_of(rare_cards, b))
    of_rare = max(rule[0], (rule[2] * fewest + 999) // 1000, (rule[3] * size + 999) // 1000)
    return size, max(rule[0], (rule[1] * size + 999) // 1000), of_rare


@kernel
def may_be_similar(cards, rare_cards, a, b, rule):  # type: ignore[no-untyped-def]
    """Say whether two texts may be similar, by their cards alone; `rule` as in `similarity_of`."""
    _, needed, of_rare = asked_of(cards, rare_cards, a, b, rule)
    return may_share(cards, a, b, needed) or (rule[2] <= 1000 and may_share(rare_cards, a, b, of_rare))


@kernel
def similarity_of(whole, rare, a, b, rule):  # type: ignore[no-untyped-def]
    """Return the thousandths of the shorter text's shingles that the other one holds too, or 0 if they are not similar.

    `whole`, `rare`: all shared shingles, and those that are not boilerplate. `rule`: shingles that must be shared;
    containment that is enough by itself; and what is enough of the rare shingles: containment among these, and their
    part of the shorter text (all in thousandths).
    """
    size, needed, of_rare = asked_of(whole.cards, rare.cards, a, b, rule)
    if rule[2] <= 1000 and shared_at_least(rare, a, b, of_rare) >= of_rare:
        needed = 0
    shared = shared_at_least(whole, a, b, needed)
    return 1000 * shared // size if shared >= needed else 0


@kernel
def met_neighbours(whole, alive, first, end):  # type: ignore[no-untyped-def]
    """Return two rows of texts: each living text from first to end - 1 with those that it meets often.

    It meets the next two that hold the same term, as far as that is among the first `CHOSEN` terms of both. Texts are
    walked from the last to the first, so all that is remembered of a term are these two.
    """
    offsets, terms = whole.offsets, whole.terms
    following = np.full((len(whole.hashes), AHEAD), -1, dtype=np.int32)
    for text in range(end, len(alive)):
        if alive[text]:
            for place in range(offsets[text], min(offsets[text] + CHOSEN, offsets[text + 1])):
                ahead = following[terms[place]]
                if ahead[0] < 0:
                    ahead[0] = text
                elif ahead[1] < 0:
                    ahead[1] = text
    met = np.zeros(len(alive), dtype=np.int32)  # which text met it last, and how often
    pairs = np.empty((2, 1024), dtype=np.int32)
    n = 0
    for text in range(end - 1, first - 1, -1):
        if not alive[text]:
            continue
        if n + AHEAD * CHOSEN > pairs.shape[1]:
            pairs = np.concatenate((pairs, np.empty_like(pairs)), axis=1)
        none = (end - text) * TIMES
        last = min(offsets[text] + CHOSEN, offsets[text + 1])
        enough = none + MEET + (last - offsets[text]) // MEET_PER_TERMS
        for place in range(offsets[text], last):
            ahead = following[terms[place]]
            for at in range(AHEAD):
                other = ahead[at]
                if other >= 0:
                    met[other] = max(met[other], none) + 1
                    if met[other] == enough:
                        pairs[0, n], pairs[1, n] = text, other
                        n += 1
            ahead[0], ahead[1] = text, ahead[0]
    return pairs[:, :n].copy()


@kernel
def link_pairs(whole, rare, left, right, known, rule, itself, low, high, parent):  # type: ignore[no-untyped-def]
    """Unite the pairs left[i], right[i] that are similar enough, as far as both stand between low and high - 1.

    Parts of the texts may be done side by side: no parent lies outside its part before the whole is done. `known`: what
    pairs were found to be; it gets what is found where the rule is the one of which that is known (`itself`), and none
    that asks for more.
    """
    cards, rare_cards = whole.cards, rare.cards
    for i in range(len(left)):
        a, b = left[i], right[i]
        if known[i] == UNLIKE or min(a, b) < low or max(a, b) >= high:
            continue
        root, other = root_of(parent, a), root_of(parent, b)
        if root != other:
            alike = itself and known[i] == ALIKE
            if not alike:
                alike = may_be_similar(cards, rare_cards, a, b, rule) and similarity_of(whole, rare, a, b, rule) > 0
                if itself:
                    known[i] = ALIKE if alike else UNLIKE
            if alike:
                parent[max(root, other)] = min(root, other)  # a parent is never larger than its child
