"""Sort, look up and count small whole numbers in linear time: what numpy does by comparing, these do by counting."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

Ints = NDArray[np.int64]
SMALL = 3_000
FEW = 50  # so few numbers are sooner sorted by Python than numpy is called for them


def order_by(codes: Ints, count: int) -> Ints:
    """Return the stable order of codes from 0 to count - 1, as np.argsort would."""
    if len(codes) < SMALL:
        return np.argsort(codes, kind="stable").astype(np.int64)
    order = np.empty(len(codes), dtype=np.int64)
    counting_order(codes, starts_of(codes, count), order)
    return order


def starts_of(codes: Ints, count: int) -> Ints:
    """Return where the rows of each code begin once they are sorted, and the number of rows at the end."""
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(codes, minlength=count), out=starts[1:])
    return starts


def values_of(column: Ints) -> Ints:
    """Return the distinct values, ascending; numpy's `unique` hashes them first, twenty times slower for a million."""
    if len(column) < FEW:
        return np.array(sorted(set(column.tolist())), dtype=column.dtype)
    ordered = np.sort(column)
    new = np.ones(len(ordered), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def counted(column: Ints) -> tuple[Ints, Ints]:
    """Return the distinct values, ascending, and how often each stands there."""
    ordered = np.sort(column)
    begins = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(ordered) else ordered[:0]
    return ordered[begins], np.diff(np.append(begins, len(ordered)))


def numbered(ids: Ints) -> tuple[Ints, Ints]:
    """Return the distinct ids, which are not negative, ascending, and the place of each id among them."""
    distinct = values_of(ids)
    return distinct, places_among(distinct, ids)


def places_from(first: Ints, counts: Ints) -> Ints:
    """Return the places first[i], first[i] + 1, ... of every range i, so many of each as `counts` says, in one row."""
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))


def distinct_in_groups(starts: Ints, thing: Ints) -> Ints:
    """Return how many distinct things stand in each group; the rows of group g begin at starts[g]."""
    counts = np.zeros(len(starts) - 1, dtype=np.int64)
    last = np.full(int(thing.max(initial=0)) + 1, -1, dtype=np.int64)
    (count_distinct.plain if len(thing) < SMALL else count_distinct)(starts, thing, last, counts)
    return counts


def places_of(ids: Ints, kinds: Ints, wanted: Ints, wanted_kinds: Ints) -> Ints:
    """Return where each wanted (id, kind) stands among the distinct pairs (ids, kinds), -1 for those not there."""
    found = np.empty(len(wanted), dtype=np.int64)
    slots = np.full(1 << (2 * len(ids)).bit_length(), -1, dtype=np.int64)
    (look_up.plain if len(ids) + len(wanted) < SMALL else look_up)(ids, kinds, wanted, wanted_kinds, slots, found)
    return found


def places_among(ids: Ints, wanted: Ints) -> Ints:
    """Return where each wanted id stands among the ids, which ascend and are not negative; -1 where it is not there."""
    if len(wanted) < SMALL:
        at = np.searchsorted(ids, wanted)
        return np.where(np.append(ids, -1)[at] == wanted, at, -1)
    bits = max(1, min(20, len(ids).bit_length()))
    shift = max(0, int(ids[-1] if len(ids) else 0).bit_length() - bits)
    found = np.empty(len(wanted), dtype=np.int64)
    place_each(ids, wanted, starts_of(ids >> shift, 1 << bits), shift, found)
    return found


@kernel
def place_each(ids, wanted, starts, shift, found):  # type: ignore[no-untyped-def]
    """Write the place of each wanted id; ids are spread evenly, so their high bits say where to look."""
    for row in range(len(wanted)):
        value = wanted[row]
        bucket = value >> shift
        found[row] = -1
        if 0 <= bucket < len(starts) - 1:
            at, end = starts[bucket], starts[bucket + 1]
            while at < end:
                middle = (at + end) // 2
                if ids[middle] < value:
                    at = middle + 1
                else:
                    end = middle
            if at < starts[bucket + 1] and ids[at] == value:
                found[row] = at


@kernel
def counting_order(codes, starts, order):  # type: ignore[no-untyped-def]
    """Write the rows of code 0, then those of code 1 …, each in the order in which they stand."""
    free = starts.copy()
    for row in range(len(codes)):
        order[free[codes[row]]] = row
        free[codes[row]] += 1


@kernel
def count_distinct(starts, thing, last, counts):  # type: ignore[no-untyped-def]
    """Count the things of each group that were not last seen in this group."""
    for group in range(len(starts) - 1):
        for row in range(starts[group], starts[group + 1]):
            if last[thing[row]] != group:
                last[thing[row]] = group
                counts[group] += 1


@kernel
def look_up(ids, kinds, wanted, wanted_kinds, slots, found):  # type: ignore[no-untyped-def]
    """Fill a hash table with the rows of (ids, kinds) and find the wanted pairs in it; ids are hashes themselves."""
    mask = len(slots) - 1
    for row in range(len(ids)):
        slot = (ids[row] ^ (ids[row] >> 31) ^ kinds[row]) & mask
        while slots[slot] >= 0:
            slot = (slot + 1) & mask
        slots[slot] = row
    for row in range(len(wanted)):
        slot = (wanted[row] ^ (wanted[row] >> 31) ^ wanted_kinds[row]) & mask
        while slots[slot] >= 0 and (ids[slots[slot]] != wanted[row] or kinds[slots[slot]] != wanted_kinds[row]):
            slot = (slot + 1) & mask
        found[row] = slots[slot]
