"""Texts that come after an epoch began: each joins a group of the epoch by itself, whoever else comes with it.

First the group whose medoid is most similar; else, by the rule for texts left alone, the group of the member that holds
most of what the text says; else the most similar of the texts that stood alone. All that is asked of is frozen, so the
answer never changes within the epoch, and costs what the asking texts cost, not what the pile does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.among import numbers_among, without
from felinar.kernels.compile import Kernel
from felinar.kernels.minhash import band_keys
from felinar.kernels.nearest import find_nearest
from felinar.kernels.own import find_own
from felinar.kernels.ranges import in_ranges
from felinar.kernels.shingle import Shingles, of_rows
from felinar.link.candidates import Numbers
from felinar.link.frozen import Centres, Frozen
from felinar.link.grouping import LOOSE


class Asking(NamedTuple):
    """Texts that ask: their shingles, those of these that are not boilerplate, and their band keys."""

    shingles: Shingles
    rare: Shingles
    keys: NDArray[np.uint32]

    def some(self, rows: Numbers, *, plain: bool) -> Asking:
        """Return these texts."""
        shingles, rare = (of_rows(some, rows, plain=plain) for some in (self.shingles, self.rare))
        return Asking(shingles, rare, self.keys[rows])


def assign(frozen: Frozen, asking: Shingles, *, plain: bool, threads: int = 1) -> tuple[Numbers, Numbers]:
    """Return for each asking text the row of the medoid of the group that it joins, -1 for none, and the similarity."""
    found, similarity = nothing_found(asking)
    every = Asking(asking, without(asking, frozen.boilerplate, plain=plain), band_keys(*asking, plain=plain))
    rows = by_first_shingle(asking)
    for look in (_near(frozen.medoids), _own, _near(frozen.lone)):
        found[rows], similarity[rows] = look(frozen, every.some(rows, plain=plain), plain, 1 if plain else threads)
        rows = rows[found[rows] < 0]
    return found, similarity


def nothing_found(texts: Shingles) -> tuple[Numbers, Numbers]:
    """Return for each text no medoid, and no similarity."""
    count = len(texts.offsets) - 1
    return np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64)


def by_first_shingle(texts: Shingles) -> Numbers:
    """Return the rows of the texts in the order of their smallest shingles: like texts ask for the same one by one."""
    order: Numbers = np.argsort(np.append(texts.hashes, 0)[texts.offsets[:-1]], kind="stable")
    return order


def _near(centres: Centres) -> Callable[[Frozen, Asking, bool, int], tuple[Numbers, Numbers]]:
    """Return what finds the most similar of these texts."""

    def near(frozen: Frozen, asking: Asking, plain: bool, threads: int) -> tuple[Numbers, Numbers]:
        numbers = numbers_among(asking.shingles.hashes, centres.terms.hashes, plain=plain)
        return _found(
            find_nearest,
            asking.shingles,
            plain,
            threads,
            (asking.shingles, asking.rare, asking.keys, frozen.rows, centres.bands, centres.terms, numbers, LOOSE),
        )

    return near


def _own(frozen: Frozen, asking: Asking, plain: bool, threads: int) -> tuple[Numbers, Numbers]:
    """Return the groups whose own words the texts say."""
    numbers = numbers_among(asking.shingles.hashes, frozen.members.hashes, plain=plain)
    given = asking.shingles, frozen.rows, frozen.in_groups, frozen.members, numbers
    return _found(find_own, asking.shingles, plain, threads, given)


def _found(
    kernel: Kernel[..., None], texts: Shingles, plain: bool, threads: int, given: tuple[Any, ...]
) -> tuple[Numbers, Numbers]:
    """Return what a kernel finds for the texts, in ranges of them."""
    found, similarity = nothing_found(texts)
    run = kernel.plain if plain else kernel
    in_ranges(texts.offsets, threads, lambda first, end: run(*given, first, end, found, similarity))
    return found, similarity
