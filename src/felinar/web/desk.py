"""What the pages of one running desk share: the workspace, the open sessions, what was counted once per generation."""

from __future__ import annotations

import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field

from felinar.access.accounts import account
from felinar.access.limits import Brake
from felinar.access.sessions import OneTimeToken, Session, Sessions
from felinar.store.published_desk import DeskReading
from felinar.store.workspace import Workspace
from felinar.web.imports.jobs import Jobs
from felinar.web.shelf import Shelf

LEADS_A_DAY = 60
_BETWEEN = 0.05  # seconds for requests between two things that are read beforehand


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
    jobs: Jobs = field(default_factory=Jobs)
    _shelves: dict[tuple[str, int], Shelf] = field(default_factory=dict)
    _counted: tuple[str, int] | None = None
    _read: tuple[str, int] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def session(self, secret: str) -> Session | None:
        """Return the open session of a cookie; one whose account was closed or changed meanwhile ends here."""
        found = self.sessions.find(secret)
        if found is None or not self.team or found.account == account(self.workspace.desk, found.name):
            return found
        self.sessions.end(secret)
        return None

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
        """Count and load what the first pages would else wait for."""
        from felinar.web.warm import leave_alone, warm

        self.count()
        warm(self.workspace)
        leave_alone()

    def stay_warm(self) -> None:
        """Do that, then look every second whether something new is published and count it; never returns."""
        self.warm()
        while True:
            self.read_large()
            time.sleep(1)
            self.count()

    def read_large(self) -> None:
        """Read the largest things of what is published now, once, in small steps."""
        from felinar.errors import FelinarError

        if self._counted == self._read:
            return
        self._read = self._counted
        with suppress(FelinarError), closing(self.reading()) as reading:
            self.shelf(reading).read_large(lambda: time.sleep(_BETWEEN))

    def count(self) -> None:
        """Count over what is published now, which is done once; nothing published yet is no error."""
        from felinar.errors import WorkspaceProblem
        from felinar.web.warm import leave_alone

        with suppress(OSError):
            if self._counted and self._counted[1] == self.workspace.published.stat().st_mtime_ns:
                return
        with suppress(WorkspaceProblem), closing(self.reading()) as reading:
            self.shelf(reading).count()
            if reading.version != self._counted:
                self._counted = reading.version
                leave_alone()
