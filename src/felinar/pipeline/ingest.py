"""Bring adverts in: originals kept byte for byte, one row per advert, one row per sighting.

Where one delivery shows an advert twice with different side columns, the row with the smallest canonical JSON is
kept, so that the result does not depend on the order of the rows. An advert that is known already stays as it is.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.errors import FelinarError, UnreadableInput
from felinar.ids import canonical_json
from felinar.pipeline.progress import Progress, Silent
from felinar.sources import Batch, Mapping, OpenOrder, Reject, date_order, read
from felinar.store.lake import Lake, Part
from felinar.store.originals import chunk_path, write_chunk
from felinar.store.workspace import Workspace
from felinar.tables import ADVERTS, IMAGES, SIGHTINGS

# Adverts per Parquet file: large enough for speed, small enough to be extracted and kept one by one.
PART_ADVERTS = 50_000
REJECTS = "rejects.jsonl"
# Not part of the advert's id: two rows of one advert may differ here. (`body_parts` follows from the column names.)
SIDE_COLUMNS = [
    "advert_id", "account", "place_text", "latitude", "longitude", "country_hint", "language", "category",
    "price_text", "extra",
]  # fmt: skip


@dataclass
class Ingested:
    """What one ingest did. `known` are rows whose advert the workspace had already."""

    run_id: str = ""
    rows: int = 0
    added: int = 0
    known: int = 0
    rejected: int = 0
    warnings: int = 0
    notes: list[str] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass
class _Delivery:
    """The rows of one ingest as they come in; full parts are on disk already, though no reader sees them yet."""

    lake: Lake
    known: np.ndarray
    parts: list[Part] = field(default_factory=list)
    adverts: list[pa.Table] = field(default_factory=list)
    images: list[pa.Table] = field(default_factory=list)
    sightings: list[pa.Table] = field(default_factory=list)
    repeated: list[pa.Table] = field(default_factory=list)
    seen: list[np.ndarray] = field(default_factory=list)
    chunks: list[str] = field(default_factory=list)

    def flush(self, *, least: int) -> None:
        """Write the adverts that wait, once there are enough of them for a part."""
        if sum(table.num_rows for table in self.adverts) >= least:
            self.parts.append(self.lake.write_part("adverts", ADVERTS.sort(pa.concat_tables(self.adverts))))
            self.adverts = []

    def undo(self, originals: Path) -> None:
        """Delete the tables and originals that this delivery has written: it will not be finished."""
        with contextlib.suppress(OSError, FelinarError):
            self.lake.forget_unfinished()
            named = set(self.lake.read("sightings", ["raw_sha256"])["raw_sha256"].unique().to_pylist())
            for sha256 in self.chunks:
                if sha256 not in named:
                    chunk_path(originals, sha256).unlink(missing_ok=True)


def new_run_id() -> str:
    """Return an id that sorts by time and is not used twice: microseconds since 1970 and the process."""
    return f"{time.time_ns() // 1000:016d}-{os.getpid()}"


def ingest(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    source: str = "",
    mapping: Mapping | None = None,
    progress: Progress | None = None,
) -> Ingested:
    """Bring the adverts of these files into the workspace, all or none, and say what came in.

    The caller holds the workspace for writing. Rejected rows go to `rejects.jsonl` with the reason. How ambiguous dates
    are read is decided over all the files together.
    """
    show = progress or Silent()
    try:
        try:
            return _bring_in(workspace, _batches(files, source, mapping, "", show))
        except OpenOrder:
            show.begin("finding out how dates are written")
            order, note = date_order(files, mapping)
        done = _bring_in(workspace, _batches(files, source, mapping, order, show))
    except UnreadableInput as problem:
        none = "None of the files was brought in." if len(files) > 1 else "Nothing was brought in."
        raise type(problem)(f"{problem} {none}") from None
    done.notes += [note] if note else []
    return done


def _bring_in(workspace: Workspace, batches: Iterator[Batch]) -> Ingested:
    """Bring in all batches; a problem on the way leaves the workspace as it was."""
    lake = Lake(workspace.tables)
    done = Ingested(run_id=new_run_id())
    delivery = _Delivery(lake, known=np.sort(lake.read("adverts", ["advert_id"])["advert_id"].to_numpy()))
    with (workspace.folder / REJECTS).open("a", encoding="utf-8") as rejects:
        before = rejects.tell()
        try:
            for batch in batches:
                _report(batch.rejects, done, rejects)
                _take(batch, delivery, workspace, done)
            _commit(lake, delivery, done)
        except BaseException:
            delivery.undo(workspace.originals)
            rejects.seek(before)
            rejects.truncate()
            raise
    return done


def _batches(
    files: Sequence[Path], source: str, mapping: Mapping | None, order: str, progress: Progress
) -> Iterator[Batch]:
    total = sum(file.stat().st_size for file in files if file.is_file())
    advance = progress.begin("reading bytes", total)
    for file in files:
        before = 0
        for batch in read(file, source=source, mapping=mapping, order=order):
            advance(batch.bytes_read - before)
            before = batch.bytes_read
            yield batch


def _report(rejects: Sequence[Reject], done: Ingested, out: object) -> None:
    for reject in rejects:
        if reject.severity == "note":
            about = f"{reject.file}, column '{reject.column}'" if reject.column else reject.file
            done.notes.append(f"{about}: {reject.reason}")
            continue
        done.rejected += reject.severity == "error"
        done.warnings += reject.severity == "warning"
        done.reasons[reject.reason] = done.reasons.get(reject.reason, 0) + 1
        out.write(canonical_json({"run_id": done.run_id, **reject.__dict__}) + "\n")  # type: ignore[attr-defined]


def _take(batch: Batch, delivery: _Delivery, workspace: Workspace, done: Ingested) -> None:
    """Keep the originals of a batch, and its rows: sightings of all, adverts that are new."""
    if not batch.records:
        return
    sha256, offsets = write_chunk(workspace.originals, batch.records)
    delivery.chunks.append(sha256)
    ids = batch.adverts["advert_id"].to_numpy()
    now = pa.scalar(datetime.now(UTC), SIGHTINGS.schema.field("captured_at").type)
    delivery.sightings.append(
        pa.table(
            {
                "advert_id": ids,
                "raw_sha256": pa.array([sha256] * len(ids), pa.string()),
                "raw_offset": pa.array(offsets, pa.int64()),
                "captured_at": pc.fill_null(batch.captured_at, now),
                "run_id": pa.array([done.run_id] * len(ids), pa.string()),
                "purpose": pa.array([workspace.config.purpose] * len(ids), pa.string()),
            }
        )
    )
    done.rows += len(ids)
    unknown = ~np.isin(ids, delivery.known)
    _, first = np.unique(ids, return_index=True)
    new = np.zeros(len(ids), bool)
    new[first] = True
    new &= unknown & ~_seen(delivery, ids)
    delivery.adverts.append(batch.adverts.filter(pa.array(new)))
    delivery.flush(least=PART_ADVERTS)
    if (unknown & ~new).any():
        delivery.repeated = [_distinct([*delivery.repeated, batch.adverts.filter(pa.array(unknown & ~new))])]
    delivery.images.append(batch.images.filter(pc.is_in(batch.images["advert_id"], pa.array(ids[unknown]))))
    _remember(delivery, np.sort(ids[new]))


def _distinct(tables: list[pa.Table]) -> pa.Table:
    """Return the distinct rows of side columns; what the id is made from need not be kept twice."""
    sides = pa.concat_tables([table.select(SIDE_COLUMNS) for table in tables])
    return sides.group_by(SIDE_COLUMNS).aggregate([])


def _seen(delivery: _Delivery, ids: np.ndarray) -> np.ndarray:
    seen = np.zeros(len(ids), bool)
    for block in delivery.seen:
        at = np.minimum(np.searchsorted(block, ids), len(block) - 1)
        seen |= block[at] == ids
    return seen


def _remember(delivery: _Delivery, ids: np.ndarray) -> None:
    """Keep the ids in a few sorted blocks of growing size, so that a look-up stays cheap."""
    while delivery.seen and len(delivery.seen[-1]) <= 2 * len(ids):
        ids = np.sort(np.concatenate([delivery.seen.pop(), ids]))
    if len(ids):
        delivery.seen.append(ids)


def _commit(lake: Lake, delivery: _Delivery, done: Ingested) -> None:
    """Write what still waits and make everything current in one step."""
    delivery.flush(least=1)
    parts = _with_smallest_sides(lake, delivery)
    done.added = sum(part.rows for part in parts)
    done.known = done.rows - done.added
    tables = lake.manifest().tables
    update: dict[str, list[Part]] = {"adverts": [*tables.get("adverts", []), *parts]}
    for table, rows in ((SIGHTINGS, delivery.sightings), (IMAGES, delivery.images)):
        added = pa.concat_tables([table.empty(), *(table.check(r) for r in rows)])
        added = table.sort(added.group_by(table.names).aggregate([]))
        new = [lake.write_part(table.name, added)] if added.num_rows else []
        update[table.name] = [*tables.get(table.name, []), *new]
    lake.commit(update)


def _with_smallest_sides(lake: Lake, delivery: _Delivery) -> list[Part]:
    """Return the parts, where an advert was repeated with other side columns in the form that sorts first."""
    if not delivery.repeated:
        return delivery.parts
    rivals: dict[int, list[dict[str, object]]] = {}
    for row in delivery.repeated[0].to_pylist():
        rivals.setdefault(row["advert_id"], []).append(row)
    ids = pa.array(sorted(rivals), pa.int64())
    result = []
    for part in delivery.parts:
        adverts = lake.read_part(part)
        again = pc.is_in(adverts["advert_id"], ids)
        rows = adverts.filter(again).to_pylist()
        chosen = [min([row, *({**row, **side} for side in rivals[row["advert_id"]])], key=_form) for row in rows]
        if chosen == rows:
            result.append(part)
            continue
        kept = pa.Table.from_pylist(chosen, schema=adverts.schema)
        merged = pa.concat_tables([adverts.filter(pc.invert(again)), kept])
        result.append(lake.write_part("adverts", ADVERTS.sort(merged)))
    return result


def _form(row: dict[str, object]) -> str:
    return canonical_json({name: str(value) for name, value in row.items()})
