"""Tables in slices by advert, in the order of the ids: what is published is never in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.store.lake import Lake, Part
from felinar.tables import BY_NAME

# The files of these tables hold their rows in the order of the adverts' ids.
_SORTED = ("adverts", "mentions", "sightings", "memberships")
_BATCH = 4_096


class Slices(Protocol):
    """The rows of a table, given out in the order of the adverts' ids."""

    def below(self, end: int | None) -> pa.Table:
        """Return the rows not yet given of adverts under this id (None: all that are left), sorted by advert_id."""
        ...


class Source(Protocol):
    """Where the tables come from."""

    def read(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table, or some of its columns; empty where there is none."""
        ...

    def slices(self, name: str, columns: Sequence[str]) -> Slices:
        """Return these columns (the first one is advert_id) in slices."""
        ...


class InMemory:
    """Tables that are in memory already, by name; a missing one is empty."""

    def __init__(self, tables: Mapping[str, pa.Table]):
        self._tables = tables

    def read(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table, or some of its columns."""
        table = self._tables.get(name, BY_NAME[name].empty())
        return table.select(columns) if columns is not None else table

    def slices(self, name: str, columns: Sequence[str]) -> Slices:
        """Return these columns in slices."""
        return Sorted(self.read(name, columns))


class FromLake:
    """The current tables of a workspace, read from their files as they are asked for; `only`: of these, those files."""

    def __init__(self, lake: Lake, only: Mapping[str, Sequence[Part]] | None = None):
        self._lake = lake
        self._parts = {**lake.manifest().tables, **{name: list(parts) for name, parts in (only or {}).items()}}

    def read(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table, or some of its columns."""
        schema = BY_NAME[name].schema if columns is None else BY_NAME[name].empty().select(list(columns)).schema
        return pa.concat_tables([schema.empty_table(), *self._each(name, schema)])

    def among(self, name: str, ids: pa.Array, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows whose first column is one of these ids."""
        schema = BY_NAME[name].schema if columns is None else BY_NAME[name].empty().select(list(columns)).schema
        found = (table.filter(pc.is_in(table[0], value_set=ids)) for table in self._each(name, schema))
        return pa.concat_tables([schema.empty_table(), *found])

    def _each(self, name: str, schema: pa.Schema) -> Iterator[pa.Table]:
        for part in self._parts.get(name, []):
            yield self._lake.read_part(part, schema.names).select(schema.names).cast(schema)

    def slices(self, name: str, columns: Sequence[str]) -> Slices:
        """Return these columns in slices."""
        if name not in _SORTED:
            return Sorted(self.read(name, columns))
        empty = BY_NAME[name].empty().select(columns)
        return _Merged(empty, [_Stream(self._lake, part, columns) for part in self._parts.get(name, [])])


class Sorted:
    """Slices of one table in memory."""

    def __init__(self, table: pa.Table):
        self._table = _by_advert(table)
        self._ids = self._table["advert_id"].to_numpy()
        self._given = 0

    def below(self, end: int | None) -> pa.Table:
        """Return the rows not yet given of adverts under this id, as `Slices`."""
        begin, self._given = self._given, len(self._ids) if end is None else int(np.searchsorted(self._ids, end))
        return self._table.slice(begin, self._given - begin)


class _Merged:
    """Slices of several files, each sorted by advert_id."""

    def __init__(self, empty: pa.Table, streams: list[_Stream]):
        self._empty, self._streams = empty, streams

    def below(self, end: int | None) -> pa.Table:
        parts = [part.cast(self._empty.schema) for stream in self._streams for part in stream.below(end)]
        return _by_advert(pa.concat_tables([self._empty, *parts]))


class _Stream:
    """One file, read batch by batch."""

    def __init__(self, lake: Lake, part: Part, columns: Sequence[str]):
        self._batches = lake.batches(part, columns, _BATCH)
        self._rest: pa.Table | None = None

    def below(self, end: int | None) -> Iterator[pa.Table]:
        while (batch := self._rest if self._rest is not None else next(self._batches, None)) is not None:
            ids = batch["advert_id"].to_numpy()
            cut = len(ids) if end is None else int(np.searchsorted(ids, end))
            self._rest = batch.slice(cut) if cut < len(ids) else None
            yield batch.slice(0, cut)
            if self._rest is not None:
                return


def _by_advert(table: pa.Table) -> pa.Table:
    """Return the table sorted by advert_id; rows of one advert keep their order."""
    ids = table["advert_id"].to_numpy()
    if (ids[1:] >= ids[:-1]).all():
        return table
    return table.take(pa.array(np.argsort(ids, kind="stable")))
