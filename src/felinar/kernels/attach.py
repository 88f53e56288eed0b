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
def attach(whole, starts, texts, alive, fresh, medoid, first, end, found, likeness):  # type: ignore[no-untyped-def]
    """Write into `found` the group (its medoid) of each text alone that most resembles a member, -1 for none.

    Texts from first to end - 1 are looked at. `likeness`: thousandths of the shorter text's shingles that the text
    shares with the medoid. `fresh` marks the terms whose holders joined a group since the last call: a text that holds
    none of them would get the same answer again.
    """
    met = np.zeros(len(medoid), dtype=np.int32)
    touched = np.empty(len(medoid), dtype=np.int64)
    for text in range(first, end):
        found[text] = -1
        if medoid[text] >= 0 or not alive[text] or not holds_any(whole, text, fresh):
            continue
        best = most_met(whole, starts, texts, medoid, text, met, touched)
        if best >= 0 and is_own(whole, starts, texts, medoid, text, best):
            centre = medoid[best]
            found[text] = centre
            size = max(1, min(whole.sizes[text], whole.sizes[centre]))
            likeness[text] = 1000 * shared_at_least(whole, text, centre, 0) // size


@kernel
def mark_terms(whole, found, fresh):  # type: ignore[no-untyped-def]
    """Mark the terms of the texts that joined a group, and no others."""
    fresh[:] = False
    for text in range(len(found)):
        if found[text] >= 0:
            for place in range(whole.offsets[text], whole.offsets[text + 1]):
                fresh[whole.terms[place]] = True


@kernel
def holds_any(whole, text, marked):  # type: ignore[no-untyped-def]
    """Say whether a text holds a marked term."""
    place = whole.offsets[text]
    while place < whole.offsets[text + 1] and not marked[whole.terms[place]]:
        place += 1
    return place < whole.offsets[text + 1]


@kernel
def most_met(whole, starts, texts, medoid, text, met, touched):  # type: ignore[no-untyped-def]
    """Return the text of a group that holds most of what a text says, as far as few hold it; -1 for none."""
    count = 0
    for place in range(whole.offsets[text], whole.offsets[text + 1]):
        term = whole.terms[place]
        if starts[term + 1] - starts[term] > MOST_HOLDERS:
            continue
        for at in range(starts[term], starts[term + 1]):
            other = texts[at]
            if medoid[other] >= 0:
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
def is_own(whole, starts, texts, medoid, text, member):  # type: ignore[no-untyped-def]
    """Say whether a text and a member share enough, and whether most who hold what they share are of its group."""
    needed = max(3, (ALIKE * min(whole.sizes[text], whole.sizes[member]) + 999) // 1000)
    if shared_at_least(whole, text, member, needed) < needed:
        return False
    terms = whole.terms
    i, i_end, j, j_end = whole.offsets[text], whole.offsets[text + 1], whole.offsets[member], whole.offsets[member + 1]
    own = 0
    holders = 0
    while i < i_end and j < j_end:
        if terms[i] == terms[j]:
            holders += starts[terms[i] + 1] - starts[terms[i]] - 1
            for at in range(starts[terms[i]], min(starts[terms[i] + 1], starts[terms[i]] + MOST_HOLDERS)):
                own += medoid[texts[at]] == medoid[member]
        step = terms[i] <= terms[j]
        back = terms[j] <= terms[i]
        i += step
        j += back
    return 1000 * own >= OWN * holders
