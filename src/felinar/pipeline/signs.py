"""What resolving and scoring read of the adverts and their mentions: read once, while texts are compared."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from felinar.pipeline.mentions import Mentions
from felinar.resolve import operations
from felinar.score import reading
from felinar.tables import BY_NAME

_DESCRIBED = ("advert_id", "value", "display", "confidence")


@dataclass(frozen=True)
class Signs:
    """The adverts, with the length of a body instead of the body, and their mentions, a table for each kind."""

    adverts: pa.Table
    mentions: dict[str, pa.Table]

    def of(self, ids: pa.ChunkedArray) -> Signs:
        """Return those of these adverts alone."""
        wanted = ids.combine_chunks()
        return Signs(_of(self.adverts, wanted), {kind: _of(rows, wanted) for kind, rows in self.mentions.items()})

    def described(self, ids: pa.ChunkedArray) -> pa.Table:
        """Return the mentions of these adverts by which operations are described."""
        wanted = ids.combine_chunks()
        rows = {kind: _of(self.mentions[kind].select(_DESCRIBED), wanted) for kind in operations.KINDS}
        kinds = [table.append_column("kind", pa.repeat(kind, table.num_rows)) for kind, table in rows.items()]
        return pa.concat_tables(kinds)


def read_signs(mentions: Mentions) -> Signs:
    """Return them for the whole pile, of the mentions those that are sure enough."""
    columns = {
        kind: tuple(dict.fromkeys((*names, *(_DESCRIBED if kind in operations.KINDS else ()))))
        for kind, names in reading.MENTION_COLUMNS.items()
    }
    adverts = [reading.slim(mentions.lake.read_part(part, reading.ADVERT_COLUMNS)) for part in mentions.adverts]
    least = min(reading.LEAST_CONFIDENCE, operations.LEAST_CONFIDENCE)
    found = mentions.by_kind(columns, least_confidence=least, coded=(*reading.CODED, "display"))
    return Signs(pa.concat_tables([reading.slim(BY_NAME["adverts"].empty()), *adverts]), found)


def _of(rows: pa.Table, ids: pa.Array) -> pa.Table:
    return rows.filter(pc.is_in(rows["advert_id"], ids))
