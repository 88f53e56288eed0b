"""Pairs of two kinds of small whole numbers, sorted and without what comes twice, in linear time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.sorting import SMALL, starts_of

Ints = NDArray[np.int64]


class Pairs(NamedTuple):
    """Distinct pairs by left, then right, each with the first row in which it stood."""

    left: Ints
    right: Ints
    row: NDArray[np.int32]


def distinct_pairs(left: Ints, right: Ints, lefts: int, rights: int) -> Pairs:
    """Return the distinct pairs (left[i], right[i]); their numbers are from 0 to lefts - 1, to rights - 1."""
    plain = len(left) < SMALL
    by_right, row = np.empty(len(left), np.int32), np.empty(len(left), np.int32)
    starts, free = starts_of(left, lefts), starts_of(right, rights)
    (deal.plain if plain else deal)(right, free.astype(np.int32), by_right)
    second, ends = np.empty(len(left), np.int64), starts[:-1].copy()
    (deal_distinct.plain if plain else deal_distinct)(left, right, by_right, starts, ends, second, row)
    kept = ends - starts[:-1]
    first = np.repeat(np.arange(lefts), kept)
    if len(first) == len(left):
        return Pairs(first, second, row)
    here = np.arange(len(left)) < np.repeat(ends, np.diff(starts))
    return Pairs(first, second[here], row[here])


@kernel
def deal(codes, free, rows):  # type: ignore[no-untyped-def]
    """Write the rows of code 0, then those of code 1 …, each in the order in which they stand; `free` moves on."""
    for row in range(len(codes)):
        rows[free[codes[row]]] = row
        free[codes[row]] += 1


@kernel
def deal_distinct(left, right, rows, starts, ends, second, first_row):  # type: ignore[no-untyped-def]
    """Write the pairs of these rows, which stand by right, to the end of those of their left, but none twice."""
    for row in rows:
        at = ends[left[row]]
        if at == starts[left[row]] or second[at - 1] != right[row]:
            second[at], first_row[at] = right[row], row
            ends[left[row]] += 1
