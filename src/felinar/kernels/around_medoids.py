"""Groups around the one that most others are alike to: no chain makes strangers one, as joined pairs would."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

Numbers = NDArray[np.int64]
_SMALL = 1_000


def around_medoids(count: int, left: Numbers, right: Numbers, *, plain: bool = False) -> Numbers:
    """Return for each of `count` things its group's medoid (itself for one), -1 where it is alike to no medoid.

    Pairs are given once. Who is alike to most becomes a medoid first, the earlier one of two; every one that is alike
    to it and not yet taken is its group. Who is left joins the earliest medoid that it is alike to, or stays alone.
    """
    one, other = np.concatenate((left, right)), np.concatenate((right, left))
    order = np.lexsort((other, one))
    degree = np.bincount(one, minlength=count)
    starts = np.concatenate(([0], np.cumsum(degree))).astype(np.int64)
    by_degree = np.lexsort((np.arange(count), -degree))
    medoid = np.full(count, -1, dtype=np.int64)
    run = take_groups.plain if plain or count < _SMALL else take_groups
    run(starts, other[order], by_degree, medoid)
    return medoid


@kernel
def take_groups(starts, others, by_degree, medoid):  # type: ignore[no-untyped-def]
    """Write the medoid of each."""
    for one in by_degree:
        if medoid[one] >= 0 or starts[one] == starts[one + 1]:
            continue
        taken = np.int64(0)
        for k in range(starts[one], starts[one + 1]):
            if medoid[others[k]] < 0:
                medoid[others[k]] = one
                taken += 1
        if taken:
            medoid[one] = one
            continue
        nearest = np.int64(-1)
        for k in range(starts[one], starts[one + 1]):
            other = others[k]
            if medoid[other] == other and (nearest < 0 or other < nearest):
                nearest = other
        medoid[one] = nearest
