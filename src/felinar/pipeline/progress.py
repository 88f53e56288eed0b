"""How a long stage says where it is: a name, a total if known, and steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Advance = Callable[[int], None]


class Progress(Protocol):
    """Told by the pipeline, shown by whoever runs it."""

    def begin(self, what: str, total: int | None = None) -> Advance:
        """A stage begins; call the result with the number of units done since."""
        ...


class Silent:
    """Shows nothing."""

    def begin(self, what: str, total: int | None = None) -> Advance:
        """Return a function that does nothing."""
        return lambda done: None
