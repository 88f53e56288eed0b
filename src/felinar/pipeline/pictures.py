"""Pictures that came with a delivery, looked at once: lists first, then hashes, points and a thumbnail. No bytes stay.

images (which file each advert shows) → files → child processes (`pictures/`) → PICTURES, hits in the log
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from felinar.audit import log
from felinar.config import threads
from felinar.ids import canonical_json
from felinar.pipeline.progress import Progress
from felinar.sources import Pictures
from felinar.store.lake import Lake, Part
from felinar.store.workspace import Workspace
from felinar.tables import PICTURES

if TYPE_CHECKING:
    from felinar.hashlists.known import Lists
    from felinar.hashlists.reader import ListReader
    from felinar.pictures.looked import Looked

LISTS = "hashlists"
EXTRA = ("cv2", "PIL", "simplejpeg")
PART = 10_000  # pictures in a file of PICTURES; each may need 15 KB
MISSING, NOT_OPENED = "missing", "not opened"
File = tuple[str, str]  # SHA-256 and name


@dataclass
class Seen:
    """What came of the pictures of a delivery: the files of PICTURES, how many came out how, and what to tell."""

    parts: list[Part] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def look_at_new(
    workspace: Workspace, lake: Lake, images: pa.Table, places: Sequence[Pictures], show: Progress, *,
    text: bool = False,
) -> Seen:  # fmt: skip
    """Return what came of the pictures of these rows of IMAGES that were not looked at before.

    `text`: what is written in them is read, too, where the program for it is installed; else a note says so. Hits on
    lists are in the log before this returns. Without the extra that decodes pictures only exact hashes meet the lists;
    what is on none is counted, and can be looked at later.
    """
    seen = Seen(notes=_notes(text=text))
    files = _new_files(images, lake.read("pictures", ["sha256"]))
    step = show.begin("looking at pictures", len(files)) if files else None
    for start in range(0, len(files), PART):
        some = files[start : start + PART]
        there = [row for row in _looked_at(workspace, some, places, images, text=text) if row is not None]
        rows = there if can_open() else [row for row in there if row.hits]
        seen.counts.update(row.state for row in rows)
        seen.counts += Counter({MISSING: len(some) - len(there), NOT_OPENED: len(there) - len(rows)})
        if rows:
            seen.parts.append(lake.write_part("pictures", as_table(rows)))
        if step:
            step(len(some))
    return seen


def can_open() -> bool:
    """Return whether what decodes pictures is installed."""
    return all(find_spec(name) is not None for name in EXTRA)


def _notes(*, text: bool) -> list[str]:
    """Return what has to be said where text is asked for and cannot be read."""
    if not (text and can_open()):
        return []
    from felinar.pictures.writing import NOT_INSTALLED, can_read

    return [] if can_read() else [NOT_INSTALLED]


def as_table(rows: Sequence[Looked]) -> pa.Table:
    """Return PICTURES of what is known of pictures, by SHA-256."""
    told = [{**row.as_dict(), "about": canonical_json(row.about) if row.about else ""} for row in rows]
    return PICTURES.sort(pa.table({c.name: pa.array([row[c.name] for row in told], c.type) for c in PICTURES.columns}))


def _new_files(images: pa.Table, looked_at: pa.Table) -> list[File]:
    """Return each file that was not looked at, by SHA-256."""
    named = images.filter(pc.not_equal(images["sha256"], "")).group_by("sha256").aggregate([("path", "min")])
    new = named.filter(pc.invert(pc.is_in(named["sha256"], looked_at["sha256"].combine_chunks())))
    return sorted(zip(new["sha256"].to_pylist(), new["path_min"].to_pylist(), strict=True))


def _looked_at(
    workspace: Workspace, files: Sequence[File], places: Sequence[Pictures], images: pa.Table, *, text: bool
) -> Iterator[Looked | None]:
    """Yield what is known of each file, in order, None for one that is not there any more; a hit is logged first."""
    from felinar.hashlists.known import Lists
    from felinar.hashlists.reader import ListReader

    folder = workspace.folder / LISTS
    lists, opens = Lists.load(folder), can_open()
    idle: SimpleQueue[ListReader] = SimpleQueue()

    def look(file: File) -> Looked | None:
        reader = idle.get()
        try:
            return _read(reader, *file, places, opens=opens)
        finally:
            idle.put(reader)

    with ExitStack() as opened:
        workers = min(threads(), len(files))
        readers = [opened.enter_context(ListReader(folder, lists, points=True, text=text)) for _ in range(workers)]
        if opens:
            readers[0].ready()
        for reader in readers:
            idle.put(reader)
        pool = opened.enter_context(ThreadPoolExecutor(workers))  # ends before the processes that its threads ask
        for found in pool.map(look, files):
            if found is not None and found.hits:
                _log_hits(workspace, lists, found, images)
            yield found


def _read(reader: ListReader, sha256: str, name: str, places: Sequence[Pictures], *, opens: bool) -> Looked | None:
    """Return what is known of the file of this name and content, wherever it lies; unless `opens`, its hits alone."""
    from felinar.hashlists.reader import blocks_of

    for place in places:
        stream = place.opened(name)
        if stream is None:
            continue
        with closing(stream):
            looked = reader.look_at(stream) if opens else reader.hashed(blocks_of(stream))
        if looked.sha256 == sha256:
            return looked
    return None


def _log_hits(workspace: Workspace, lists: Lists, found: Looked, images: pa.Table) -> None:
    """Write each hit to the log: list, entry, kind of hash, distance, quality, and the adverts that show it."""
    from felinar.hashlists.check import hit_as_dict

    adverts = images.filter(pc.equal(images["sha256"], found.sha256))["advert_id"].unique().to_pylist()
    for hit in found.hits:
        told = hit_as_dict(hit, lists.detail(hit), found.quality)
        log(workspace, "hashlists", {"hit": told, "sha256": found.sha256, "adverts": [str(a) for a in sorted(adverts)]})
