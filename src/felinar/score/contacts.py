"""Contacts as they were read: one number under two prefixes is one, and what was seen once may be misread."""

from __future__ import annotations

import pyarrow as pa

from felinar.score.counting import Ints, Ties, code_texts, tie
from felinar.score.sorting import begins, cells_of, order_of

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
    cells = cells_of(operation[ties.advert], ties.code)
    number = cells.columns[1]
    alike = cells_of(cells.columns[0], end[number])
    order = order_of(alike.of, -cells.rows, number)
    chosen = number[order[begins(alike.of[order])]]
    merged = tie(ties.advert, chosen[alike.of[cells.of]], ties.values)
    return Ties(merged.advert, merged.code, ties.values, ties.kinds)


def repeated(ties: Ties, operation: Ints) -> Ties:
    """Return the ties whose contact stands on two adverts of its operation and more."""
    cells = cells_of(operation[ties.advert], ties.code)
    keep = cells.rows[cells.of] >= 2
    return Ties(ties.advert[keep], ties.code[keep], ties.values, ties.kinds)
