"""Join adverts to operations by the bits of the distinct keys that groups share.

Round by round: for each pair of groups that share keys, add up the weights of the distinct keys, at most 16 bits; the
sum must exceed the least evidence plus three times what the bridge is diluted by, log2 of (size / adverts that show the
key) on either side; plus once that, where one side is a single advert that shows nothing else. Two single adverts that
share a rare number are joined; two large groups whose only bond is one advert each are not, nor those that share many
keys by one advert each, and a weak key alone never joins two large groups. The sum is looked at again in every round,
with the groups as they are then, until nothing moves.

Invariant: a group's name is its smallest advert code, so the result does not depend on the order of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from felinar.kernels.join_groups import SMALL, UNTOUCHED, join_in_order
from felinar.kernels.meetings import NEVER, add_up, cells_of_keys, pairs_of_keys
from felinar.kernels.sorting import order_by, starts_of

Codes = npt.NDArray[np.int64]

# Less than this says too little even for two single adverts: one account or one picture name is about 7 to 11 bits.
LEAST_MILLIBITS = 5_000
# Two large groups share some keys by chance (a misread, a recycled number); many of these are no better than one key.
MOST_MILLIBITS = 16_000
# Bits that are lost each time that the adverts that show the key become half of their group. Set by measurement, like
# the two above: docs/decisions/0003-join-by-diluted-bits.md.
DILUTION = 3
# The same for an advert that shows nothing but this key: it has no contact that could be a stranger's, and if it does
# stand in the wrong operation, that is one advert.
DILUTION_OF_A_BARE = 1
# What a join by a judgement has to spare; more than any evidence.
SPARE_OF_A_JUDGEMENT = 40_000
# For keys that touch at most so many groups every pair is compared; for others each group with the largest. Where a
# judgement may keep a group from the largest, it is compared with the one before it too: else what is kept out of one
# operation would fall into single adverts.
ALL_PAIRS = 4
# Nothing observed needs more; a bound so that no input can make it run for ever.
MOST_ROUNDS = 60


@dataclass(frozen=True)
class Joins:
    """The joins in the order in which they were made; each child gave up its name once, so they form a tree.

    `left` and `right` are adverts of the two groups that met; `size` is how many adverts stood under the child then;
    `surplus` is how many millibits the join had to spare. `of_join` and `key` list the keys behind each join.
    """

    child: Codes
    left: Codes
    right: Codes
    size: Codes
    surplus: Codes
    of_join: Codes
    key: Codes


@dataclass(frozen=True)
class _Pairs:
    """Pairs of groups that share keys; `of_pair` and `key` list the keys of each pair.

    `whole` is a key that all adverts of both groups show and that is enough alone, or NEVER.
    """

    left: Codes
    right: Codes
    shown_left: Codes
    shown_right: Codes
    millibits: Codes
    whole: Codes
    of_pair: Codes
    key: Codes


def join(
    adverts: int, advert: Codes, key: Codes, weight: Codes, *, together: Codes, apart: Codes
) -> tuple[Codes, Joins]:
    """Return the group of each advert (its smallest member) and the joins that made it.

    Rows are (advert, key, weight in millibits) by key; a key says as much as the weaker of both sides.
    `together` are pairs of advert codes; `apart` are rows of an advert code and its side (see `constraints.py`).
    """
    parent = np.arange(adverts, dtype=np.int64)
    size = np.ones(adverts, dtype=np.int64)
    starts = starts_of(key, int(key.max(initial=-1)) + 1)
    by_evidence = partial(_rounds, parent, size, advert, weight, starts, apart)
    # What people judged the same brings along the operations in which the adverts stand by themselves.
    made = [*by_evidence(), _judged_together(parent, size, together, apart)]
    made += by_evidence() if len(made[-1].child) else []
    return parent, _concatenate(made)


def _rounds(parent: Codes, size: Codes, advert: Codes, weight: Codes, starts: Codes, apart: Codes) -> list[Joins]:
    """Join what the evidence joins until nothing moves; `parent` is flat afterwards."""
    made, bare = [], np.bincount(advert, minlength=len(parent)) == 1
    for _ in range(MOST_ROUNDS):
        _flatten(parent)
        judged = np.zeros(len(parent), bool)
        judged[parent[apart[:, 0]]] = True
        pairs = _pairs(starts, parent[advert], weight, size, judged)
        made.append(_join_round(parent, size, pairs, apart, bare & (size == 1)))
        if len(made[-1].child) == 0:
            break
    _flatten(parent)
    return made


def _flatten(parent: Codes) -> None:
    while True:
        above = parent[parent]
        if np.array_equal(above, parent):
            return
        parent[:] = above


def _pairs(starts: Codes, group: Codes, weight: Codes, size: Codes, judged: npt.NDArray[np.bool_]) -> _Pairs:
    """Return the pairs of groups that share a key, with the keys that they share; `judged` groups have constraints."""
    plain = len(group) < SMALL
    cell_starts, slot = np.zeros(len(starts), np.int64), np.full(len(judged), NEVER, np.int64)
    cells = np.zeros((3, len(group)), np.int64)
    collect = cells_of_keys.plain if plain else cells_of_keys
    collect(starts, group, weight, slot, cell_starts, cells[0], cells[1], cells[2])
    cells = cells[:, : cell_starts[-1]]
    met = np.zeros((3, 0), np.int64)  # first cell, second cell, key
    find = pairs_of_keys.plain if plain else pairs_of_keys
    for _ in range(2):  # the first time they are only counted
        count = find(cell_starts, cells[0], cells[1], judged, ALL_PAIRS, met[0], met[1], met[2])
        met = np.zeros((3, count), np.int64) if not met.size else met
    pairs, of_pair = np.zeros((6, met.shape[1]), np.int64), np.zeros(met.shape[1], np.int64)
    slots = np.full(1 << (2 * met.shape[1]).bit_length(), NEVER, np.int64)
    add = add_up.plain if plain else add_up
    count = add(met, cells, size, LEAST_MILLIBITS, slots, pairs, of_pair)
    left, right, shown_left, shown_right, millibits, whole = pairs[:, :count]
    return _Pairs(left, right, shown_left, shown_right, millibits, whole, of_pair, met[2])


def _join_round(parent: Codes, size: Codes, pairs: _Pairs, apart: Codes, bare: npt.NDArray[np.bool_]) -> Joins:
    """Unite what is worth it; `bare` are the groups of one advert that shows one key alone."""
    diluted = np.floor(
        1000 * np.log2(size[pairs.left] / pairs.shown_left * size[pairs.right] / pairs.shown_right)
    ).astype(np.int64)
    said = np.minimum(pairs.millibits, MOST_MILLIBITS) - LEAST_MILLIBITS
    dilution = np.where(bare[pairs.left] | bare[pairs.right], DILUTION_OF_A_BARE, DILUTION)
    surplus = said - dilution * diluted
    worth = _strongest_first(pairs, surplus, len(parent))
    need, need_of_one = (np.exp2(said[worth] / (1000 * lost)) for lost in (DILUTION, dilution[worth]))
    joined, child = _united(
        parent, size, pairs.left[worth], pairs.right[worth], pairs.shown_left[worth], pairs.shown_right[worth],
        (need, need_of_one), pairs.whole[worth], apart,
    )  # fmt: skip
    return _joins(size, pairs, worth[joined], child[joined], surplus[worth[joined]])


def _strongest_first(pairs: _Pairs, surplus: Codes, adverts: int) -> Codes:
    """Return the pairs that have something to spare, by how much, then by the names of the groups."""
    worth = np.flatnonzero(surplus >= 0)
    by_name = worth[np.argsort(pairs.left[worth] * adverts + pairs.right[worth])]
    most = int(surplus.max(initial=0))
    return by_name[order_by(most - surplus[by_name], most + 1)]


def _joins(size: Codes, pairs: _Pairs, pair: Codes, child: Codes, surplus: Codes) -> Joins:
    number = np.full(len(pairs.left), -1, dtype=np.int64)
    number[pair] = np.arange(len(pair))
    of_join = number[pairs.of_pair]
    kept = of_join >= 0
    order = np.argsort(of_join[kept], kind="stable")
    met = pairs.left[pair], pairs.right[pair]
    return Joins(child, *met, size[child], surplus, of_join[kept][order], pairs.key[kept][order])


def _judged_together(parent: Codes, size: Codes, together: Codes, apart: Codes) -> Joins:
    """Join the groups of adverts that people judged to be the same, whatever they share; `apart` still holds."""
    left, right = _columns(together)
    one, always, none = np.ones(len(left), np.int64), np.full(len(left), np.inf), np.full(len(left), NEVER)
    joined, child = _united(parent, size, left, right, one, one, (always, always), none, apart)
    child, none = child[joined], np.zeros(0, np.int64)
    spare = np.full(len(child), SPARE_OF_A_JUDGEMENT)
    return Joins(child, left[joined], right[joined], size[child], spare, none, none)


def _united(
    parent: Codes, size: Codes, left: Codes, right: Codes, shown_left: Codes, shown_right: Codes,
    needs: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]], whole: Codes, apart: Codes,
) -> tuple[npt.NDArray[np.bool_], Codes]:  # fmt: skip
    """Unite these groups in order as far as they may; return which were, and the root that gave way for each."""
    joined, child, state = np.zeros(len(left), bool), np.zeros(len(left), np.int64), np.full(len(parent), UNTOUCHED)
    run = join_in_order.plain if len(left) < SMALL else join_in_order
    sides = _columns(apart)
    run(parent, size, left, right, shown_left, shown_right, *needs, whole, *sides, state, joined, child)
    return joined, child


def _columns(pairs: Codes) -> tuple[Codes, Codes]:
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def _concatenate(steps: list[Joins]) -> Joins:
    counts = np.cumsum([0] + [len(step.child) for step in steps])
    columns = {
        name: np.concatenate([getattr(step, name) for step in steps])
        for name in ("child", "left", "right", "size", "surplus", "key")
    }
    of_join = np.concatenate([step.of_join + before for step, before in zip(steps, counts[:-1], strict=True)])
    return Joins(of_join=of_join, **columns)
