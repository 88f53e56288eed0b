"""Bring adverts in: originals kept byte for byte, one row per advert, one row per sighting.

files → pieces → originals (chunks) and tables (`keep.py`, in several processes where the files are large)
      → sightings of all rows, adverts and images of what is new (`delivery.py`)

All files of one ingest come in, or none: the tables become current in one commit at the end.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

import numpy as np

from felinar.config import threads
from felinar.errors import UnreadableInput
from felinar.ids import canonical_json
from felinar.pipeline.delivery import Delivery
from felinar.pipeline.keep import keep
from felinar.pipeline.progress import Progress, Silent
from felinar.pipeline.workers import InOrder
from felinar.sources import Batch, Mapping, OpenOrder, Piece, Reject, date_order, pieces
from felinar.store.lake import Lake, Part
from felinar.store.workspace import Workspace

REJECTS = "rejects.jsonl"
# Bytes from which starting worker processes costs less than they save.
SEVERAL_BYTES = 64 << 20


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
            return _bring_in(workspace, files, source, mapping, "", show)
        except OpenOrder:
            show.begin("finding out how dates are written")
            order, note = date_order(files, mapping)
        done = _bring_in(workspace, files, source, mapping, order, show)
    except UnreadableInput as problem:
        none = "None of the files was brought in." if len(files) > 1 else "Nothing was brought in."
        raise type(problem)(f"{problem} {none}") from None
    done.notes += [note] if note else []
    return done


def _bring_in(
    workspace: Workspace, files: Sequence[Path], source: str, mapping: Mapping | None, order: str, show: Progress
) -> Ingested:
    """Bring in all files; a problem on the way leaves the workspace as it was."""
    lake = Lake(workspace.tables)
    done = Ingested(run_id=new_run_id())
    known = np.sort(lake.read("adverts", ["advert_id"])["advert_id"].to_numpy())
    delivery = Delivery(lake, known, done.run_id, workspace.config.purpose)
    total = sum(file.stat().st_size for file in files if file.is_file())
    coming = InOrder(
        partial(keep, originals=workspace.originals), _pieces(files, source, mapping, order), *_workers(total)
    )
    advance = show.begin("reading files, bytes", total)
    with (workspace.folder / REJECTS).open("a", encoding="utf-8") as rejects:
        before, read = rejects.tell(), 0
        try:
            for kept in coming:
                _report(kept.rejects, done, rejects)
                delivery.take(kept)
                advance(kept.bytes_read - (read if read <= kept.bytes_read else 0))  # less: the next file
                read = kept.bytes_read
            _commit(lake, delivery, done)
        except BaseException:
            delivery.undo(workspace.originals, coming.left())
            rejects.seek(before)
            rejects.truncate()
            raise
    return done


def _workers(size: int) -> tuple[ProcessPoolExecutor | None, int]:
    """Return the worker processes that are worth using for so many bytes, and how many they are."""
    workers = threads()
    if workers == 1 or size < SEVERAL_BYTES:
        return None, 1
    from felinar.extract.pool import executor

    return executor(workers), workers


def _pieces(files: Sequence[Path], source: str, mapping: Mapping | None, order: str) -> Iterator[Piece | Batch]:
    for file in files:
        yield from pieces(file, source=source, mapping=mapping, order=order)


def _report(rejects: Sequence[Reject], done: Ingested, out: TextIO) -> None:
    for reject in rejects:
        if reject.severity == "note":
            about = f"{reject.file}, column '{reject.column}'" if reject.column else reject.file
            note = f"{about}: {reject.reason}"
            done.notes += [note] if note not in done.notes else []  # every piece of a file notes it
            continue
        done.rejected += reject.severity == "error"
        done.warnings += reject.severity == "warning"
        done.reasons[reject.reason] = done.reasons.get(reject.reason, 0) + 1
        out.write(canonical_json({"run_id": done.run_id, **reject.__dict__}) + "\n")


def _commit(lake: Lake, delivery: Delivery, done: Ingested) -> None:
    """Write what still waits and make everything current in one step."""
    parts = delivery.finish()
    done.rows = delivery.rows
    done.added = sum(part.rows for part in parts["adverts"])
    done.known = done.rows - done.added
    tables: dict[str, list[Part]] = lake.manifest().tables
    lake.commit({name: [*tables.get(name, []), *new] for name, new in parts.items()})
