"""Texts that stand alone although a group holds what they say: attached where their words are that group's own.

In a group whose texts are edited heavily, the shingles of one text are spread over many texts that resemble each other
little; they look like boilerplate. What tells them apart: who holds boilerplate belongs to many groups.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.likeness import shared_at_least

ALIKE, OWN = 330, 200  # thousandths: of the shorter text's shingles; of the holders of what is shared
MOST_HOLDERS = 32  # a shingle that more texts hold names no member to compare with


@kernel
def attach(  # type: ignore[no-untyped-def]
    whole, holders, members, alive, fresh, medoid, first, end, found, likeness
):
    """Write into `found` the group (its medoid) of each text alone that most resembles a member, -1 for none.

    Texts from first to end - 1 are looked at. `holders`: the texts that hold each term; `members`: those of them that
    are in a group, of terms that few texts hold. `likeness`: thousandths of the shorter text's shingles that the text
    shares with the medoid. `fresh` marks the terms whose holders joined a group since the last call: a text that holds
    none of them would get the same answer again.
    """
    met = np.zeros(len(medoid), dtype=np.int32)
    touched = np.empty(len(medoid), dtype=np.int64)
    for text in range(first, end):
        found[text] = -1
        if medoid[text] >= 0 or not alive[text] or not holds_any(whole, text, fresh):
            continue
        best = most_met(whole, members, text, met, touched)
        if best >= 0 and is_own(whole, holders, medoid, text, best):
            centre = medoid[best]
            found[text] = centre
            size = max(1, min(whole.sizes[text], whole.sizes[centre]))
            likeness[text] = 1000 * shared_at_least(whole, text, centre, 0) // size


@kernel
def post_members(whole, few, medoid, starts, texts):  # type: ignore[no-untyped-def]
    """Write the texts in groups that hold each term, in order, for terms that few texts hold; return how many."""
    starts[:] = 0
    for text in range(len(medoid)):
        if medoid[text] >= 0:
            for place in range(whole.offsets[text], whole.offsets[text + 1]):
                if few[whole.terms[place]]:
                    starts[whole.terms[place] + 1] += 1
    for term in range(len(starts) - 1):
        starts[term + 1] += starts[term]
    cursor = starts[:-1].copy()
    for text in range(len(medoid)):
        if medoid[text] >= 0:
            for place in range(whole.offsets[text], whole.offsets[text + 1]):
                term = whole.terms[place]
                if few[term]:
                    texts[cursor[term]] = text
                    cursor[term] += 1
    return starts[-1]


@kernel
def mark_terms(whole, medoid, marked):  # type: ignore[no-untyped-def]
    """Mark the terms of the texts that are in a group, and no others."""
    marked[:] = False
    for text in range(len(medoid)):
        if medoid[text] >= 0:
            for place in range(whole.offsets[text], whole.offsets[text + 1]):
                marked[whole.terms[place]] = True


@kernel
def holds_any(whole, text, marked):  # type: ignore[no-untyped-def]
    """Say whether a text holds a marked term."""
    place = whole.offsets[text]
    while place < whole.offsets[text + 1] and not marked[whole.terms[place]]:
        place += 1
    return place < whole.offsets[text + 1]


@kernel
def most_met(whole, members, text, met, touched):  # type: ignore[no-untyped-def]
    """Return the text of a group that holds most of what a text says, as far as few hold it; -1 for none."""
    count = 0
    for place in range(whole.offsets[text], whole.offsets[text + 1]):
        term = whole.terms[place]
        for at in range(members.starts[term], members.starts[term + 1]):
            other = members.texts[at]
            if met[other] == 0:
                touched[count] = other
                count += 1
            met[other] += 1
    best = -1
    for i in range(count):
        other = touched[i]
        if best < 0 or met[other] > met[best] or (met[other] == met[best] and other < best):
            best = other
    for i in range(count):
        met[touched[i]] = 0
    return best


@kernel
def is_own(whole, holders, medoid, text, member):  # type: ignore[no-untyped-def]
    """Say whether a text and a member share enough, and whether most who hold what they share are of its group."""
    needed = max(3, (ALIKE * min(whole.sizes[text], whole.sizes[member]) + 999) // 1000)
    if shared_at_least(whole, text, member, needed) < needed:
        return False
    starts, texts = holders.starts, holders.texts
    shared = terms_in_both(whole, text, member)
    others, looked_at = 0, 0
    for term in shared:
        others += starts[term + 1] - starts[term] - 1
        looked_at += min(starts[term + 1] - starts[term], MOST_HOLDERS)
    own = 0
    if 1000 * looked_at >= OWN * others:  # else boilerplate, of which no group holds so much
        for term in shared:
            for at in range(starts[term], min(starts[term + 1], starts[term] + MOST_HOLDERS)):
                own += medoid[texts[at]] == medoid[member]
    return 1000 * own >= OWN * others


@kernel
def terms_in_both(whole, text, member):  # type: ignore[no-untyped-def]
    """Return the terms that two texts share."""
    terms = whole.terms
    i, i_end, j, j_end = whole.offsets[text], whole.offsets[text + 1], whole.offsets[member], whole.offsets[member + 1]
    shared = np.empty(min(i_end - i, j_end - j), dtype=np.int32)
    n = 0
    while i < i_end and j < j_end:
        mine, theirs = terms[i], terms[j]
        if mine == theirs:
            shared[n] = mine
            n += 1
        i += mine <= theirs
        j += theirs <= mine
    return shared[:n]
