"""What a look-up asks of the published rows, and its answer: what was found, how the text was read, what is logged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from felinar.audit import Contact
from felinar.search.readings import Reading
from felinar.store.published import Row


class Asked(Protocol):
    """What a look-up asks of the published rows, each as `Published` answers it."""

    def ids_by_source_id(self, source_id: str) -> list[int]:
        """Return the adverts to which their sources gave this id."""
        ...

    def keys_by_value(self, value: str, kind: str = "") -> list[Row]:
        """Return the keys with exactly this value (and kind)."""
        ...

    def weak_mentions(self, kind: str, value: str) -> list[int]:
        """Return the adverts where this was read too uncertainly to tie anything together."""
        ...

    def keys_by_id(self, key_id: int) -> list[Row]:
        """Return the keys with this id."""
        ...

    def local_phones_ending_in(self, digits: str) -> list[Row]:
        """Return the numbers that were read without a country and whose last digits are these."""
        ...

    def phones_ending_in(self, digits: str) -> list[Row]:
        """Return the numbers whose last digits are these."""
        ...

    def operation(self, operation_id: int) -> Row | None:
        """Return one operation."""
        ...

    def has_advert(self, advert_id: int) -> bool:
        """Return whether there is an advert with this id."""
        ...


@dataclass
class Answer:
    """What was found: keys (each with `matched`), advert ids, operation ids, and adverts with an uncertain reading.

    `near` holds numbers one slip of typing away, only where nothing was found.
    """

    what: str
    readings: list[Reading]
    keys: list[Row] = field(default_factory=list)
    advert_ids: list[int] = field(default_factory=list)
    operation_ids: list[int] = field(default_factory=list)
    weak_advert_ids: list[int] = field(default_factory=list)
    near: list[Row] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.keys or self.advert_ids or self.operation_ids or self.weak_advert_ids)

    @property
    def logged(self) -> dict[str, Any]:
        """What the log keeps of a search: keyed hashes of what was typed, read and found; ids of the other things.

        A key's id is a plain hash of its value, which a list of all numbers would undo; so it is a keyed hash too.
        """
        return {
            "typed": Contact(self.what.strip()),
            "read": [{"kind": r.kind, "value": Contact(r.value)} for r in self.readings if r.kind != "as written"],
            "keys": [Contact(key["value"]) for key in self.keys],
            "near": [Contact(key["value"]) for key in self.near],
            "adverts": [str(i) for i in self.advert_ids],
            "operations": [str(i) for i in self.operation_ids],
        }

    def sentence(self, pile: int) -> str:
        """Return how the text was read, and why nothing was found where nothing was."""
        ways = [r.how for r in self.readings if r.kind != "as written"] or [r.how for r in self.readings[:1]]
        if not ways:
            return "Nothing was typed."
        read = f"Read as {' or '.join(ways)}."
        if self.weak_advert_ids and not self.keys:
            number = len(self.weak_advert_ids)
            on = f"{number:,} advert{'' if number == 1 else 's'}"
            return f"{read} It ties nothing together: it was read too uncertainly on {on}."
        return f"{read} None of the {pile:,} adverts shows it." if self.empty else read

    @property
    def is_read(self) -> bool:
        """Whether the text was read as something else than a value as written."""
        return any(reading.kind != "as written" for reading in self.readings)
