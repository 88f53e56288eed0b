"""`thumbnails.sqlite`: of each picture file what came of it, the picture of 32 pixels that the desk may show, and what
it is found by (`picture_hashes`).

A store of its own, so that a purge reaches it at once and a batch of adverts does not copy it. A row is named by the
content of the file, so it never changes; it is only taken away. Deleted bytes are overwritten (`secure_delete`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from felinar.errors import WorkspaceProblem
from felinar.store.picture_hashes import MOST_WITH_POINTS, NEAR, TABLES

if TYPE_CHECKING:
    from felinar.store.lake import Lake, Part

T = TypeVar("T")
VERSION = 2
KNOWN = "known"  # on a list of known material: final, whatever a table says later
_READ_AT_ONCE = 2_000  # pictures in memory together, with their points some 25 MB
_AT_ONCE = 500  # rows in one transaction: far below the 100 ms that a reader may wait
_TABLES = f"""
CREATE TABLE pictures (sha256 TEXT PRIMARY KEY, state TEXT NOT NULL, thumbnail BLOB) WITHOUT ROWID;
CREATE TABLE parts (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
{TABLES}"""
_COLUMNS = ["sha256", "state", "thumbnail", "quality", "points", "md5", "sha1", *NEAR]


class Thumbnail(NamedTuple):
    """What came of a picture file (`PICTURES.state`), and a PNG of 32 pixels; empty where nothing may be shown."""

    state: str
    png: bytes


def thumbnails(path: Path, sha256s: Iterable[str]) -> dict[str, Thumbnail]:
    """Return what there is of these picture files; of one that never came, nothing."""
    wanted = sorted(set(sha256s))
    if not wanted or not path.is_file():
        return {}
    found: dict[str, Thumbnail] = {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            for some in _batches(wanted):
                marks = ",".join("?" * len(some))
                rows = connection.execute(f"SELECT * FROM pictures WHERE sha256 IN ({marks})", some)
                found |= {sha256: Thumbnail(state, png or b"") for sha256, state, png in rows}
    except sqlite3.DatabaseError as problem:
        raise WorkspaceProblem(f"{path} cannot be read ({problem}); delete it, then `felinar run`.") from None
    return found


def publish_thumbnails(path: Path, lake: Lake) -> None:
    """Bring the store up to what the tables hold: new pictures come, those that are there no more go.

    The caller holds the workspace for writing. A picture that is known here stays known.
    """
    parts = {part.sha256: part for part in lake.manifest().tables.get("pictures", [])}
    if not parts and not path.is_file():
        return
    with _writing(path) as connection:
        read = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM parts")}
        if read == set(parts):
            return
        there = dict(connection.execute("SELECT sha256, state FROM pictures"))
        few = sum(part.rows for part in parts.values()) <= MOST_WITH_POINTS
        if not few:
            with connection:
                connection.execute("DELETE FROM points")
        for sha256, part in parts.items():
            if sha256 not in read:
                _take(connection, lake, part, there, points=few)
        now = set(lake.read("pictures", ["sha256"])["sha256"].to_pylist())
        gone = [(sha256,) for sha256 in sorted(set(there) - now)]
        for table in ("pictures", "hashes", "points"):
            _in_turns(connection, f"DELETE FROM {table} WHERE sha256 = ?", gone)
        with connection:
            connection.execute("DELETE FROM parts")
            connection.executemany("INSERT INTO parts VALUES (?)", [(sha256,) for sha256 in sorted(parts)])


def forget_thumbnails(path: Path, sha256s: Collection[str]) -> None:
    """Delete all but the exact hashes of these pictures, which are on a list; from now on each is known, for ever."""
    if not path.is_file():
        return
    known = sorted(sha256s)
    emptied = ", ".join(f"{name} = NULL" for name in NEAR)
    with _writing(path) as connection:
        _in_turns(connection, "INSERT OR REPLACE INTO pictures VALUES (?, ?, NULL)", ((one, KNOWN) for one in known))
        _in_turns(connection, "DELETE FROM points WHERE sha256 = ?", ((one,) for one in known))
        _in_turns(connection, f"UPDATE hashes SET {emptied} WHERE sha256 = ?", ((one,) for one in known))


def _take(connection: sqlite3.Connection, lake: Lake, part: Part, there: dict[str, str], *, points: bool) -> None:
    """Write what is new in one file of PICTURES, or has another state than it had; points only where asked for."""
    from felinar.kernels.pdq import QUALITY  # loads a compiler, which a page that shows thumbnails does not need

    columns = [name for name in _COLUMNS if points or name != "points"]
    for batch in lake.batches(part, columns, _READ_AT_ONCE):
        rows = batch.to_pylist()
        known = [row for row in rows if there.get(row["sha256"]) == KNOWN]
        new = [row for row in rows if there.get(row["sha256"]) not in (row["state"], KNOWN)]
        _in_turns(connection, "INSERT OR REPLACE INTO pictures VALUES (:sha256, :state, nullif(:thumbnail, x''))", new)
        near = [_hashes(row, QUALITY) for row in new]
        _in_turns(connection, "INSERT OR REPLACE INTO hashes VALUES (?, ?, ?, ?, ?, ?)", near)
        exact = "INSERT OR IGNORE INTO hashes VALUES (:sha256, :md5, :sha1, NULL, NULL, NULL)"
        _in_turns(connection, exact, known)
        pointed = [row for row in new if row.get("points")]
        _in_turns(connection, "INSERT OR REPLACE INTO points VALUES (:sha256, :points)", pointed)


def _hashes(row: dict[str, Any], least: int) -> tuple[object, ...]:
    """Return a row of `hashes`; a picture with less to see than `least` is like any other such: it has no near ones."""
    clear = (row["quality"] or 0) >= least
    near = (bytes.fromhex(row[name]) if clear and row[name] else None for name in NEAR)
    return row["sha256"], row["md5"], row["sha1"], *near


def _in_turns(connection: sqlite3.Connection, sql: str, rows: Iterable[object]) -> None:
    """Run a statement for all rows, so many in one transaction that a reader hardly waits."""
    for some in _batches(rows):
        with connection:
            connection.executemany(sql, some)  # type: ignore[arg-type]


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield some


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the store, made anew where it is missing or of another version: all of it stands in the tables, too.

    But for what is known: of a version that is left behind it is carried over.
    """
    known = list[str]()
    if path.is_file() and not _is_of_today(path):
        known = _known_in(path)
        path.unlink()
    new = not path.is_file()
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        if new:
            connection.executescript(f"{_TABLES}PRAGMA user_version={VERSION};")
            _in_turns(connection, "INSERT INTO pictures VALUES (?, ?, NULL)", ((one, KNOWN) for one in known))
        yield connection


def _known_in(path: Path) -> list[str]:
    """Return the pictures that a store of any version knows to be on a list; none where it cannot be read."""
    try:
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            return [sha256 for (sha256,) in connection.execute("SELECT sha256 FROM pictures WHERE state = ?", (KNOWN,))]
    except sqlite3.DatabaseError:
        return []


def _is_of_today(path: Path) -> bool:
    """Return whether this is a whole store of this version."""
    try:
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone() == (VERSION,))
    except sqlite3.DatabaseError:
        return False
