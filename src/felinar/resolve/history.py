"""What became of operations from one run to the next: which adverts went from which to which, and what did it.

| what happened                                   | entry at              | cause                                   |
|-------------------------------------------------|-----------------------|-----------------------------------------|
| an operation is now part of another             | the other: merged     | the keys, or the judgement, of the join |
| some of its adverts stand in another one now    | the other: taken over | likewise                                |
| some of its adverts are an operation by now     | the new one: split    | why they no longer hold together        |
| an operation lost adverts                       | itself: lost          | likewise                                |

Invariant: entries are only added; a run that changes nothing adds none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from felinar.ids import canonical_json
from felinar.kernels.sorting import places_from, values_of
from felinar.resolve.constraints import Judged, members
from felinar.resolve.join import Codes, Joins

MOST_KEYS = 3
# So many entries are kept, the newest; and so many adverts of a part are looked at to say why it split off.
MOST_ENTRIES, MOST_ADVERTS = 50, 500

Cause = dict[str, Any]
Move = tuple[int, int]  # operation before, operation now
GONE: Cause = {"gone": True}


@dataclass(frozen=True)
class Pile:
    """What the causes are read from: per advert its id, its operation now and before (-1: none), the joins, the links
    by advert (those of hubs weigh 0) and what the keys are called.
    """

    advert_ids: Codes
    operation: Codes
    before: Codes
    joins: Joins
    link_starts: Codes
    link_key: Codes
    link_weight: Codes
    kinds: pa.Array
    values: pa.Array
    judgements: Sequence[Judged]

    @cached_property
    def today(self) -> frozenset[int]:
        """The operations that there are now."""
        return frozenset(values_of(self.operation).tolist())

    @cached_property
    def yesterday(self) -> frozenset[int]:
        """The operations that there were before."""
        return frozenset(values_of(self.before).tolist())

    @cached_property
    def _by_operation(self) -> tuple[Codes, Codes]:
        """The adverts in the order of their operations, and these operations."""
        order = np.argsort(self.operation, kind="stable")
        return order, self.operation[order]

    def standing(self, before: int, now: int) -> Codes:
        """Return the adverts that stood in one operation and stand in the other."""
        order, operations = self._by_operation
        first, last = np.searchsorted(operations, [now, now + 1])
        adverts: Codes = order[first:last]
        there: Codes = adverts[self.before[adverts] == before]
        return there


def histories(pile: Pile, kept: dict[int, str]) -> dict[int, str]:
    """Return the history of each operation that has one; `kept` are those of the run before."""
    moved = _moved(pile)
    causes = _causes_of_joins(pile, moved) if moved else {}
    new: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for move, adverts in sorted(moved.items()):
        for operation, entry in _entries(pile, move, adverts, causes.get(move, GONE)):
            new[operation].append(entry)
    told = {operation: history for operation, history in kept.items() if operation in pile.today}
    for operation, entries in new.items():
        so_far = json.loads(told.get(operation, "[]"))
        told[operation] = canonical_json([*so_far, *entries][-MOST_ENTRIES:])
    return told


def _moved(pile: Pile) -> dict[Move, Codes]:
    """Return the adverts that went from one operation to another, by both."""
    rows = np.flatnonzero((pile.before >= 0) & (pile.before != pile.operation))
    rows = rows[np.lexsort((rows, pile.operation[rows], pile.before[rows]))]
    old, now = pile.before[rows], pile.operation[rows]
    begins = np.flatnonzero((old[1:] != old[:-1]) | (now[1:] != now[:-1])) + 1
    parts = np.split(rows, begins) if len(rows) else []
    return {(int(pile.before[part[0]]), int(pile.operation[part[0]])): part for part in parts}


def _entries(pile: Pile, move: Move, adverts: Codes, joined: Cause) -> Iterable[tuple[int, dict[str, Any]]]:
    """Yield the entries that a move leaves: the operation at which it is told, and what is told there."""
    old, now = move
    old_stays, now_is_new = old in pile.today, now not in pile.yesterday
    if "judgement" in joined:
        same = (j for j in pile.judgements if j.verdict == "same")
        joined = _first_judgement(pile, same, adverts, pile.standing(now, now)) or GONE
    cause = _why_apart(pile, adverts, pile.standing(old, old)) if now_is_new or old_stays else joined
    kind = "split" if now_is_new else "taken over" if old_stays else "merged"
    at_new = joined if kind == "taken over" else cause
    yield now, {"kind": kind, "operation": str(old), "adverts": len(adverts), "cause": at_new}
    if old_stays:
        yield old, {"kind": "lost", "operation": str(now), "adverts": len(adverts), "cause": cause}


def _causes_of_joins(pile: Pile, moved: Iterable[Move]) -> dict[Move, Cause]:
    """Return by which keys, or that by a judgement, the adverts of a move first met those of their operation now.

    The joins of the operations concerned are gone through in their order, with the operations before that each side
    held by then.
    """
    wanted = sorted({now for _, now in moved})
    inside = np.flatnonzero(np.isin(pile.operation[pile.joins.left], wanted))
    starts = np.searchsorted(pile.joins.of_join, np.arange(len(pile.joins.left) + 1))
    left, right = pile.joins.left[inside], pile.joins.right[inside]
    adverts, ends = np.unique(np.concatenate([left, right]), return_inverse=True)
    single = {old: frozenset((old,)) for old in values_of(pile.before[adverts]).tolist()}
    held = [single[old] for old in pile.before[adverts].tolist()]
    above = list(range(len(adverts)))
    causes: dict[Move, Cause] = {}
    columns = inside, ends[: len(left)], ends[len(left) :], pile.operation[left]
    for join, one, other, now in zip(*(column.tolist() for column in columns), strict=True):
        one, other = _root(above, one), _root(above, other)
        mine, theirs = held[one], held[other]
        above[other] = one
        if mine is theirs:
            continue
        if (now in mine) != (now in theirs):
            cause = _cause_of_join(pile, join, starts)
            for old in (theirs if now in mine else mine) - {-1}:
                causes.setdefault((old, now), cause)
        held[one] = mine if theirs <= mine else mine | theirs
    return causes


def _root(above: list[int], advert: int) -> int:
    while above[advert] != advert:
        above[advert] = advert = above[above[advert]]
    return advert


def _cause_of_join(pile: Pile, join: int, starts: Codes) -> Cause:
    """Return the keys behind a join; which judgement is behind one without keys is found out later."""
    keys = sorted(set(pile.joins.key[starts[join] : starts[join + 1]].tolist()))
    return {"keys": _named(pile, keys)} if keys else {"judgement": None}


def _why_apart(pile: Pile, part: Codes, rest: Codes) -> Cause:
    """Return why adverts of one operation before no longer hold together: a judgement, hubs, ties too thin or gone."""
    different = (j for j in pile.judgements if j.verdict == "different")
    judged = _first_judgement(pile, different, part, rest)
    if judged:
        return judged
    mine, theirs = (_keys_of(pile, adverts[:MOST_ADVERTS]) for adverts in (part, rest))
    shared = sorted(mine.keys() & theirs.keys())
    hubs = [key for key in shared if not mine[key]]
    if hubs:
        return {"hubs": _named(pile, hubs)}
    return {"thin": _named(pile, shared)} if shared else GONE


def _first_judgement(pile: Pile, judgements: Iterable[Judged], part: Codes, rest: Codes) -> Cause | None:
    """Return the oldest of these judgements whose two sides stand on the two sides, or None."""
    ours: list[set[int]] = []
    for judgement in judgements:
        ours = ours or [set(pile.advert_ids[side].tolist()) for side in (part, rest)]
        sides = [set(side) for side in members(judgement)]
        if any(sides[0] & one and sides[1] & other for one, other in (ours, ours[::-1])):
            return {"judgement": judgement.judgement_id}
    return None


def _keys_of(pile: Pile, adverts: Codes) -> dict[int, bool]:
    """Return the keys that these adverts show, and whether each weighs anything."""
    first = pile.link_starts[adverts]
    counts = pile.link_starts[adverts + 1] - first
    at = places_from(first, counts)
    return dict(zip(pile.link_key[at].tolist(), (pile.link_weight[at] > 0).tolist(), strict=True))


def _named(pile: Pile, keys: list[int]) -> list[list[str]]:
    return [[pile.kinds[key].as_py(), pile.values[key].as_py()] for key in keys[:MOST_KEYS]]
