"""When the contacts of an operation were in use, and which of them came when the one before was given up."""

from __future__ import annotations

import numpy as np

from felinar.score.counting import Bools, Ints
from felinar.score.sorting import order_of

OVERLAP_DAYS = 3  # adverts with the old contact may stand for a while; longer, and both are in use at once


def times(group: Ints, day: Ints, groups: int) -> tuple[Ints, Ints]:
    """Return the first and the last day of each group."""
    first, last = np.full(groups, 1 << 40, dtype=np.int64), np.full(groups, -1, dtype=np.int64)
    np.minimum.at(first, group, day)
    np.maximum.at(last, group, day)
    return first, last


def replacing(operation: Ints, first: Ints, last: Ints) -> Bools:
    """Return which contacts came when all earlier ones of their operation were given up, by first and last days."""
    order = order_of(operation, first, last)
    mine = operation[order]
    after = first[order[1:]] >= _latest(last[order], mine)[:-1] - OVERLAP_DAYS
    replaced = np.zeros(len(first), dtype=np.bool_)
    replaced[order[1:]] = (mine[1:] == mine[:-1]) & after
    return replaced


def _latest(last: Ints, operation: Ints) -> Ints:
    """Return the latest day so far within each operation; rows come operation by operation."""
    step = int(last.max(initial=0)) + 1
    return np.maximum.accumulate(last + operation * step) - operation * step
