"""Join adverts to operations by the bits of the distinct keys that groups share.

Round by round: for each pair of groups that share keys, add up the weights of the distinct keys; the sum must exceed
the least evidence plus what the bridge is diluted by, log2 of (size / adverts that show the key) on either side. Two
single adverts that share a rare number are joined; two large groups whose only bond is one advert each are not, and
a weak key alone never joins two large groups. The sum is looked at again in every round, with the groups as they
are then, until nothing moves.

Invariant: a group's name is its smallest advert code, so the result does not depend on the order of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from felinar.kernels.join_groups import SMALL, join_in_order
from felinar.kernels.meetings import NEVER, add_up, cells_of_keys, pairs_of_keys
from felinar.kernels.sorting import order_by, starts_of

Codes = npt.NDArray[np.int64]

# Less than this says too little even for two single adverts: one account or one picture name is about 7 to 11 bits.
LEAST_MILLIBITS = 5_000
# Beyond so many bits of surplus dilution is no matter any more; keeps 2 ** bits within an integer.
MOST_SURPLUS_BITS = 40
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
    """Pairs of groups that share keys; `of_pair` and `key` list the keys of each pair."""

    left: Codes
    right: Codes
    shown_left: Codes
    shown_right: Codes
    millibits: Codes
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
    made = [_judged_together(parent, size, together, apart)]
    starts = starts_of(key, int(key.max(initial=-1)) + 1)
    for _ in range(MOST_ROUNDS):
        _flatten(parent)
        judged = np.zeros(adverts, bool)
        judged[parent[apart[:, 0]]] = True
        pairs = _pairs(starts, parent[advert], weight, judged, plain=len(key) < SMALL)
        step = _join_round(parent, size, pairs, apart)
        if len(step.child) == 0:
            break
        made.append(step)
    _flatten(parent)
    return parent, _concatenate(made)


def _flatten(parent: Codes) -> None:
    while True:
        above = parent[parent]
        if np.array_equal(above, parent):
            return
        parent[:] = above


def _pairs(starts: Codes, group: Codes, weight: Codes, judged: npt.NDArray[np.bool_], plain: bool) -> _Pairs:
    """Return the pairs of groups that share a key, with the keys that they share; `judged` groups have constraints."""
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
    pairs, of_pair = np.zeros((5, met.shape[1]), np.int64), np.zeros(met.shape[1], np.int64)
    slots = np.full(1 << (2 * met.shape[1]).bit_length(), NEVER, np.int64)
    count = (add_up.plain if plain else add_up)(met, cells, slots, pairs, of_pair)
    left, right, shown_left, shown_right, millibits = pairs[:, :count]
    return _Pairs(left, right, shown_left, shown_right, millibits, of_pair, met[2])


def _join_round(parent: Codes, size: Codes, pairs: _Pairs, apart: Codes) -> Joins:
    diluted = np.floor(
        1000 * np.log2(size[pairs.left] / pairs.shown_left * size[pairs.right] / pairs.shown_right)
    ).astype(np.int64)
    surplus = pairs.millibits - LEAST_MILLIBITS - diluted
    worth = _strongest_first(pairs, surplus, len(parent))
    allowed = np.minimum((pairs.millibits - LEAST_MILLIBITS)[worth] // 1000, MOST_SURPLUS_BITS)
    need = np.int64(1) << np.maximum(allowed, 0)
    joined, child = np.zeros(len(worth), bool), np.zeros(len(worth), np.int64)
    run = join_in_order.plain if len(worth) < SMALL else join_in_order
    run(
        parent, size, pairs.left[worth], pairs.right[worth], pairs.shown_left[worth], pairs.shown_right[worth],
        need, *_columns(apart), joined, child,
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
    """Join what people judged to be the same, before any evidence is weighed; `apart` still holds."""
    count = len(together)
    joined, child = np.zeros(count, bool), np.zeros(count, np.int64)
    one, many = np.ones(count, np.int64), np.full(count, np.iinfo(np.int64).max, np.int64)
    run = join_in_order.plain if count < SMALL else join_in_order
    run(parent, size, *_columns(together), one, one, many, *_columns(apart), joined, child)
    child, met = child[joined], together[joined]
    none = np.zeros(0, np.int64)
    spare = np.full(len(child), MOST_SURPLUS_BITS * 1000)
    return Joins(child, met[:, 0], met[:, 1], size[child], spare, none, none)


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
