"""Who is behind the adverts of the fourth family. Every rate is an assumption of its author."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What operations of a kind have in common; ranges are (least, most), sizes are log-normal around `median`.

    `way` is how they use towns: one (stays), tour (one after the other), circuit (the same round again), branches (all
    at once), anywhere (a town drawn for each advert). `lines` is whom a number belongs to: everybody at a time,
    a town, a person, or anybody (drawn). After `per_number` adverts a number is given up; 0 means that it is kept.
    `moving` is the part of the people who are there at a time; `handle` and `mail` are shares of operations with one.
    """

    name: str
    truth: str
    share: float
    median: float
    way: str
    people: tuple[int, int]
    towns: tuple[int, int]
    lines: str = "time"
    per_number: int = 0
    jobs: float = 0.0
    disguise: float = 0.5
    handle: float = 0.1
    mail: float = 0.1
    moving: float = 1.0

    @property
    def coerced(self) -> bool:
        return self.truth.startswith("coerced")

    @property
    def mass(self) -> bool:
        """Return whether it posts by the hundred and changes its texts to get past filters."""
        return self.truth in ("spam", "scam_jobs")


KINDS = (
    Kind("circuit", "coerced_services", 0.028, 8, "circuit", (3, 8), (3, 6), "time", 7, 0.08, 0.8, 0.3),
    Kind("house", "coerced_services", 0.020, 9, "one", (3, 9), (1, 1), "time", 14, 0.10, 0.7, 0.2, 0.1, 0.35),
    Kind("cells", "coerced_services", 0.014, 12, "branches", (2, 6), (2, 5), "town", 9, 0.05, 0.7, 0.5),
    Kind("carrier", "coerced_recruitment", 0.022, 7, "anywhere", (1, 2), (2, 6), "time", 10, 1.0, 0.5, 0.4, 0.2),
    Kind("broker", "coerced_recruitment", 0.010, 10, "circuit", (2, 5), (2, 4), "time", 12, 0.6, 0.6, 0.4),
    Kind("agency", "managed", 0.060, 12, "branches", (4, 14), (2, 5), "town", 0, 0.04, 0.3, 0.2, 0.6),
    Kind("parlour", "managed", 0.070, 6, "one", (2, 6), (1, 1), "time", 0, 0.06, 0.4, 0.2, 0.3),
    Kind("flat", "collective", 0.020, 7, "one", (3, 4), (1, 1), "person", 0, 0.0, 0.6, 0.1),
    Kind("solo", "independent", 0.110, 3, "one", (1, 1), (1, 1), "time", 0, 0.0, 0.7, 0.2, 0.2),
    Kind("tourer", "independent", 0.040, 5, "tour", (1, 1), (2, 6), "time", 0, 0.0, 0.7, 0.3, 0.2),
    Kind("pair", "duo", 0.030, 4, "tour", (2, 2), (1, 3), "time", 0, 0.0, 0.6, 0.2, 0.1),
    Kind("flooder", "spam", 0.050, 40, "anywhere", (0, 2), (5, 12), "any", 35, 0.2, 0.6, 0.4, 0.3),
    Kind("faker", "scam_jobs", 0.040, 8, "anywhere", (0, 1), (2, 8), "time", 9, 1.0, 0.4, 0.6, 0.5),
    Kind("firm", "employer", 0.070, 4, "one", (1, 2), (1, 2), "time", 0, 1.0, 0.1, 0.05, 0.5),
    Kind("shops", "employer", 0.030, 12, "branches", (1, 4), (2, 6), "town", 0, 1.0, 0.1, 0.0, 0.7),
    Kind("temping", "staffing", 0.050, 14, "branches", (2, 5), (2, 6), "person", 0, 1.0, 0.2, 0.1, 0.6),
)
# How many of 100 single adverts are of each kind.
SINGLES = {"solo": 44, "firm": 40, "parlour": 6, "faker": 5, "pair": 3, "temping": 2}
# How many texts in ten thousand show a sign; those of coerced operations `MORE` times as often, a few signs less often.
SIGNS = {
    "service": {"trust": 1800, "team": 1100, "always": 1700, "alone": 2000, "screening": 1700, "movement": 1500,
                "rotating": 300},
    "job": {"fee": 300, "documents": 700, "housing": 2600, "travel": 1000, "deductions": 300, "urgent": 2400,
            "no_experience": 3000, "high_pay": 900, "chat": 1000, "vague": 1000, "regular": 3200},
}  # fmt: skip
MORE, LESS = 1.7, ("alone", "movement", "regular")
