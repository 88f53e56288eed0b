"""Contacts as they were read: one number under two prefixes is one, and what was seen once may be misread."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from felinar.score.counting import Ints, Ties, code_texts, tie

SAME_END = 7  # digits: shorter ends are shared by strangers of one town


def one_per_number(ties: Ties, operation: Ints) -> Ties:
    """Return the ties with the numbers of one operation that end alike replaced by the commonest of them.

    A number without a prefix is read with the prefix of a guessed country: two guesses are no two numbers. `operation`
    gives the operation of each advert; among equally common numbers the first in the order of codes stands for all.
    """
    if not len(ties):
        return ties
    ends = [v[-SAME_END:] if k == "phone" else f"{k} {v}" for v, k in zip(ties.values, ties.kinds, strict=True)]
    end, _ = code_texts(pa.array(ends))
    width = len(ties.values) + 1
    cells, count = np.unique(operation[ties.advert] * width + ties.code, return_counts=True)
    group = cells // width * width + end[cells % width]
    order = np.lexsort((cells, -count, group))
    groups, first = np.unique(group[order], return_index=True)
    chosen = cells[order[first]] % width
    code = chosen[np.searchsorted(groups, operation[ties.advert] * width + end[ties.code])]
    merged = tie(ties.advert, code, ties.values)
    return Ties(merged.advert, merged.code, ties.values, ties.kinds)


def repeated(ties: Ties, operation: Ints) -> Ties:
    """Return the ties whose contact stands on two adverts of its operation and more."""
    cell = operation[ties.advert] * (len(ties.values) + 1) + ties.code
    _, at, count = np.unique(cell, return_inverse=True, return_counts=True)
    keep = count[at] >= 2
    return Ties(ties.advert[keep], ties.code[keep], ties.values, ties.kinds)
