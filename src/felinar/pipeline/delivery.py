"""The adverts of one ingest as they come in: which are new, and in which form each is kept.

Where one delivery shows an advert twice with different side columns, the row with the smallest canonical JSON is
kept, so that the result does not depend on the order of the rows. An advert that is known already stays as it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.pipeline.keep import Kept
from felinar.store.lake import Lake, Part
from felinar.store.originals import chunk_path
from felinar.tables import ADVERTS, IMAGES, SIGHTINGS, TIME, Table

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
    `again` holds the pictures of rows that repeat an advert of this delivery: most stand in `images` already.
    `written` is told of each file of adverts; one whose adverts come again in another form may be made anew later.
    """

    lake: Lake
    known: Ids
    run_id: str
    purpose: str
    written: Callable[[Part, pa.Table], None]
    rows: int = 0
    parts: list[Part] = field(default_factory=list)
    adverts: list[pa.Table] = field(default_factory=list)
    images: list[pa.Table] = field(default_factory=list)
    again: list[pa.Table] = field(default_factory=list)
    sightings: list[pa.Table] = field(default_factory=list)
    repeated: list[pa.Table] = field(default_factory=list)
    seen: list[Ids] = field(default_factory=list)
    chunks: set[str] = field(default_factory=set)

    def take(self, kept: Kept) -> None:
        """Keep the adverts of a piece that are new, of those that are repeated what may differ, and all sightings."""
        ids = kept.adverts["advert_id"].to_numpy()
        self.rows += len(ids)
        self._see(kept)
        unknown = ~_holds(self.known, ids)
        new = unknown & _first_of_each(ids)
        for block in self.seen:
            new &= ~_holds(block, ids)
        repeats = unknown & ~new
        self.adverts.append(kept.adverts if new.all() else kept.adverts.filter(pa.array(new)))
        self._flush(least=PART_ADVERTS)
        if repeats.any():
            self.repeated = [_distinct([*self.repeated, kept.adverts.filter(pa.array(repeats))])]
        self._keep_images(kept.images, ids[new], ids[repeats])
        self._remember(np.sort(ids[new]))

    def finish(self) -> dict[str, list[Part]]:
        """Write what still waits and return the new parts of each table, every advert in the form that sorts first."""
        self._flush(least=1)
        parts = {"adverts": self.parts}
        if self.repeated:
            rivals: dict[int, list[dict[str, object]]] = {}
            for row in self.repeated[0].to_pylist():
                rivals.setdefault(row["advert_id"], []).append(row)
            parts["adverts"] = [_with_smallest_sides(self.lake, part, rivals) for part in self.parts]
        sightings, images = pa.concat_tables([SIGHTINGS.empty(), *self.sightings]), self._all_images()
        with ThreadPoolExecutor(2) as both:
            written = both.map(self._written, (SIGHTINGS, IMAGES), (sightings, images))
            return {**parts, **dict(zip((SIGHTINGS.name, IMAGES.name), written, strict=True))}

    def _written(self, table: Table, rows: pa.Table) -> list[Part]:
        """Return the file that holds these rows in order, none for no rows."""
        return [self.lake.write_part(table.name, table.sort(rows))] if rows.num_rows else []

    def undo(self, originals: Path, left: Iterable[Kept]) -> None:
        """Delete the tables and originals that this delivery has written: it will not be finished.

        `left` is what was written of it and not yet taken.
        """
        chunks = self.chunks.union(sha256 for kept in left for sha256, _ in kept.chunks)
        with contextlib.suppress(OSError, FelinarError):
            self.lake.forget_unfinished()
            named = set(self.lake.read("sightings", ["raw_sha256"])["raw_sha256"].unique().to_pylist())
            for sha256 in sorted(chunks - named):
                chunk_path(originals, sha256).unlink(missing_ok=True)

    def _see(self, kept: Kept) -> None:
        """Keep the sightings of a piece; a chunk that this delivery holds twice, byte for byte, was seen once."""
        fresh = [sha256 not in self.chunks for sha256, _ in kept.chunks]
        self.chunks.update(sha256 for sha256, _ in kept.chunks)
        names, counts = [sha256 for sha256, _ in kept.chunks], [rows for _, rows in kept.chunks]
        chunk = pa.array(np.repeat(np.arange(len(counts)), counts), pa.int32())
        rows = len(chunk)
        columns = {
            "advert_id": kept.adverts["advert_id"],
            "raw_sha256": pa.array(names, pa.string()).take(chunk),
            "raw_offset": kept.offsets,
            "captured_at": pc.fill_null(kept.captured_at, pa.scalar(datetime.now(UTC), TIME)),
            "run_id": pa.repeat(self.run_id, rows),
            "purpose": pa.repeat(self.purpose, rows),
        }
        seen = pa.table(columns, schema=SIGHTINGS.schema)
        self.sightings.append(seen if all(fresh) else seen.filter(pa.array(np.repeat(fresh, counts))))

    def _keep_images(self, images: pa.Table, new: Ids, repeats: Ids) -> None:
        """Keep the pictures of new adverts, and apart from them those of adverts that come again."""
        repeats = np.unique(repeats)
        again = np.isin(images["advert_id"].to_numpy(), repeats)
        first = np.isin(images["advert_id"].to_numpy(), new) & ~again
        self.images.append(images if first.all() else images.filter(pa.array(first)))
        if again.any():
            self.again.append(images.filter(pa.array(again)))

    def _all_images(self) -> pa.Table:
        """Return the distinct pictures; only those of repeated adverts can be there twice."""
        images = pa.concat_tables([IMAGES.empty(), *self.images])
        if not self.again:
            return images
        twice = pa.concat_tables(self.again)
        may = pc.is_in(images["advert_id"], twice["advert_id"].combine_chunks().unique())
        both = pa.concat_tables([images.filter(may), twice]).group_by(IMAGES.names).aggregate([])
        return pa.concat_tables([images.filter(pc.invert(may)), both.select(IMAGES.names).cast(IMAGES.schema)])

    def _flush(self, *, least: int) -> None:
        """Write the adverts that wait, once there are enough of them for a part."""
        if sum(table.num_rows for table in self.adverts) >= least:
            adverts = ADVERTS.sort(pa.concat_tables(self.adverts))
            self.adverts = []
            self.parts.append(self.lake.write_part("adverts", adverts))
            self.written(self.parts[-1], adverts)

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
