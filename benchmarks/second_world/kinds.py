"""Who is behind the adverts of the second family: how many people, where, under which numbers, for how long."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from felinar.demo.numbers import Number, Pool
from second_world.habits import Habits
from second_world.words import NAMES, SPEAKS, TOWNS, WEIGHTS

MEDIAN = {  # adverts of an operation; sizes are log-normal
    "coerced_services": 14, "coerced_recruitment": 10, "managed": 12, "collective": 9, "independent": 4, "duo": 5,
    "spam": 25, "scam_jobs": 9, "employer": 4, "staffing": 16,
}  # fmt: skip
COERCED = ("coerced_services", "coerced_recruitment")
SINGLES = (("independent", 50), ("employer", 30), ("managed", 8), ("scam_jobs", 8), ("duo", 4))
STYLES = ("tour", "tour", "tour", "tour", "flat", "everywhere")


@dataclass
class Operation:
    """`style`: home stays, tour moves on together, everywhere stands in all towns at once, flat changes its people."""

    name: str
    kind: str
    size: int
    country: str
    style: str
    towns: list[str]
    people: list[str]
    numbers: list[Number]
    job_share: float
    disguise: float
    sites: list[int]
    first_day: int
    days: int
    way: str = ""
    texts: list[list[str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def coerced(self) -> bool:
        return self.kind in COERCED


def draw_size(rng: Random, kind: str, most: int) -> int:
    """Return a size of two adverts and more."""
    return max(2, min(most, round(MEDIAN[kind] * rng.lognormvariate(0, 0.8))))


def draw_operation(rng: Random, number: int, kind: str, size: int, habits: Habits, pool: Pool) -> Operation:
    """Return a new operation of this kind and size."""
    country = _country(rng, pool)
    style, towns, people = _plan(rng, kind, size, habits)
    jobs = {"coerced_services": 0.08, "coerced_recruitment": rng.choice((1.0, 1.0, 0.6)), "spam": 0.3}
    return Operation(
        name=f"w{number:06d}",
        kind=kind,
        size=size,
        country=country,
        style=style,
        towns=rng.sample(TOWNS[country].split(), min(towns, len(TOWNS[country].split()))),
        people=rng.sample(NAMES[SPEAKS[country]].split(), people),
        numbers=[pool.take(country) for _ in range(_numbers(rng, kind, size, habits))],
        job_share=jobs.get(kind, 1.0 if kind in ("scam_jobs", "employer", "staffing") else 0.0),
        disguise=_disguise(rng, kind, habits),
        sites=rng.sample(range(9), min(size, rng.randrange(2, 8) if kind == "spam" else rng.choice((1, 1, 2, 3)))),
        first_day=rng.randrange(habits.days),
        days=min(habits.days, 1 + int(size * rng.uniform(0.4, 4.0))),
        pictures=[f"p/{rng.getrandbits(40):010x}.jpg" for _ in range(1 + size // 4)],
    )


def _country(rng: Random, pool: Pool) -> str:
    drawn: str = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    return drawn if pool.left(drawn) > 40 else "ES"


def _plan(rng: Random, kind: str, size: int, habits: Habits) -> tuple[str, int, int]:
    """Return style, how many towns and how many people."""
    few = min(size, 6)
    if kind == "coerced_services":
        style = rng.choice(STYLES)
        return style, 1 if style == "flat" else rng.randrange(2, 3 + few // 2), rng.randrange(2, 3 + min(size, 6))
    if kind == "coerced_recruitment":
        return rng.choice(("tour", "everywhere")), rng.randrange(1, 3 + few // 2), rng.choice((1, 1, 2))
    if kind == "managed":
        towns = rng.randrange(2, 5) if rng.random() < habits.branches else 1
        return ("everywhere" if towns > 1 else "home"), towns, rng.randrange(2, 3 + min(size, 11))
    if kind == "collective":
        return "home", 1, rng.randrange(3, 5)
    if kind in ("independent", "duo"):
        tours = size > 2 and rng.random() < (habits.touring if kind == "independent" else habits.touring / 2)
        people = 2 if kind == "duo" or rng.random() < 0.1 else 1
        return ("tour" if tours else "home"), rng.randrange(2, 6) if tours else 1, people
    towns = {"spam": (4, 10), "scam_jobs": (1, 7), "employer": (1, 3), "staffing": (2, 7)}[kind]
    return "everywhere", rng.randrange(*towns), rng.choice((1, 1, 2))


def _numbers(rng: Random, kind: str, size: int, habits: Habits) -> int:
    if kind in COERCED:
        return 1 + int(size / (habits.tempo * rng.uniform(0.6, 1.6)) * (0.5 + habits.evasion))
    if kind in ("spam", "scam_jobs"):
        return 1 + int(size / rng.uniform(8, 40))
    if kind == "collective":
        return rng.choice((1, 2, 3))  # at the same time: each of them has a number, or all have one
    return 2 if size > 6 and rng.random() < 0.2 else 1


def _disguise(rng: Random, kind: str, habits: Habits) -> float:
    """Return the share of adverts with a disguised number: a matter of the person, hardly of the kind."""
    usual = habits.evasion * (0.9 if kind in (*COERCED, "spam") else 0.3 if kind in ("employer", "staffing") else 0.7)
    return min(1.0, usual * rng.choice((0.2, 0.6, 1.0, 1.6)))
