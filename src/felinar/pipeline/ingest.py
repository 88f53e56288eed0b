"""Bring adverts in: originals kept byte for byte, one row per advert, one row per sighting.

files → batches → originals (chunks), sightings (of all rows), adverts and images (of what is new: `delivery.py`)

All files of one ingest come in, or none: the tables become current in one commit at the end.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.errors import UnreadableInput
from felinar.ids import canonical_json
from felinar.pipeline.delivery import Delivery
from felinar.pipeline.progress import Progress, Silent
from felinar.sources import Batch, Mapping, OpenOrder, Reject, date_order, read
from felinar.store.lake import Lake, Part
from felinar.store.originals import write_chunk
from felinar.store.workspace import Workspace
from felinar.tables import IMAGES, SIGHTINGS

REJECTS = "rejects.jsonl"


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
    delivery = Delivery(lake, known=np.sort(lake.read("adverts", ["advert_id"])["advert_id"].to_numpy()))
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


def _report(rejects: Sequence[Reject], done: Ingested, out: TextIO) -> None:
    for reject in rejects:
        if reject.severity == "note":
            about = f"{reject.file}, column '{reject.column}'" if reject.column else reject.file
            done.notes.append(f"{about}: {reject.reason}")
            continue
        done.rejected += reject.severity == "error"
        done.warnings += reject.severity == "warning"
        done.reasons[reject.reason] = done.reasons.get(reject.reason, 0) + 1
        out.write(canonical_json({"run_id": done.run_id, **reject.__dict__}) + "\n")


def _take(batch: Batch, delivery: Delivery, workspace: Workspace, done: Ingested) -> None:
    """Keep the originals of a batch, and its rows: sightings of all, adverts that are new."""
    if not batch.records:
        return
    sha256, offsets = write_chunk(workspace.originals, batch.records)
    delivery.chunks.append(sha256)
    rows = len(batch.records)
    now = pa.scalar(datetime.now(UTC), SIGHTINGS.schema.field("captured_at").type)
    sightings = {
        "advert_id": batch.adverts["advert_id"],
        "raw_sha256": pa.repeat(sha256, rows),
        "raw_offset": pa.array(offsets, pa.int64()),
        "captured_at": pc.fill_null(batch.captured_at, now),
        "run_id": pa.repeat(done.run_id, rows),
        "purpose": pa.repeat(workspace.config.purpose, rows),
    }
    delivery.sightings.append(SIGHTINGS.check(pa.table(sightings)))
    done.rows += rows
    delivery.take(batch)


def _commit(lake: Lake, delivery: Delivery, done: Ingested) -> None:
    """Write what still waits and make everything current in one step."""
    parts = delivery.finish()
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
