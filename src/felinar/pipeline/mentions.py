"""The mentions of a pile, read from their files: only the columns and rows that a stage asks for come into memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
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
        return pa.concat_tables([_schema(columns, coded).empty_table(), *parts]).unify_dictionaries()

    def each(self, columns: Sequence[str], *, coded: Collection[str] = ()) -> Iterator[pa.Table]:
        """Yield these columns of the mentions file by file; all mentions of an advert stand in one of the tables."""
        for part in self.parts:
            yield self._of_part(part, columns, None, 0, coded)

    def by_kind(
        self, columns: Mapping[str, Sequence[str]], *, least_confidence: int = 0, coded: Collection[str] = ()
    ) -> dict[str, pa.Table]:
        """Return a table for each kind with these columns of its mentions that are at least so sure.

        Columns named in `coded` come dictionary-encoded; their numbers are of that kind's texts alone.
        """
        asked = list(dict.fromkeys([name for names in columns.values() for name in names] + ["confidence"]))
        found = {kind: [_schema(names, coded).empty_table()] for kind, names in columns.items()}
        for part in self.parts:
            table = self.lake.read_part(part, [*asked, "kind"], coded={*coded, "kind"}).unify_dictionaries()
            kinds, sure = _codes(table["kind"]), table["confidence"].to_numpy() >= least_confidence
            for code, kind in enumerate(table["kind"].chunk(0).dictionary.to_pylist() if len(table) else []):
                if kind in columns:
                    rows = np.flatnonzero((kinds == code) & sure)
                    taken = [_taken(table[name], rows) for name in columns[kind]]
                    found[kind].append(pa.table(taken, schema=_schema(columns[kind], coded)))
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
        return table.select(columns).cast(_schema(columns, coded))


def _taken(column: pa.ChunkedArray, rows: npt.NDArray[np.int64]) -> pa.Array:
    """Return these rows of a column; of a dictionary, only the texts that they have."""
    if not pa.types.is_dictionary(column.type) or column.null_count:
        return column.combine_chunks().take(pa.array(rows))
    codes, texts = _codes(column)[rows], column.chunk(0).dictionary
    used = np.bincount(codes, minlength=len(texts)) > 0
    number = (np.cumsum(used) - 1).astype(np.int32)
    return pa.DictionaryArray.from_arrays(number[codes], texts.filter(pa.array(used)))


def _codes(column: pa.ChunkedArray) -> npt.NDArray[np.int32]:
    """Return the numbers of a column that is dictionary-encoded in one dictionary, without null."""
    return np.concatenate([np.zeros(0, np.int32), *(chunk.indices.to_numpy() for chunk in column.chunks)])


def _schema(columns: Sequence[str], coded: Collection[str]) -> pa.Schema:
    return pa.schema([_field(name, coded) for name in columns])


def _field(name: str, coded: Collection[str]) -> pa.Field:
    field = MENTIONS.schema.field(name)
    return pa.field(name, pa.dictionary(pa.int32(), field.type)) if name in coded else field
