"""The model: additive, in whole thousandths of log-odds, at most the two strongest of a family, every term shown.

| rule | why |
|---|---|
| points = weight x share // 1000 | a sign on one of ten adverts counts a tenth |
| the two strongest of a family | many words for one idea are one idea |
| what speaks against lowers, never vetoes | counter-signs can be imitated |
| a lead needs two families, one structural | single indicators are everywhere (R2) |
| a lead needs `LEAST_SCORE` points after all that speaks against | fewer leads rather than bad ones |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import orjson

from felinar.registry import Indicator
from felinar.score.contract import FULL, Found
from felinar.score.gate import INDICATOR as GATE_INDICATOR

STRONGEST_OF_A_FAMILY = 2
LEAST_FAMILIES = 2
# What speaks for an operation outweighs what speaks against it. A higher line shortens the list and finds less; the
# first hundred stay the same (docs/score.md).
LEAST_SCORE = 1
# A structural sign worth a few hundredths of a point (three sites in one week) would keep R2 in letter only.
LEAST_STRUCTURAL = 50


@dataclass(slots=True)
class Hit:
    """An indicator found on an operation, with what it is worth before the cap of its family.

    `peers` is the share of the linked operations that show the same, in thousandths, where it is told.
    """

    indicator: Indicator
    found: Found
    points: int
    peers: int | None = None
    _written: str = ""

    @property
    def evidence(self) -> str:
        """The numbers as canonical JSON, written once: the hits and the leads both tell them."""
        if not self._written:
            told = self.found.evidence if self.peers is None else {**self.found.evidence, "peers": self.peers}
            # The same text as `ids.canonical_json` gives, in a tenth of the time: there are many thousand hits.
            self._written = orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
        return self._written

    @property
    def reason(self) -> dict[str, object]:
        """The row of a lead's reasons."""
        return {"indicator": self.indicator.id, "points": self.points, "evidence": self.evidence}


@dataclass
class Terms:
    """What adds up for one operation."""

    speaks_for: list[Hit] = field(default_factory=list)
    speaks_against: list[Hit] = field(default_factory=list)
    gate: bool = False

    @property
    def score(self) -> int:
        """The sum of the points."""
        return sum([hit.points for hit in self.speaks_for]) + sum([hit.points for hit in self.speaks_against])

    @cached_property
    def is_lead(self) -> bool:
        """Whether two families speak for it, one by an indicator that needs linked adverts (R2), and enough remains."""
        structural = sum([hit.points for hit in self.speaks_for if hit.indicator.structural])
        if structural < LEAST_STRUCTURAL or self.score < LEAST_SCORE:
            return False
        return len({hit.indicator.family for hit in self.speaks_for}) >= LEAST_FAMILIES


def points(weight: int, share: int) -> int:
    """Return what a share of a weight is worth, rounded towards zero on both sides."""
    size = abs(weight) * share // FULL
    return size if weight >= 0 else -size


def hits_of(indicator: Indicator, found: Iterable[Found]) -> list[Hit]:
    """Return the hits of one indicator; one that may not be scored has 0 points whatever was found."""
    return [Hit(indicator, f, points(indicator.weight, f.share)) for f in found]


def add_up(hits: Iterable[Hit]) -> Terms:
    """Return the terms of one operation: strongest first, the cap of the families applied to what speaks for it."""
    terms = Terms()
    taken: dict[str, int] = {}
    for hit in sorted(hits, key=lambda h: (-abs(h.points), h.indicator.id)):
        terms.gate |= hit.indicator.id == GATE_INDICATOR
        if hit.points < 0:
            terms.speaks_against.append(hit)
        elif hit.points > 0 and taken.get(hit.indicator.family, 0) < STRONGEST_OF_A_FAMILY:
            taken[hit.indicator.family] = taken.get(hit.indicator.family, 0) + 1
            terms.speaks_for.append(hit)
    return terms


def by_operation(hits: Sequence[Hit]) -> Mapping[int, list[Hit]]:
    """Return the hits of each operation that can be listed, operations in order: without the gate and without anything
    structural that speaks for it none is a lead.
    """
    can = {hit.found.operation for hit in hits if hit.indicator.id == GATE_INDICATOR or _is_structural(hit)}
    groups: dict[int, list[Hit]] = {operation: [] for operation in sorted(can)}
    for hit in hits:
        if hit.found.operation in can:
            groups[hit.found.operation].append(hit)
    return groups


def _is_structural(hit: Hit) -> bool:
    return hit.indicator.structural and hit.points > 0
