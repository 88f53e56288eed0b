"""What an exporter is: a name, a meaning, its columns in order and the function that makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

# Ids have 63 bits; programs that read numbers as doubles (spreadsheets, JavaScript) lose the last digits.
IDS = frozenset({"advert_id", "operation_id", "key_id", "template_id", "previous_ids", "advert_ids"})


class Tables(Protocol):
    """Where an exporter reads: the tables of `tables.py` by name."""

    def read(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """Return one table."""


@dataclass(frozen=True)
class Exporter:
    """One table that leaves the house. `make` returns at least `columns`; rows are sorted by `order`, a total order."""

    name: str
    meaning: str
    columns: tuple[str, ...]
    order: tuple[str, ...]
    make: Callable[[Tables], pa.Table]

    def table(self, tables: Tables) -> pa.Table:
        """Return the rows to write: these columns, in this order, whatever the order of the rows that were read."""
        made = self.make(tables)
        order = [(name, "ascending") for name in self.order]
        return made.sort_by(order).select(list(self.columns)).combine_chunks()
