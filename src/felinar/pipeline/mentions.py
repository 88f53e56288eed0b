"""The mentions of a pile, read from their files: only the columns and rows that a stage asks for come into memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.store.lake import Lake, Part
from felinar.tables import MENTIONS


@dataclass(frozen=True)
class Mentions:
    """The files of adverts, and for each of them the file that holds its mentions, in the same order.

    Inside a file the rows stand in the order of their key; the adverts of one file are none of another's.
    """

    lake: Lake
    adverts: list[Part]
    parts: list[Part]

    def of(self, adverts: Collection[Part]) -> Mentions:
        """Return the mentions of these files of adverts alone."""
        pairs = [pair for pair in zip(self.adverts, self.parts, strict=True) if pair[0] in adverts]
        return Mentions(self.lake, [mine for mine, _ in pairs], [mentions for _, mentions in pairs])

    @property
    def rows(self) -> int:
        """How many mentions there are."""
        return sum(part.rows for part in self.parts)

    def read(
        self,
        columns: Sequence[str],
        *,
        kinds: Collection[str] | None = None,
        least_confidence: int = 0,
        coded: Collection[str] = (),
    ) -> pa.Table:
        """Return these columns of the mentions of these kinds (default: all) that are at least so sure.

        Columns named in `coded` come dictionary-encoded: a number for each text that occurs.
        """
        parts = [self._of_part(part, columns, kinds, least_confidence, coded) for part in self.parts]
        schema = pa.schema([_field(name, coded) for name in columns])
        return pa.concat_tables([schema.empty_table(), *parts]).unify_dictionaries()

    def by_kind(
        self, columns: Sequence[str], *, kinds: Collection[str], least_confidence: int = 0, coded: Collection[str] = ()
    ) -> dict[str, pa.Table]:
        """Return the same in a table for each kind; the numbers of coded columns are of that kind's texts alone."""
        schema = pa.schema([_field(name, coded) for name in columns])
        found: dict[str, list[pa.Table]] = {kind: [schema.empty_table()] for kind in kinds}
        for part in self.parts:
            asked = [*columns, "kind"]
            table = self._of_part(part, asked, kinds, least_confidence, {*coded, "kind"})
            for kind in pc.unique(table["kind"]).to_pylist():
                rows = table.filter(pc.equal(table["kind"], kind)).select(columns)
                found[kind].append(pa.table([_compact(column) for column in rows.columns], schema=schema))
        return {kind: pa.concat_tables(tables).unify_dictionaries() for kind, tables in found.items()}

    def _of_part(
        self,
        part: Part,
        columns: Sequence[str],
        kinds: Collection[str] | None,
        least_confidence: int,
        coded: Collection[str],
    ) -> pa.Table:
        asked = [*columns, *(["kind"] if kinds is not None else []), *(["confidence"] if least_confidence else [])]
        table = self.lake.read_part(part, list(dict.fromkeys(asked)), coded={*coded, "kind"})
        if kinds is not None:
            table = table.filter(pc.is_in(table["kind"], pa.array(sorted(kinds), pa.string())))
        if least_confidence:
            table = table.filter(pc.greater_equal(table["confidence"], least_confidence))
        return table.select(columns).cast(pa.schema([_field(name, coded) for name in columns]))


def _compact(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column with only those texts in its dictionary that a row has."""
    if not pa.types.is_dictionary(column.type) or column.null_count:
        return column
    whole = column.unify_dictionaries().combine_chunks()
    codes = whole.indices.to_numpy()
    used = np.bincount(codes, minlength=len(whole.dictionary)) > 0
    number = (np.cumsum(used) - 1).astype(np.int32)
    return pa.chunked_array(
        [pa.DictionaryArray.from_arrays(number[codes], whole.dictionary.filter(pa.array(used)))], column.type
    )


def _field(name: str, coded: Collection[str]) -> pa.Field:
    field = MENTIONS.schema.field(name)
    return pa.field(name, pa.dictionary(pa.int32(), field.type)) if name in coded else field
