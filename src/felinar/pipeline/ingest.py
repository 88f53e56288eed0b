"""Bring adverts in: originals kept byte for byte, one row per advert, one row per sighting.

files → pieces → originals (chunks) and tables (`keep.py`, in several processes where the files are large)
      → sightings of all rows, adverts and images of what is new (`delivery.py`)

All files of one ingest come in, or none: the tables become current in one commit at the end.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.config import threads
from felinar.errors import UnreadableInput
from felinar.ids import canonical_json
from felinar.pipeline.ahead import Ahead
from felinar.pipeline.delivery import Delivery
from felinar.pipeline.keep import keep
from felinar.pipeline.progress import Progress, Silent
from felinar.pipeline.workers import InOrder
from felinar.sources import Batch, Mapping, OpenOrder, Pictures, Piece, Reject, date_order, is_ordinary, pieces
from felinar.sources.native import is_worth_it
from felinar.store.lake import Lake, Part
from felinar.store.workspace import Workspace
from felinar.tables import IMAGES

REJECTS = "rejects.jsonl"
# Bytes from which starting worker processes costs less than they save.
SEVERAL_BYTES = 64 << 20


@dataclass
class Ingested:
    """What one ingest did. `known` are rows whose advert was there already; `pictures` counts files by their state."""

    run_id: str = ""
    rows: int = 0
    added: int = 0
    known: int = 0
    rejected: int = 0
    warnings: int = 0
    notes: list[str] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)


class _OfPictures(NamedTuple):
    """What is said of pictures: where they are looked for before beside the files, and whether their text is read."""

    place: Path | None
    text: bool


def new_run_id() -> str:
    """Return an id that sorts by time and is not used twice: microseconds since 1970 and the process."""
    return f"{time.time_ns() // 1000:016d}-{os.getpid()}"


def ingest(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    source: str = "",
    mapping: Mapping | None = None,
    pictures: Path | None = None,
    text_in_pictures: bool = False,
    ahead: bool = False,
    progress: Progress | None = None,
) -> Ingested:
    """Bring the adverts of these files into the workspace, all or none, and say what came in.

    The caller holds the workspace for writing. Rejected rows go to `rejects.jsonl` with the reason. How ambiguous dates
    are read is decided over all the files together. `pictures` is a folder or ZIP in which pictures are looked for
    before beside the files; `text_in_pictures`: what is written in them is read, too. `ahead`: a run follows, so
    workers begin to read the adverts of large files meanwhile.
    """
    show = progress or Silent()
    given = _OfPictures(pictures, text_in_pictures)
    bring_in = partial(_bring_in, workspace, files, source, mapping, given, show, ahead)
    try:
        try:
            return bring_in("")
        except OpenOrder:
            show.begin("finding out how dates are written")
            order, note = date_order(files, mapping)
        done = bring_in(order)
    except UnreadableInput as problem:
        none = "None of the files was brought in." if len(files) > 1 else "Nothing was brought in."
        raise type(problem)(f"{problem} {none}") from None
    done.notes += [note] if note else []
    return done


def _bring_in(
    workspace: Workspace, files: Sequence[Path], source: str, mapping: Mapping | None, given: _OfPictures,
    show: Progress, ahead: bool, order: str,
) -> Ingested:  # fmt: skip
    """Bring in all files; a problem on the way leaves the workspace as it was."""
    lake = Lake(workspace.tables)
    done = Ingested(run_id=new_run_id())
    known = np.sort(lake.read("adverts", ["advert_id"])["advert_id"].to_numpy())
    total = sum(file.stat().st_size for file in files if file.is_file())
    items = _pieces(files, source, mapping, order, given.place)
    first = list(islice(items, 1))
    advance = show.begin("reading files, bytes", total)
    with (
        Ahead(lake, wanted=ahead and total >= SEVERAL_BYTES, size=total) as read_ahead,
        _workers(total, first) as pool,
        (workspace.folder / REJECTS).open("a", encoding="utf-8") as rejects,
    ):
        delivery = Delivery(lake, known, done.run_id, workspace.config.purpose, read_ahead.take)
        work = partial(keep, originals=workspace.originals, native=is_worth_it(total))
        coming = InOrder(work, chain(first, items), pool, threads())
        before, read = rejects.tell(), 0
        try:
            for kept in coming:
                _report(kept.rejects, done, rejects)
                delivery.take(kept)
                advance(kept.bytes_read - (read if read <= kept.bytes_read else 0))  # less: the next file
                read = kept.bytes_read
            parts = delivery.finish()
            parts["pictures"] = _look_at_pictures(workspace, parts["images"], files, given, done, show)
            _commit(lake, parts, delivery.rows, done)
        except BaseException:
            delivery.undo(workspace.originals, coming.left())
            rejects.seek(before)
            rejects.truncate()
            raise
        read_ahead.finish(show)
    return done


@contextmanager
def _workers(size: int, first: Sequence[Piece | Batch]) -> Iterator[Executor | None]:
    """Give the workers that are worth using for so many bytes, of which this comes first; None: do it here.

    Kernels and packing leave other threads alone; lines that Python has to look at one by one need processes.
    """
    workers = threads()
    if workers == 1 or size < SEVERAL_BYTES:
        yield None
    elif all(map(is_ordinary, first)):
        with ThreadPoolExecutor(workers + 1) as pool:  # one of them waits for the disk
            yield pool
    else:
        from felinar.extract.pool import executor

        yield executor(workers)


def _pieces(
    files: Sequence[Path], source: str, mapping: Mapping | None, order: str, given: Path | None
) -> Iterator[Piece | Batch]:
    for file in files:
        yield from pieces(file, source=source, mapping=mapping, order=order, pictures=given)


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


def _look_at_pictures(
    workspace: Workspace, parts: list[Part], files: Sequence[Path], given: _OfPictures, done: Ingested, show: Progress
) -> list[Part]:
    """Look at the pictures that came along, and return the new files of PICTURES."""
    lake = Lake(workspace.tables)
    came = any(pc.any(pc.not_equal(lake.read_part(part, ["sha256"])["sha256"], "")).as_py() for part in parts)
    if given.place is None and not came:
        return []  # pictures are named and none came along, as in most deliveries
    images = pa.concat_tables([IMAGES.empty(), *(lake.read_part(part) for part in parts)])
    from felinar.pipeline.pictures import look_at_new

    places = [Pictures.of(file, given.place) for file in files]
    seen = look_at_new(workspace, lake, images, places, show, text=given.text)
    there = images["sha256"]
    done.notes += seen.notes
    done.pictures = {**dict(sorted(seen.counts.items())), "missing": pc.sum(pc.equal(there, "")).as_py() or 0}
    return seen.parts


def _commit(lake: Lake, parts: dict[str, list[Part]], rows: int, done: Ingested) -> None:
    """Make everything current in one step."""
    done.rows = rows
    done.added = sum(part.rows for part in parts["adverts"])
    done.known = done.rows - done.added
    tables: dict[str, list[Part]] = lake.manifest().tables
    lake.commit({name: [*tables.get(name, []), *new] for name, new in parts.items() if new or name != "pictures"})
