"""The time that somebody chose on the timeline of a lead: from the first to the last of some days, both included."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from felinar.store.published_desk import Posted
from felinar.web.visit import Visit


@dataclass(frozen=True)
class Period:
    """Days as they are written (2026-03-01); an empty one means that this end is open."""

    first: str = ""
    last: str = ""

    @classmethod
    def asked(cls, visit: Visit) -> Period:
        """Return the time that the address asks for by `from` and `to`; what is no day is left open."""
        first, last = _day(visit.query.get("from", "")), _day(visit.query.get("to", ""))
        return cls(last, first) if first and last and last < first else cls(first, last)

    def __bool__(self) -> bool:
        """Return whether there is a choice at all."""
        return bool(self.first or self.last)

    def within(self, posted: Posted) -> Posted:
        """Return the adverts that were posted in this time, oldest first; without a choice all of them."""
        if not self:
            return posted
        last = self.last or "9999"
        return {advert: at for advert, at in posted.items() if at and self.first <= at[:10] <= last}

    @property
    def query(self) -> str:
        """The part of an address that keeps the choice, empty without one."""
        given = {"from": self.first, "to": self.last}
        return urlencode({name: day for name, day in given.items() if day})

    def told(self, within: Posted) -> dict[str, Any] | None:
        """Return the choice for a page, with how many adverts it holds; None without one."""
        return {"first": self.first, "last": self.last, "query": self.query, "adverts": len(within)} if self else None


def _day(text: str) -> str:
    with suppress(ValueError):
        return date.fromisoformat(text.strip()).isoformat()
    return ""
