"""What the pages of one running desk share: the workspace, the open sessions, what was counted once per generation."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property

from felinar.access.limits import Brake
from felinar.access.sessions import OneTimeToken, Sessions
from felinar.store.published import Row
from felinar.store.published_desk import DeskReading
from felinar.store.workspace import Workspace

LEADS_A_DAY = 60


class Shelf:
    """What is counted over all leads, once for each generation of what is published."""

    def __init__(self, reading: DeskReading) -> None:
        self.leads: list[Row] = reading.lead_rows()
        self.by_operation: dict[int, Row] = {lead["operation_id"]: lead for lead in self.leads}
        self._path_of = reading.reopened
        self._lock = threading.Lock()

    def gated(self, operation_id: int | None) -> bool:
        """Return whether an operation stands behind the gate."""
        lead = self.by_operation.get(operation_id or 0)
        return bool(lead and lead["gate"])

    def neighbours(self, operation_id: int) -> tuple[int | None, int | None]:
        """Return the lead before and the lead after this one in the order of reading."""
        lead = self.by_operation.get(operation_id)
        if lead is None:
            return None, None
        place = lead["rank"] - 1
        before = self.leads[place - 1]["operation_id"] if place > 0 else None
        after = self.leads[place + 1]["operation_id"] if place + 1 < len(self.leads) else None
        return before, after

    @cached_property
    def facets(self) -> dict[int, dict[str, set[str]]]:
        """The sites, countries, languages and categories of each lead; counting them takes seconds on a large pile."""
        with self._lock, closing(self._path_of()) as reading:
            found: dict[int, dict[str, set[str]]] = {}
            for row in reading.facets():
                of = found.setdefault(row["operation_id"], {})
                for name in ("site", "country", "language", "category"):
                    if row[name]:
                        of.setdefault(name, set()).add(row[name])
            return found

    @cached_property
    def hubs(self) -> list[Row]:
        """The keys that were refused as links, those on most adverts first."""
        with closing(self._path_of()) as reading:
            return reading.hubs()

    @cached_property
    def linked(self) -> list[tuple[int, int]]:
        """(id, adverts) of every operation of two adverts and more."""
        with closing(self._path_of()) as reading:
            return reading.linked_operations()


@dataclass
class Desk:
    """One running desk. `team` asks for accounts; without it the one-time token opens the only session."""

    workspace: Workspace
    team: bool = False
    secure: bool = False
    cookie: str = "felinar"
    leads_a_day: int = LEADS_A_DAY
    sessions: Sessions = field(default_factory=Sessions)
    token: OneTimeToken = field(default_factory=OneTimeToken)
    brake: Brake = field(default_factory=Brake)
    used_codes: set[tuple[str, str]] = field(default_factory=set)
    _shelves: dict[tuple[str, int], Shelf] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reading(self) -> DeskReading:
        """Return a reader of what is published now; whoever asks closes it."""
        return DeskReading.at(self.workspace.published)

    def shelf(self, reading: DeskReading) -> Shelf:
        """Return what was counted for this generation; the one before is forgotten."""
        with self._lock:
            if reading.version not in self._shelves:
                shelf = Shelf(reading)
                self._shelves.clear()
                self._shelves[reading.version] = shelf
            return self._shelves[reading.version]

    def warm(self) -> None:
        """Count what the first page would else wait for; nothing published yet is no error."""
        from felinar.errors import WorkspaceProblem

        try:
            with closing(self.reading()) as reading:
                shelf = self.shelf(reading)
            _ = shelf.facets, shelf.hubs, shelf.linked
        except WorkspaceProblem:
            return
