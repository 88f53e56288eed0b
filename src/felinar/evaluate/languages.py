"""Whether the list treats the languages of a pile alike: false leads and finds by language, and the gap between."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from felinar.evaluate.partition import Bools, Floats, Labels

LEAST_ADVERTS = 50  # fewer adverts of one language say nothing about how it is treated
ROUNDS = 200
_SEED = 17


@dataclass(frozen=True)
class Slice:
    """One language: adverts not planted, their share in leads; planted ones, theirs; leads mostly in it, false ones."""

    innocent: int
    exposed_share: float
    planted: int
    found_share: float
    leads: int
    false_leads: int


@dataclass(frozen=True)
class LanguageScore:
    """Figures of all other languages less those of the main one; the gap has a 95 % interval.

    `gap` compares the share of innocent adverts that stand in leads: above 0, whoever does not write in the main
    language is exposed more often. `false_lead_gap` compares the share of false leads, `found_gap` of what was found.
    """

    main: str
    gap: float
    low: float
    high: float
    false_lead_gap: float
    found_gap: float
    slices: dict[str, Slice] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """One entry per advert: language, true operation, whether planted, place of its lead (-1: none).

    `false` has one entry per lead.
    """

    languages: list[str]
    operation: Labels
    planted: Bools
    lead: Labels
    false: Bools

    @property
    def listed(self) -> Bools:
        """Whether an advert stands in any lead."""
        return np.asarray(self.lead >= 0, dtype=np.bool_)


def score_languages(seen: Seen) -> LanguageScore | None:
    """Return how languages fare; None without languages or adverts. The interval resamples whole operations."""
    names, code = np.unique(np.array(seen.languages, dtype=np.str_), return_inverse=True)
    spoken = np.flatnonzero(names != "")
    if not len(spoken):
        return None
    use = np.asarray(code, dtype=np.int64)
    counts = np.bincount(use, minlength=len(names))
    main = int(spoken[np.argmax(counts[spoken])])
    mine, other = use == main, (use != main) & (names[use] != "")
    of_lead = _language_of_leads(seen, use, len(names))
    low, high = _interval(seen, mine, other)
    return LanguageScore(
        main=str(names[main]),
        gap=_gap(seen.listed, mine & ~seen.planted, other & ~seen.planted),
        low=low,
        high=high,
        false_lead_gap=_gap(seen.false, of_lead == main, (of_lead >= 0) & (of_lead != main)),
        found_gap=_gap(seen.listed, mine & seen.planted, other & seen.planted),
        slices={str(names[k]): _slice(seen, use == k, of_lead == k) for k in spoken if counts[k] >= LEAST_ADVERTS},
    )


def _language_of_leads(seen: Seen, use: Labels, languages: int) -> Labels:
    """Return the language in which most adverts of each lead are written, -1 for a lead without adverts."""
    listed = np.flatnonzero(seen.listed)
    cell = seen.lead[listed] * languages + use[listed]
    table = np.bincount(cell, minlength=len(seen.false) * languages).reshape(len(seen.false), languages)
    return np.where(table.sum(1) > 0, table.argmax(1), -1) if languages else np.zeros(0, dtype=np.int64)


def _slice(seen: Seen, mine: Bools, leads: Bools) -> Slice:
    innocent, planted = mine & ~seen.planted, mine & seen.planted
    return Slice(
        innocent=int(innocent.sum()),
        exposed_share=_rate(seen.listed, innocent),
        planted=int(planted.sum()),
        found_share=_rate(seen.listed, planted),
        leads=int(leads.sum()),
        false_leads=int((leads & seen.false).sum()),
    )


def _gap(marked: Bools, main: Bools, other: Bools) -> float:
    return _rate(marked, other) - _rate(marked, main)


def _rate(marked: Bools, chosen: Bools) -> float:
    return float(marked[chosen].mean()) if bool(chosen.any()) else 0.0


def _interval(seen: Seen, main: Bools, other: Bools) -> tuple[float, float]:
    """Return the middle 95 % of the gap when true operations are drawn anew; adverts of one stand or fall together."""
    innocent = ~seen.planted
    groups = int(seen.operation.max()) + 1 if len(seen.operation) else 0
    parts = [
        np.bincount(seen.operation[chosen], minlength=groups)
        for chosen in (other & innocent & seen.listed, other & innocent, main & innocent & seen.listed, main & innocent)
    ]
    table = np.stack(parts)
    table = table[:, table[1] + table[3] > 0]
    if not table.shape[1]:
        return 0.0, 0.0
    rng = np.random.default_rng(_SEED)
    gaps: list[float] = []
    for _ in range(ROUNDS):
        times = np.bincount(rng.integers(0, table.shape[1], table.shape[1]), minlength=table.shape[1])
        listed_other, others, listed_main, mains = (table @ times).tolist()
        gaps.append(listed_other / max(others, 1) - listed_main / max(mains, 1))
    spread: Floats = np.quantile(np.array(gaps), [0.025, 0.975])
    return float(spread[0]), float(spread[1])
