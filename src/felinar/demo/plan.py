"""How many operations of each kind a world holds, and how large they are. Every rate here is an assumption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

BIGGEST_SHARE = 0.014


@dataclass(frozen=True)
class Kind:
    """What operations of one kind have in common. Ranges are (least, most); `adverts_per_number` 0: one number only."""

    name: str
    coerced: bool
    share: float
    smallest: int
    tail: float
    jobs: float
    names: tuple[int, int]
    cities: tuple[int, int]
    sites: tuple[int, int]
    adverts_per_number: int
    templates: tuple[int, int]
    disguise: float
    silent: float


KINDS = {
    kind.name: kind
    for kind in (
        Kind("coerced_services", True, 0.10, 4, 1.15, 0.06, (3, 9), (3, 8), (1, 4), 7, (1, 4), 1.25, 0.16),
        Kind("coerced_recruitment", True, 0.05, 4, 1.25, 0.85, (1, 3), (2, 7), (1, 4), 9, (1, 3), 1.0, 0.16),
        Kind("managed", False, 0.12, 4, 1.2, 0.05, (2, 8), (1, 1), (1, 3), 0, (1, 4), 0.75, 0.08),
        Kind("independent", False, 0.14, 2, 2.0, 0.0, (1, 1), (1, 1), (1, 2), 0, (1, 2), 1.05, 0.12),
        Kind("duo", False, 0.04, 2, 1.8, 0.0, (2, 2), (1, 2), (1, 2), 0, (1, 2), 1.05, 0.1),
        Kind("spam", False, 0.06, 8, 0.9, 0.3, (1, 2), (6, 12), (4, 10), 18, (1, 1), 1.0, 0.1),
        Kind("scam_jobs", False, 0.05, 4, 1.1, 1.0, (1, 2), (3, 10), (2, 6), 12, (1, 2), 0.8, 0.25),
        Kind("employer", False, 0.14, 2, 1.3, 1.0, (1, 2), (1, 3), (1, 3), 0, (1, 3), 0.35, 0.12),
    )
}
SINGLES = (("independent", 0.56), ("employer", 0.34), ("managed", 0.05), ("scam_jobs", 0.03), ("duo", 0.02))


def plan_operations(rng: Random, adverts: int) -> Iterator[tuple[Kind, int]]:
    """Yield (kind, number of adverts) of every operation; the numbers add up to `adverts` exactly."""
    planned = 0
    most = max(4, int(adverts * BIGGEST_SHARE))
    for size, name in ((most, "managed"), (max(2, int(most * 0.6)), "coerced_services")):
        if adverts >= 100:  # both stand behind a single number: many adverts do not make a hub
            planned += size
            yield KINDS[name], -size
    for kind in KINDS.values():
        budget = int(adverts * kind.share)
        while budget >= kind.smallest and planned < adverts:
            size = int(kind.smallest * (1.0 - rng.random()) ** (-1.0 / kind.tail))
            size = min(size, max(most, kind.smallest), budget, adverts - planned)
            budget -= size
            planned += size
            yield kind, size
    for _ in range(adverts - planned):
        yield KINDS[_single(rng.random())], 1


def _single(draw: float) -> str:
    for name, share in SINGLES:
        draw -= share
        if draw < 0:
            return name
    return SINGLES[0][0]
