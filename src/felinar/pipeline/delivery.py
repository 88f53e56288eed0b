"""The adverts of one ingest as they come in: which are new, and in which form each is kept.

Where one delivery shows an advert twice with different side columns, the row with the smallest canonical JSON is
kept, so that the result does not depend on the order of the rows. An advert that is known already stays as it is.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.sources import Batch
from felinar.store.lake import Lake, Part
from felinar.store.originals import chunk_path
from felinar.tables import ADVERTS

Ids = npt.NDArray[np.int64]

# Adverts per Parquet file: large enough for speed, small enough to be extracted and kept one by one.
PART_ADVERTS = 50_000
# Not part of the advert's id: two rows of one advert may differ here. (`body_parts` follows from the column names.)
SIDE_COLUMNS = [
    "advert_id", "account", "place_text", "latitude", "longitude", "country_hint", "language", "category",
    "price_text", "extra",
]  # fmt: skip


@dataclass
class Delivery:
    """The rows of one ingest so far; full parts are on disk already, though no reader sees them yet.

    `known` are the ids that the workspace had before, sorted; `seen` those of this delivery, in sorted blocks.
    """

    lake: Lake
    known: Ids
    parts: list[Part] = field(default_factory=list)
    adverts: list[pa.Table] = field(default_factory=list)
    images: list[pa.Table] = field(default_factory=list)
    sightings: list[pa.Table] = field(default_factory=list)
    repeated: list[pa.Table] = field(default_factory=list)
    seen: list[Ids] = field(default_factory=list)
    chunks: list[str] = field(default_factory=list)

    def take(self, batch: Batch) -> None:
        """Keep the adverts of a batch that are new, and of those that are repeated what may differ."""
        ids = batch.adverts["advert_id"].to_numpy()
        unknown = ~_holds(self.known, ids)
        new = unknown & _first_of_each(ids)
        for block in self.seen:
            new &= ~_holds(block, ids)
        self.adverts.append(batch.adverts.filter(pa.array(new)))
        self._flush(least=PART_ADVERTS)
        if (unknown & ~new).any():
            self.repeated = [_distinct([*self.repeated, batch.adverts.filter(pa.array(unknown & ~new))])]
        self.images.append(batch.images.filter(pc.is_in(batch.images["advert_id"], pa.array(ids[unknown]))))
        self._remember(np.sort(ids[new]))

    def finish(self) -> list[Part]:
        """Write what still waits and return all parts, every advert in the form that sorts first."""
        self._flush(least=1)
        if not self.repeated:
            return self.parts
        rivals: dict[int, list[dict[str, object]]] = {}
        for row in self.repeated[0].to_pylist():
            rivals.setdefault(row["advert_id"], []).append(row)
        return [_with_smallest_sides(self.lake, part, rivals) for part in self.parts]

    def undo(self, originals: Path) -> None:
        """Delete the tables and originals that this delivery has written: it will not be finished."""
        with contextlib.suppress(OSError, FelinarError):
            self.lake.forget_unfinished()
            named = set(self.lake.read("sightings", ["raw_sha256"])["raw_sha256"].unique().to_pylist())
            for sha256 in self.chunks:
                if sha256 not in named:
                    chunk_path(originals, sha256).unlink(missing_ok=True)

    def _flush(self, *, least: int) -> None:
        """Write the adverts that wait, once there are enough of them for a part."""
        if sum(table.num_rows for table in self.adverts) >= least:
            self.parts.append(self.lake.write_part("adverts", ADVERTS.sort(pa.concat_tables(self.adverts))))
            self.adverts = []

    def _remember(self, ids: Ids) -> None:
        """Keep the ids in a few sorted blocks of growing size, so that a look-up stays cheap."""
        while self.seen and len(self.seen[-1]) <= 2 * len(ids):
            ids = np.sort(np.concatenate([self.seen.pop(), ids]))
        if len(ids):
            self.seen.append(ids)


def _holds(block: Ids, ids: Ids) -> npt.NDArray[np.bool_]:
    """Return which ids stand in the sorted block; np.isin would sort the whole workspace for every batch."""
    if not len(block):
        return np.zeros(len(ids), dtype=np.bool_)
    at = np.minimum(np.searchsorted(block, ids), len(block) - 1)
    return np.asarray(block[at] == ids, dtype=np.bool_)


def _first_of_each(ids: Ids) -> npt.NDArray[np.bool_]:
    first = np.zeros(len(ids), dtype=np.bool_)
    first[np.unique(ids, return_index=True)[1]] = True
    return first


def _distinct(tables: list[pa.Table]) -> pa.Table:
    """Return the distinct rows of side columns; what the id is made from need not be kept twice."""
    sides = pa.concat_tables([table.select(SIDE_COLUMNS) for table in tables])
    return sides.group_by(SIDE_COLUMNS).aggregate([])


def _with_smallest_sides(lake: Lake, part: Part, rivals: dict[int, list[dict[str, object]]]) -> Part:
    """Return the part, made anew where an advert was repeated with side columns that sort before its own."""
    adverts = lake.read_part(part)
    again = pc.is_in(adverts["advert_id"], pa.array(sorted(rivals), pa.int64()))
    rows = adverts.filter(again).to_pylist()
    chosen = [min([row, *({**row, **side} for side in rivals[row["advert_id"]])], key=_form) for row in rows]
    if chosen == rows:
        return part
    kept = pa.Table.from_pylist(chosen, schema=adverts.schema)
    merged = pa.concat_tables([adverts.filter(pc.invert(again)), kept])
    return lake.write_part("adverts", ADVERTS.sort(merged))


def _form(row: dict[str, object]) -> str:
    return canonical_json({name: str(value) for name, value in row.items()})
