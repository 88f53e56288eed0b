"""What differs from world to world: base rates, and which columns a delivery holds. Drawn from the seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Habits:
    """Shares are of adverts unless said otherwise; `shares` gives each kind's."""

    evasion: float
    shares: dict[str, float]
    days: int
    tempo: float  # adverts that a coerced operation shows under one number, at an evasion of about 0.5
    named: float  # adverts that ask for somebody by name
    touring: float  # of independents
    branches: float  # of agencies with several towns
    signs: float  # how much more often coerced operations show a marker phrase: 1.0 never more often
    category: float
    place: float
    country: float
    account: float
    pictures: float
    dated: float
    hub_rate: float
    footer_rate: float


RANGES = {
    "coerced_services": (0.05, 0.12),
    "coerced_recruitment": (0.03, 0.07),
    "managed": (0.08, 0.25),
    "collective": (0.01, 0.05),
    "independent": (0.12, 0.30),
    "duo": (0.02, 0.06),
    "spam": (0.02, 0.10),
    "scam_jobs": (0.02, 0.08),
    "employer": (0.08, 0.20),
    "staffing": (0.02, 0.08),
}


def draw_habits(rng: Random, evasion: float) -> Habits:
    """Return the habits of one world."""
    return Habits(
        evasion=evasion,
        shares={kind: rng.uniform(*limits) for kind, limits in RANGES.items()},
        days=rng.randrange(150, 500),
        tempo=rng.uniform(5, 18),
        named=rng.uniform(0.2, 0.7),
        touring=rng.uniform(0.1, 0.35),
        branches=rng.uniform(0.1, 0.4),
        signs=rng.uniform(1.2, 2.5),
        category=rng.choice((0.0, 0.5, 1.0)),
        place=rng.uniform(0.6, 1.0),
        country=rng.choice((0.0, 0.5, 1.0)),
        account=rng.uniform(0.0, 0.8),
        pictures=rng.uniform(0.2, 0.8),
        dated=rng.uniform(0.85, 1.0),
        hub_rate=rng.uniform(0.004, 0.02),
        footer_rate=rng.uniform(0.0, 0.05),
    )
