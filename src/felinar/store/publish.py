"""Write `published.sqlite` from the derived tables: a fresh file, or a copy with what changed; then one rename.

derived tables (Arrow) → columns as SQLite takes them (`publish_columns`) → a new file beside the old one → rename

| file                  | what it does                                                                   |
|-----------------------|--------------------------------------------------------------------------------|
| `publish_whole`       | fills an empty file                                                            |
| `publish_changes`     | says what differs from what is published, by prints (`publish_prints`)         |
| `publish_batch`       | writes that into a copy: a batch costs what it brings, and a copy of the file  |
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from felinar.store.durable import put_in_place, sent_along

if TYPE_CHECKING:
    import pyarrow as pa

    from felinar.store.lake import Lake
    from felinar.store.publish_changes import Changes


def publish(
    path: Path, tables: Mapping[str, pa.Table] | Lake, *, generation: int, epoch: int = 0, anew: bool = False
) -> bool:
    """Replace the published file by the rows of these tables, or of a workspace's current ones.

    Tables are named as in `tables.py`; a missing one is empty. Returns whether only what changed was written, as is
    done for a workspace that was published before, unless `anew` or most of it is new.

    Readers keep the old file until they open the next one; a crash at any moment leaves the old file in place.
    """
    from felinar.store.lake import Lake

    facts = {"generation": generation, "epoch": epoch}
    beside = path.with_name(path.name + ".new")
    changes = _worth_it(path, tables) if isinstance(tables, Lake) and not anew else None
    with sent_along(beside):  # closing it elsewhere ends SQLite's locks on it; nobody else has it open
        done = changes is not None and isinstance(tables, Lake) and _publish_batch(path, beside, tables, changes, facts)
        if not done:
            _publish_whole(beside, tables, facts)
    put_in_place(beside, path)
    return done


def _worth_it(path: Path, lake: Lake) -> Changes | None:
    """Return what changed since the last publication; None where all is to be written."""
    from felinar.store.publish_changes import changes_since

    changes = changes_since(path, lake)
    pile = sum(part.rows for part in lake.manifest().tables.get("adverts", []))
    return changes if changes is not None and 2 * changes.new_adverts() <= pile else None


def _publish_whole(beside: Path, tables: Mapping[str, pa.Table] | Lake, facts: Mapping[str, int]) -> None:
    from felinar.store.by_advert import FromLake, InMemory
    from felinar.store.lake import Lake
    from felinar.store.publish_changes import all_parts, parts_of
    from felinar.store.publish_whole import write_whole

    beside.unlink(missing_ok=True)
    with _writing(beside) as connection:
        if isinstance(tables, Lake):
            write_whole(connection, FromLake(tables), facts, parts_of(tables, all_parts(tables)))
        else:
            write_whole(connection, InMemory(tables), facts, iter(()))


def _publish_batch(path: Path, beside: Path, lake: Lake, changes: Changes, facts: Mapping[str, int]) -> bool:
    """Write a copy with what changed; False where the published file turns out to be damaged."""
    from felinar.store.publish_batch import write_batch
    from felinar.store.publish_changes import parts_of

    with ThreadPoolExecutor(1) as along:
        coming = along.submit(list, parts_of(lake, changes.came))
        _copy(path, beside)
        came = coming.result()
    try:
        with _writing(beside) as connection:
            write_batch(connection, lake, changes, came, facts)
    except sqlite3.DatabaseError as problem:
        if type(problem) is not sqlite3.DatabaseError:
            raise  # the disk or our own fault, not the file's
        return False
    return True


@contextmanager
def _writing(beside: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that nobody reads yet; it goes where writing fails, since a disk that is full needs the room."""
    connection = sqlite3.connect(beside, isolation_level=None)
    try:
        # Nothing is lost if this file is: it is renamed only after an fsync.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
        yield connection
    except sqlite3.Error:
        beside.unlink(missing_ok=True)
        raise
    finally:
        connection.close()


def _copy(path: Path, beside: Path) -> None:
    """Copy a file as cheaply as the disk can: some only note that the blocks are shared."""
    with path.open("rb") as old, beside.open("wb") as new:
        left = os.fstat(old.fileno()).st_size
        try:
            while left and (done := os.copy_file_range(old.fileno(), new.fileno(), left)):
                left -= done
        except (AttributeError, OSError):
            left = -1
    if left:
        import shutil

        shutil.copyfile(path, beside)
