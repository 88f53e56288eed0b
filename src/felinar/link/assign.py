"""Texts that come after an epoch began: each joins a group of the epoch by itself, whoever else comes with it.

First the group whose medoid is most similar; else, by the rule for texts left alone, the group of the member that holds
most of what the text says; else the most similar of the texts that stood alone. All that is asked of is frozen, so the
answer never changes within the epoch, and costs what the asking texts cost, not what the pile does.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.among import numbers_among, without
from felinar.kernels.minhash import band_keys
from felinar.kernels.nearest import find_nearest
from felinar.kernels.own import find_own
from felinar.kernels.ranges import in_ranges
from felinar.kernels.shingle import Shingles
from felinar.link.candidates import Numbers
from felinar.link.frozen import Centres, Frozen
from felinar.link.grouping import LOOSE


def assign(frozen: Frozen, asking: Shingles, *, plain: bool, threads: int = 1) -> tuple[Numbers, Numbers]:
    """Return for each asking text the row of the medoid of the group that it joins, -1 for none, and the similarity."""
    found, similarity = np.zeros((2, len(asking.offsets) - 1), dtype=np.int64)
    found[:] = -1
    threads = 1 if plain else threads
    rare = without(asking, frozen.boilerplate, plain=plain)
    keys = band_keys(*asking, plain=plain)
    nearest = find_nearest.plain if plain else find_nearest
    own = find_own.plain if plain else find_own

    def ask(centres: Centres) -> None:
        numbers = numbers_among(asking.hashes, centres.terms.hashes, plain=plain)
        given = asking, rare, keys, frozen.rows, centres.bands, centres.terms, numbers, LOOSE
        in_ranges(asking.offsets, threads, lambda first, end: nearest(*given, first, end, found, similarity))

    ask(frozen.medoids)
    numbers = numbers_among(asking.hashes, frozen.members.hashes, plain=plain)
    others = asking, frozen.rows, frozen.in_groups, frozen.members, numbers
    in_ranges(asking.offsets, threads, lambda first, end: own(*others, first, end, found, similarity))
    ask(frozen.lone)
    return found, similarity
