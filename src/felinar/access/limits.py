"""A brake on guessing: after some failures the door stays shut for a while.

The desk counts in memory; the command line, which forgets everything at its end, counts what the log says.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from felinar.audit.log import events_before

MOST_REMEMBERED = 10_000
MOST, SECONDS = 5, 900
NOBODY = "nobody"  # who the log names where a sign-in failed


def logged_wait(desk: Path, name: str) -> int:
    """Return for how many seconds nothing is tried for this name, by the failures in the log; 0 where it may try."""
    now = datetime.now(UTC)
    tried = events_before(desk, None, MOST_REMEMBERED, who=NOBODY, action="refused") if desk.is_file() else []
    failures = [
        at
        for event in tried
        if json.loads(event.details).get("sign in") == name[:60]
        and (at := datetime.fromisoformat(event.at)) > now - timedelta(seconds=SECONDS)
    ]
    if len(failures) < MOST:
        return 0
    return int((failures[MOST - 1] + timedelta(seconds=SECONDS) - now).total_seconds()) + 1


class Brake:
    """At most `most` failures within `seconds` for each name; then `wait` says how long the door stays shut."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._failures: dict[str, deque[float]] = {}

    def wait(self, name: str) -> int:
        """Return for how many whole seconds nothing is tried for this name any more; 0 where it may try."""
        failures = self._recent(name)
        return int(failures[0] + self._seconds - self._clock()) + 1 if len(failures) >= self._most else 0

    def failed(self, name: str) -> None:
        """Note a failure."""
        failures = self._recent(name)
        failures.append(self._clock())
        # The name that failed moves to the end, so that the ones forgotten are those that were quiet longest.
        self._failures.pop(name, None)
        self._failures[name] = failures
        while len(self._failures) > MOST_REMEMBERED:
            del self._failures[next(iter(self._failures))]

    def succeeded(self, name: str) -> None:
        """Forget the failures of a name."""
        self._failures.pop(name, None)

    def _recent(self, name: str) -> deque[float]:
        failures, since = self._failures.get(name, deque()), self._clock() - self._seconds
        while failures and failures[0] <= since:
            failures.popleft()
        return failures
