"""All pairs of hashes within a radius, exactly: each band brings together what nearly agrees in it.

Per band the hashes are copied into the order of their values, so that what is compared stands side by side; a pair is
reported by the first band that brings it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.bands import Bands, band_of, bands, distance, seen_before
from felinar.kernels.compile import kernel
from felinar.kernels.multi_index import Hashes

# Bands that are worth a try: many narrow ones for hashes that are spread well, fewer wider ones where they crowd.
CHOICES = (16, 14, 12, 11)
# So many hashes show how a pile is spread; in comparisons, to put a hash into the order of a band costs so many, and to
# look up one value that differs in a few bits so many.
SAMPLE, ORDERING, LOOK_UP = 16_384, 100, 4
# Up to here every hash is compared with every other one.
FEW = 5_000


class Pairs(NamedTuple):
    """Rows (left, right, distance) with left < right, in their order."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    distance: NDArray[np.int64]


def near_pairs(
    hashes: Hashes, radius: int, *, count: int | None = None, threads: int = 1, plain: bool = False
) -> Pairs:
    """Return all pairs that differ in at most `radius` bits (0 to 63); equal hashes are better given once.

    `count` bands, 0: none, every pair is compared; by default what is best here.
    """
    hashes = np.ascontiguousarray(hashes, dtype=np.uint64).reshape(-1, 4)
    count = best(hashes, radius, plain=plain) if count is None else count
    if count:
        about = bands(count, radius)
        with ThreadPoolExecutor(max_workers=max(1, threads)) as pool:
            parts = list(pool.map(lambda band: _in_band(hashes, about, band, radius, plain), range(count)))
    else:
        parts = [_written(compare_all, plain, hashes, radius)]
    found = np.concatenate([np.empty((0, 3), dtype=np.int64), *parts])
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    return Pairs(found[:, 0], found[:, 1], found[:, 2])


def best(hashes: Hashes, radius: int, *, plain: bool = False) -> int:
    """Return the number of bands that costs least, by how the hashes are spread; 0 for few hashes."""
    if len(hashes) <= FEW:
        return 0
    sample = hashes[:: max(1, len(hashes) // SAMPLE)][:SAMPLE]
    run = count_candidates.plain if plain else count_candidates
    costs = {}
    for count in (min(count, radius + 1) for count in CHOICES):
        about = bands(count, radius)
        room = np.empty(1 << int(about.width.max()), dtype=np.uint16)
        compared = run(sample, *about, room) * (len(hashes) / len(sample)) ** 2 / 2
        values = np.minimum(len(hashes), 1 << about.width) * np.diff(about.masks_at)
        costs[count] = compared + ORDERING * count * len(hashes) + LOOK_UP * int(values.sum())
    return min(costs, key=lambda count: (costs[count], count))


def _in_band(hashes: Hashes, about: Bands, band: int, radius: int, plain: bool) -> NDArray[np.int64]:
    """Return the pairs that this band brings and no earlier one."""
    order = np.empty(len(hashes), dtype=np.uint32)
    starts = np.zeros((1 << int(about.width[band])) + 2, dtype=np.uint32)
    (order_by_band.plain if plain else order_by_band)(hashes, about.first[band], about.width[band], starts, order)
    return _written(pairs_in_band, plain, hashes[order], order, starts, *about, band, radius)


def _written(run: Any, plain: bool, *args: Any) -> NDArray[np.int64]:
    """Return the rows that a kernel writes; it is run again where the room did not do."""
    room = 4096
    while True:
        out = np.empty((room, 3), dtype=np.int64)
        n = (run.plain if plain else run)(*args, out)
        if n <= room:
            return out[:n]
        room = n


@kernel
def count_candidates(hashes, first, width, most, masks, masks_at, room):  # type: ignore[no-untyped-def]
    """Return how many comparisons the bands would cost, each pair counted from both sides."""
    total = np.int64(0)
    for band in range(len(first)):
        room[:] = 0
        for row in range(len(hashes)):
            room[band_of(hashes, row, first[band], width[band])] += np.uint16(1)
        for row in range(len(hashes)):
            value = band_of(hashes, row, first[band], width[band])
            for mask in range(masks_at[band], masks_at[band + 1]):
                total += np.int64(room[value ^ masks[mask]])
    return total - len(hashes) * len(first)


@kernel
def order_by_band(hashes, first, width, starts, order):  # type: ignore[no-untyped-def]
    """Write where each value of a band begins, and the hashes in the order of their values."""
    for row in range(len(hashes)):
        starts[band_of(hashes, row, first, width) + 2] += np.uint32(1)
    for value in range(2, len(starts)):
        starts[value] += starts[value - 1]
    for row in range(len(hashes)):  # after this pass `starts[value + 1]` has moved to where the next value begins
        value = band_of(hashes, row, first, width) + 1
        order[starts[value]] = row
        starts[value] += np.uint32(1)


@kernel
def pairs_in_band(sorted_hashes, order, starts, first, width, most, masks, masks_at, band, radius, out):  # type: ignore[no-untyped-def]
    """Write the pairs of one band; return how many rows would be written."""
    n = 0
    size = np.int64(1) << width[band]
    for value in range(size):
        low, high = np.int64(starts[value]), np.int64(starts[value + 1])
        if low == high:
            continue
        for mask in range(masks_at[band], masks_at[band + 1]):
            other = value ^ masks[mask]
            if other < value:
                continue
            begin, end = np.int64(starts[other]), np.int64(starts[other + 1])
            for i in range(low, high):
                for j in range(i + 1 if other == value else begin, end):
                    away = distance(sorted_hashes, i, sorted_hashes, j, radius)
                    if away > radius:
                        continue
                    if seen_before(sorted_hashes, i, sorted_hashes, j, first, width, most, band):
                        continue
                    if n < len(out):
                        a, b = np.int64(order[i]), np.int64(order[j])
                        out[n, 0], out[n, 1], out[n, 2] = min(a, b), max(a, b), away
                    n += 1
    return n


@kernel
def compare_all(hashes, radius, out):  # type: ignore[no-untyped-def]
    """Write the pairs of all hashes, every one compared with every other; return how many rows would be written."""
    n = 0
    for i in range(len(hashes)):
        for j in range(i + 1, len(hashes)):
            away = distance(hashes, i, hashes, j, radius)
            if away <= radius:
                if n < len(out):
                    out[n, 0], out[n, 1], out[n, 2] = i, j, away
                n += 1
    return n
