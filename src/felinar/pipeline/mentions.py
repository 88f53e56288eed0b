"""The mentions of a pile, read from their files: only the columns and rows that a stage asks for come into memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

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


def _field(name: str, coded: Collection[str]) -> pa.Field:
    field = MENTIONS.schema.field(name)
    return pa.field(name, pa.dictionary(pa.int32(), field.type)) if name in coded else field
