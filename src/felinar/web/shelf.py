"""What is counted over all leads, once for each generation of what is published, so that no page counts it again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from felinar.store.published import Row
from felinar.store.published_desk import DeskReading, Spread
from felinar.store.workspace import Workspace

if TYPE_CHECKING:
    from felinar.score.base_rates import BaseRate

FACETS = ("site", "country", "language", "category")
MOST_DRAWN = 2
MOST_KEYS = 500
LARGE_LEAD, LARGE_KEY, MOST_LARGE = 2_000, 1_000, 40  # adverts, adverts, and how many of each are read beforehand
MOST_KEPT = 200  # drawings of leads, counts of giants: some tens of KB each
T = TypeVar("T")


class Shelf:
    """What is counted over all leads, once for each generation of what is published."""

    def __init__(self, reading: DeskReading) -> None:
        self.leads: list[Row] = reading.leads()
        self.by_operation: dict[int, Row] = {lead["operation_id"]: lead for lead in self.leads}
        self._open = reading.reopened
        self._epoch = int(reading.facts["epoch"])
        self._lock, self._keeping = threading.Lock(), threading.Lock()
        self._hidden: tuple[tuple[str, tuple[int, ...]], frozenset[int]] | None = None
        self._facets: dict[int, dict[str, set[str]]] | None = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def gated(self, operation_id: int | None) -> bool:
        """Return whether an operation stands behind the gate."""
        lead = self.by_operation.get(operation_id or 0)
        return bool(lead and lead["gate"])

    def leads_first(self, operations: list[Row]) -> list[Row]:
        """Return operations with the leads among them first, in the order of reading; the others as they came."""
        last = len(self.leads) + 1
        return sorted(operations, key=lambda row: self.by_operation.get(row["operation_id"] or 0, {}).get("rank", last))

    def neighbours(self, operation_id: int) -> tuple[int | None, int | None]:
        """Return the lead before and the lead after this one in the order of reading."""
        lead = self.by_operation.get(operation_id)
        if lead is None:
            return None, None
        place = lead["rank"] - 1
        before = self.leads[place - 1]["operation_id"] if place > 0 else None
        after = self.leads[place + 1]["operation_id"] if place + 1 < len(self.leads) else None
        return before, after

    def most_shown_keys(self, reading: DeskReading, operation_id: int) -> list[Row]:
        """Return the keys on most adverts of a giant operation, which are counted once."""
        return self.kept(("keys", operation_id), lambda: reading.most_shown_keys(operation_id, MOST_KEYS))

    def spread(self, reading: DeskReading, key: Row) -> Spread:
        """Return who shows a key, when and where; that of a giant is read once."""
        number = key["key_no"]
        if key["adverts"] < LARGE_KEY:
            return reading.spread(number)
        return self.kept(("spread", number), lambda: reading.spread(number))

    def read_large(self, pause: Callable[[], object]) -> None:
        """Read what takes longest before somebody asks for it; after each thing `pause` lets others at the processor.

        These are the keys of giant leads and who shows the largest hubs.
        """
        with closing(self._open()) as reading:
            for lead in [lead for lead in self.leads if lead["adverts"] > LARGE_LEAD][:MOST_LARGE]:
                self.most_shown_keys(reading, lead["operation_id"])
                pause()
            for key in [key for key in self.hubs if key["adverts"] >= LARGE_KEY][:MOST_LARGE]:
                self.spread(reading, key)
                pause()

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under this name from the same generation, else make it; nobody may change it.

        Some hundred things are kept, those that were asked for last.
        """
        with self._keeping:
            if name in self._kept:
                self._kept.move_to_end(name)
                return cast(T, self._kept[name])
        made = make()
        with self._keeping:
            self._kept[name] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def count(self) -> None:
        """Count everything now, what the first page shows first."""
        _ = self.drawn_by_lot, self.facets, self.hubs, self.rates

    @property
    def counted(self) -> bool:
        """Whether the facets are there already; a first page does not wait for them."""
        return self._facets is not None

    @property
    def facets(self) -> dict[int, dict[str, set[str]]]:
        """The sites, countries, languages and categories of each lead."""
        with self._lock:
            if self._facets is None:
                with closing(self._open()) as reading:
                    self._facets = _by_lead(reading.facets())
            return self._facets

    def hidden(self, workspace: Workspace, reading: DeskReading) -> frozenset[int]:
        """Return the operations that suppressions keep from surfacing; counted anew when one came or went."""
        from felinar.store.suppressions import suppressions
        from felinar.watch.check import today
        from felinar.watch.suppress import hidden_operations

        state = (today(), tuple(one.suppression_id for one in suppressions(workspace.desk)))
        if self._hidden is None or self._hidden[0] != state:
            self._hidden = (state, hidden_operations(workspace, reading, today()))
        return self._hidden[1]

    @cached_property
    def hubs(self) -> list[Row]:
        """The keys that were refused as links, those on most adverts first."""
        with closing(self._open()) as reading:
            return reading.hubs()

    @cached_property
    def drawn_by_lot(self) -> list[int]:
        """A few operations that are no leads: without them nobody learns what the list leaves out."""
        from felinar.score.explore import exploration_sample

        return exploration_sample(self.linked, self.by_operation, epoch=self._epoch, wanted=MOST_DRAWN)

    @cached_property
    def rates(self) -> dict[str, BaseRate]:
        """How common each sign is, by indicator."""
        from felinar.score.base_rates import base_rates

        with closing(self._open()) as reading:
            found = base_rates(reading.signs(), [operation for operation, _ in self.linked], self.by_operation)
        return {rate.indicator: rate for rate in found}

    @cached_property
    def linked(self) -> list[tuple[int, int]]:
        """(id, adverts) of every operation of two adverts and more."""
        with closing(self._open()) as reading:
            return reading.linked_operations()


def _by_lead(rows: list[Row]) -> dict[int, dict[str, set[str]]]:
    found: dict[int, dict[str, set[str]]] = {}
    for row in rows:
        of = found.setdefault(row["operation_id"], {})
        for name in FACETS:
            if row[name]:
                of.setdefault(name, set()).add(row[name])
    return found
