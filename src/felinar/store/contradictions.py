"""Which judgements cannot hold together: no chain of "same" may lead from one side of a "different" to the other.

A judgement on operations speaks of the adverts that they held then, so judgements on adverts and on operations are
weighed against each other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Protocol, TypeVar

Node = str


class Judged(Protocol):
    """The part of a judgement that others can contradict."""

    @property
    def scope(self) -> str:
        """Scope: advert, key or operation."""

    @property
    def left(self) -> str:
        """The id or the key's kind on the left."""

    @property
    def right(self) -> str:
        """The id or the key's value on the right."""

    @property
    def verdict(self) -> str:
        """Verdict: same, different, unsure, hub or not a hub."""

    @property
    def adverts(self) -> str:
        """JSON of the adverts that it was given for."""


J = TypeVar("J", bound=Judged)


def clash(held: Sequence[J], new: Judged) -> J | None:
    """Return a judgement held before that the new one contradicts, the newest one that can be named, or None."""
    if new.scope == "key":
        return next((j for j in reversed(held) if _opposite_of_key(j, new)), None)
    if new.verdict == "different":
        return _tie_between(held, new)
    return _kept_apart(held, new) if new.verdict == "same" else None


def _opposite_of_key(old: Judged, new: Judged) -> bool:
    same_key = (old.scope, old.left, old.right) == ("key", new.left, new.right)
    return same_key and {old.verdict, new.verdict} == {"hub", "not a hub"}


def _tie_between(held: Sequence[J], new: Judged) -> J | None:
    """Return the newest "same" of the chain that ties the two sides, or None where nothing ties them."""
    same = [j for j in held if j.verdict == "same"]
    left, right = sides(new)
    reached = _reached(left, same)
    if not reached & right:
        return None
    return next((j for j in reversed(same) if not reached.isdisjoint(chain(*sides(j)))), None)


def _kept_apart(held: Sequence[J], new: Judged) -> J | None:
    """Return the newest "different" whose two sides would be tied by the new "same", or None."""
    same: list[Judged] = [j for j in held if j.verdict == "same"]
    together = _reached(set(chain(*sides(new))), [*same, new])
    for j in reversed(held):
        if j.verdict == "different" and all(not together.isdisjoint(side) for side in sides(j)):
            return j
    return None


def sides(judgement: Judged) -> tuple[set[Node], set[Node]]:
    """Return the adverts on either side; an operation of which no adverts were kept stands for itself."""
    if judgement.scope == "advert":
        return {judgement.left}, {judgement.right}
    adverts = json.loads(judgement.adverts or "{}")
    left, right = (set(map(str, adverts.get(side, []))) for side in ("left", "right"))
    return left or {f"operation:{judgement.left}"}, right or {f"operation:{judgement.right}"}


def _reached(start: Iterable[Node], same: Sequence[Judged]) -> set[Node]:
    """Return everything that chains of "same" tie to the start, with the start."""
    beside: dict[Node, set[Node]] = defaultdict(set)
    for judgement in same:
        for one, other in pairwise(sorted(set(chain(*sides(judgement))))):
            beside[one].add(other)
            beside[other].add(one)
    reached = set(start)
    waiting = list(reached)
    while waiting:
        new = beside[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached
