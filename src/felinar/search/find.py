"""Find the one thing that an id or a value names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from felinar.audit import Contact
from felinar.errors import FelinarError
from felinar.search.answer import Answer
from felinar.search.look_up import by_id, look_up
from felinar.store.published import Published, Row

THINGS = ("operation", "advert", "key")


@dataclass(frozen=True)
class Thing:
    """An operation, an advert or a key, with its row."""

    kind: str
    row: Row

    @property
    def thing_id(self) -> int:
        """Return its id."""
        return int(self.row[f"{self.kind}_id"])

    @property
    def logged(self) -> Any:
        """What the log keeps of it: its id; of a key the keyed hash of its value, as a search is kept."""
        return {"key": Contact(self.row["value"])} if self.kind == "key" else f"{self.kind}:{self.thing_id}"

    def advert_ids(self, published: Published) -> list[int]:
        """Return the adverts that it stands for."""
        if self.kind == "advert":
            return [self.thing_id]
        if self.kind == "key":
            return published.adverts_of_key(self.row["key_no"])
        return [row["advert_id"] for row in published.adverts_of_operation(self.thing_id)]


def find(published: Published, what: str) -> Thing:
    """Return what is meant by an operation id, advert id, source id, key id or key value, in this order.

    A prefix decides where one number names several things: advert:123, operation:123, key:123. An error says how
    the text was read when nothing is there, or lists the choices when several are.
    """
    kind, _, rest = what.partition(":")
    wanted, text = (kind, rest) if kind in THINGS and rest else ("", what)
    answer = by_id(published, text)
    answer = look_up(published, text) if answer.empty else answer
    things = [thing for thing in _things(published, answer) if not wanted or thing.kind == wanted]
    if not things:
        raise FelinarError(f"Nothing is known as '{what}'. {answer.sentence(int(published.facts['adverts']))}")
    same_kind = [thing for thing in things if thing.kind == things[0].kind]
    if len(same_kind) > 1:
        choices = ", ".join(f"{t.kind}:{t.thing_id}" for t in same_kind[:10])
        raise FelinarError(f"'{what}' names {len(same_kind)} things: {choices}. Show one of them by its id.")
    return things[0]


def _things(published: Published, answer: Answer) -> list[Thing]:
    operations = (published.operation(i) for i in answer.operation_ids)
    adverts = published.adverts(answer.advert_ids)
    exact = [key for key in answer.keys if key["matched"] == "exact"] or answer.keys
    found = [Thing("operation", row) for row in operations if row]
    return found + [Thing("advert", row) for row in adverts] + [Thing("key", row) for row in exact]
