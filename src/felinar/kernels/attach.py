"""Texts that stand alone although a group holds what they say: attached where their words are that group's own.

In a group whose texts are edited heavily, the shingles of one text are spread over many texts that resemble each other
little; they look like boilerplate. What tells them apart: who holds boilerplate belongs to many groups.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.likeness import shared_terms

ALIKE, OWN = 330, 200  # thousandths: of the shorter text's shingles; of the holders of what is shared
MOST_HOLDERS = 32  # a shingle that more texts hold names no member to compare with


@kernel
def attach(offsets, terms, sizes, starts, texts, alive, medoid, found, likeness):  # type: ignore[no-untyped-def]
    """Write into `found` the group (its medoid) of each text alone that most resembles a member, -1 for none.

    `likeness`: thousandths of the shorter text's shingles that the text shares with the medoid.
    """
    met = np.zeros(len(medoid), dtype=np.int32)
    touched = np.empty(len(medoid), dtype=np.int64)
    for text in range(len(medoid)):
        found[text] = -1
        if medoid[text] >= 0 or not alive[text]:
            continue
        count = 0
        for place in range(offsets[text], offsets[text + 1]):
            term = terms[place]
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
        if best >= 0 and is_own(offsets, terms, sizes, starts, texts, medoid, text, best):
            centre = medoid[best]
            found[text] = centre
            shared = shared_terms(terms, offsets[text], offsets[text + 1], offsets[centre], offsets[centre + 1], 0)
            likeness[text] = 1000 * shared // max(1, min(sizes[text], sizes[centre]))


@kernel
def is_own(offsets, terms, sizes, starts, texts, medoid, text, member):  # type: ignore[no-untyped-def]
    """Say whether a text and a member share enough, and whether most who hold what they share are of its group."""
    needed = max(3, (ALIKE * min(sizes[text], sizes[member]) + 999) // 1000)
    i, i_end, j, j_end = offsets[text], offsets[text + 1], offsets[member], offsets[member + 1]
    if shared_terms(terms, i, i_end, j, j_end, needed) < needed:
        return False
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
