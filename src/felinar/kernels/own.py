"""The group whose own words an asking text says, found as `attach.py` does for a text of the pile.

Known texts may lie in mapped files; only those that are met are read.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.attach import ALIKE, OWN
from felinar.kernels.compile import kernel
from felinar.kernels.likeness import shared_terms
from felinar.kernels.minhash import LEAST
from felinar.kernels.nearest import FEW, meet_one, most_met, span_of


@kernel
def find_own(asking, known, medoid, terms, numbers, first, end, found, likeness):  # type: ignore[no-untyped-def]
    """Write for each asking text the medoid of the group whose own words it says; none is found for it yet.

    As `attach` does for texts of the pile: the member with which it shares most rare terms must be alike, and most who
    hold what they share must be of its group. `medoid`: that of each known text, -1 where it stands for itself.
    """
    met = np.zeros(len(medoid), dtype=np.int32)
    touched = np.empty(len(medoid), dtype=np.int64)
    for text in range(first, end):
        count = 0
        for place in range(asking.offsets[text], asking.offsets[text + 1]):
            term = numbers[place]
            if term >= 0 and terms.texts[term] <= FEW:
                for at in range(terms.starts[term], terms.starts[term + 1]):
                    if medoid[terms.rows[at]] >= 0:
                        count = meet_one(terms.rows[at], met, touched, count)
        member = most_met(met, touched, count)
        for i in range(count):
            met[touched[i]] = 0
        if member >= 0 and is_own(asking, text, known, member, medoid, terms, numbers):
            centre = medoid[member]
            i, i_end, j, j_end = span_of(asking, text, known, centre)
            size = max(1, min(i_end - i, j_end - j))
            found[text] = centre
            likeness[text] = 1000 * shared_terms(asking.hashes, i, i_end, known.hashes, j, j_end, 0) // size


@kernel
def is_own(asking, text, known, member, medoid, terms, numbers):  # type: ignore[no-untyped-def]
    """Say whether a text and a member share enough, and whether most who hold what they share are of its group."""
    i, i_end, j, j_end = span_of(asking, text, known, member)
    needed = max(LEAST, (ALIKE * min(i_end - i, j_end - j) + 999) // 1000)
    if shared_terms(asking.hashes, i, i_end, known.hashes, j, j_end, needed) < needed:
        return False
    own, holders = 0, 0
    while i < i_end and j < j_end:
        mine, theirs = asking.hashes[i], known.hashes[j]
        if mine == theirs:
            term = numbers[i]
            holders += terms.texts[term] - 1
            for at in range(terms.starts[term], terms.starts[term + 1]):
                own += medoid[terms.rows[at]] == medoid[member]
        i += mine <= theirs
        j += theirs <= mine
    return 1000 * own >= OWN * holders
