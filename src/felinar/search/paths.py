"""Find the shortest path of keys between two things: breadth first over advert–key links, hubs left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


class Links(Protocol):
    """What the walk needs of the published links; pairs come in order, so that one path comes out of several."""

    def joining_keys(self, advert_ids: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Return pairs (advert, key)."""

    def showing_adverts(self, key_nos: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Return pairs (key, advert)."""


@dataclass(frozen=True)
class Step:
    """Two adverts and the key that both show."""

    advert_id: int
    key_no: int
    next_advert_id: int


def shortest_path(links: Links, starts: Iterable[int], ends: Iterable[int]) -> list[Step] | None:
    """Return the steps from any of the starts to any of the ends; [] when they share an advert, None without a path."""
    goal, begin = set(ends), set(starts)
    if begin & goal:
        return []
    came_from: dict[int, Step | None] = dict.fromkeys(sorted(begin))
    seen_keys: dict[int, int] = {}
    frontier = sorted(begin)
    while frontier:
        new_keys = _first_reached(links.joining_keys(frontier), seen_keys)
        frontier = []
        for key_no, advert_id in links.showing_adverts(new_keys):
            if advert_id not in came_from:
                came_from[advert_id] = Step(seen_keys[key_no], key_no, advert_id)
                frontier.append(advert_id)
        reached = sorted(goal.intersection(frontier))
        if reached:
            return _walk_back(came_from, reached[0])
    return None


def _first_reached(pairs: Iterable[tuple[int, int]], seen: dict[int, int]) -> list[int]:
    """Note for each new key the advert that led to it, and return the new keys in order."""
    new = []
    for advert_id, key_no in pairs:
        if key_no not in seen:
            seen[key_no] = advert_id
            new.append(key_no)
    return sorted(new)


def _walk_back(came_from: dict[int, Step | None], end: int) -> list[Step]:
    steps: list[Step] = []
    step = came_from[end]
    while step is not None:
        steps.append(step)
        step = came_from[step.advert_id]
    return steps[::-1]
