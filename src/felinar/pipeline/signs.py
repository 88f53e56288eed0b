"""What resolving and scoring read of the adverts and their mentions: read once, while texts are compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from felinar.kernels.sorting import places_among
from felinar.pipeline.mentions import Mentions
from felinar.resolve import operations
from felinar.score import reading
from felinar.tables import BY_NAME

Ints = npt.NDArray[np.int64]
_DESCRIBED = ("advert_id", "value", "display", "confidence")


@dataclass(frozen=True)
class Signs:
    """The adverts, with the length of a body instead of the body, and their mentions, a table for each kind."""

    adverts: pa.Table
    mentions: dict[str, pa.Table]

    def of(self, ids: Ints) -> Signs:
        """Return those of these adverts alone; the ids ascend."""
        return Signs(_of(self.adverts, ids), {kind: _of(rows, ids) for kind, rows in self.mentions.items()})

    def described(self) -> pa.Table:
        """Return the mentions by which operations are described."""
        rows = {kind: self.mentions[kind].select(_DESCRIBED) for kind in operations.KINDS}
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


def _of(rows: pa.Table, ids: Ints) -> pa.Table:
    return rows.filter(pa.array(places_among(ids, rows["advert_id"].to_numpy()) >= 0))
