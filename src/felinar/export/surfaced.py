"""The tables without what a suppression keeps back: operations that are not surfaced, and what hangs on them alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from felinar.export.contract import Tables

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Surfaced:
    """Tables without these operations, their adverts, and the keys and templates that no other advert shows."""

    tables: Tables
    hidden: Collection[int]

    def read(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """Return one table, or some of its columns, without what is kept back."""
        whole = self.tables.read(name)
        kept = self._kept(name, whole)
        return kept.select(columns) if columns is not None else kept

    def _kept(self, name: str, table: pa.Table) -> pa.Table:
        import pyarrow as pa

        if "operation_id" in table.column_names:
            return _without(table, "operation_id", pa.array(sorted(self.hidden), pa.int64()))
        if "advert_id" in table.column_names:
            return _without(table, "advert_id", self._adverts)
        of_keys = {"keys": "key_id", "templates": "template_id"}
        return _without(table, of_keys[name], self._keys) if name in of_keys else table

    @cached_property
    def _adverts(self) -> pa.Array:
        """The adverts of the operations that are kept back."""
        import pyarrow as pa
        import pyarrow.compute as pc

        members = self.tables.read("memberships")
        mine = pc.is_in(members["operation_id"], value_set=pa.array(sorted(self.hidden), pa.int64()))
        return members["advert_id"].filter(mine).combine_chunks()

    @cached_property
    def _keys(self) -> pa.Array:
        """The keys that no advert shows but those that are kept back; a template has the id of its key."""
        import pyarrow.compute as pc

        links = self.tables.read("links")
        theirs = pc.is_in(links["advert_id"], value_set=self._adverts)
        shown = links["key_id"].filter(pc.invert(theirs)).combine_chunks()
        own = links["key_id"].filter(theirs).combine_chunks()
        return own.filter(pc.invert(pc.is_in(own, value_set=shown)))


def _without(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    import pyarrow.compute as pc

    return table.filter(pc.invert(pc.is_in(table[name], value_set=values)))
