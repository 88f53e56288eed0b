"""How common each sign is among the leads and among all linked operations: the table that stands beside the ranks.

Light to import: it counts rows that were read, and needs no table and no stage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from felinar.score.explain import registry
from felinar.score.words import percent

FULL = 1000


@dataclass(frozen=True)
class BaseRate:
    """One indicator: operations and leads that show it, each with its share of all of them in thousandths."""

    indicator: str
    title: str
    grade: str
    weight: int
    operations: int
    operations_share: int
    leads: int
    leads_share: int

    @property
    def line(self) -> str:
        """The row as a line for people."""
        return f"{percent(self.leads_share):>10} of leads {percent(self.operations_share):>10} of all  {self.title}"


def base_rates(hits: Iterable[tuple[int, str]], linked: Collection[int], leads: Collection[int]) -> list[BaseRate]:
    """Return the rates of every indicator that was found, the commonest among the leads first.

    `hits` gives (operation, indicator); `linked` are the operations of two adverts and more, `leads` those listed.
    """
    peers, listed = frozenset(linked), frozenset(leads)
    counts: dict[str, list[int]] = {}
    for operation, indicator in hits:
        count = counts.setdefault(indicator, [0, 0])
        count[0] += operation in peers
        count[1] += operation in listed
    rates = [
        BaseRate(
            known.id, known.title, known.grade, known.weight,
            shown, shown * FULL // max(len(peers), 1), of_leads, of_leads * FULL // max(len(listed), 1),
        )
        for indicator, (shown, of_leads) in counts.items()
        if (known := registry().get(indicator)) is not None
    ]  # fmt: skip
    return sorted(rates, key=lambda rate: (-rate.leads_share, -rate.operations_share, rate.indicator))
