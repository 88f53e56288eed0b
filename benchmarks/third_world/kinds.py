"""Who is behind the adverts of the third family. Every rate is an assumption of its author."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What operations of a kind have in common; ranges are (least, most).

    `way` is how they use their towns: one stays in one, rounds sends each person on from town to town, season moves all
    at once, chain has a number for each town, anywhere draws a town for each advert.
    """

    name: str
    truth: str
    coerced: bool
    share: float
    tail: float
    job_share: float
    people: tuple[int, int]
    towns: tuple[int, int]
    adverts_per_number: int
    disguise: float
    way: str


KINDS = (
    Kind("crew", "coerced_services", True, 0.030, 1.6, 0.10, (3, 7), (2, 5), 9, 0.7, "rounds"),
    Kind("ganger", "coerced_recruitment", True, 0.025, 1.7, 1.0, (1, 2), (2, 5), 12, 0.5, "season"),
    Kind("chain", "managed", False, 0.060, 1.1, 0.03, (4, 12), (2, 5), 0, 0.3, "chain"),
    Kind("parlour", "managed", False, 0.080, 1.4, 0.05, (2, 6), (1, 1), 0, 0.4, "one"),
    Kind("freelancer", "independent", False, 0.120, 2.4, 0.0, (1, 1), (1, 1), 0, 0.7, "one"),
    Kind("traveller", "independent", False, 0.030, 2.0, 0.0, (1, 1), (2, 5), 0, 0.7, "season"),
    Kind("pair", "duo", False, 0.030, 2.2, 0.0, (2, 2), (1, 2), 0, 0.6, "season"),
    Kind("reseller", "spam", False, 0.040, 0.8, 0.2, (0, 1), (5, 11), 30, 0.6, "anywhere"),
    Kind("mill", "scam_jobs", False, 0.050, 1.0, 1.0, (0, 1), (3, 9), 15, 0.4, "anywhere"),
    Kind("farm", "employer", False, 0.040, 1.4, 1.0, (1, 2), (1, 3), 0, 0.2, "season"),
    Kind("shop", "employer", False, 0.090, 1.9, 1.0, (1, 1), (1, 1), 0, 0.2, "one"),
    Kind("temping", "staffing", False, 0.050, 1.0, 1.0, (1, 3), (2, 6), 0, 0.2, "anywhere"),
)
LEAST = {"reseller": 6, "mill": 4, "crew": 3, "ganger": 3, "temping": 5, "chain": 6}
# How many of 100 single adverts are of each kind.
SINGLES = (("freelancer", 48), ("shop", 40), ("parlour", 6), ("mill", 6))
# Marks of `felinar.demo`'s sentences and how many texts show each; planted ones show some more often, some less.
MARKS = {
    "service": {"trust": 0.2, "team": 0.1, "always": 0.2, "rotating": 0.03, "alone": 0.2, "movement": 0.15},
    "job": {"experience": 0.3, "housing": 0.3, "travel": 0.1, "documents": 0.05, "fee": 0.02, "deductions": 0.03,
            "urgent": 0.3, "high_pay": 0.1, "cash": 0.1, "vague": 0.1, "language": 0.15, "regular": 0.3},
}  # fmt: skip
MORE, LESS = 1.6, ("alone", "movement", "regular")
