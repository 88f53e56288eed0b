"""`desk.sqlite`: what people wrote, and the log; transactional, append-only, safe against kill -9.

Here it is opened and written to; `judgements.py` and `felinar.audit` say what stands in it, `desk_schema.py` how.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from felinar.errors import WorkspaceProblem
from felinar.store.migrate import migrate, roll_back


def now() -> str:
    """Return the time as it stands in the desk: UTC, ISO 8601, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@contextmanager
def open_desk(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection to the desk, made or migrated where needed; each statement outside BEGIN commits itself."""
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    except sqlite3.Error as problem:
        raise WorkspaceProblem(f"{path} cannot be opened ({problem}). Is the folder there and writable?") from None
    try:
        _prepare(connection, path)
        yield connection
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # our own fault, or a rule of the desk that refused
    except sqlite3.DatabaseError as problem:
        raise WorkspaceProblem(f"{path} {_what_failed(problem)}") from None
    finally:
        connection.close()


@contextmanager
def kept_open(path: Path) -> Iterator[None]:
    """Hold an idle connection to the desk: whoever closes the last one writes its log back into the file each time."""
    with open_desk(path):
        yield


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    # FULL: what was committed outlives a power cut, not only a crash.
    _use_wal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    migrate(connection, path)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; SQLite does not wait by itself where another process is just doing the same."""
    for _ in range(_WAL_TRIES):
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode=WAL").fetchall()
            return
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            time.sleep(_WAL_PAUSE_SECONDS)
    connection.execute("PRAGMA journal_mode=WAL").fetchall()


_WAL_TRIES, _WAL_PAUSE_SECONDS = 100, 0.05
# Parts of SQLite's messages that speak of the disk or of other processes, not of the file.
_NOT_THE_FILE = ("full", "readonly", "disk I/O", "unable to open", "locked")


def _what_failed(problem: sqlite3.DatabaseError) -> str:
    if any(words in str(problem) for words in _NOT_THE_FILE):
        return (
            f"cannot be written ({problem}), and nothing is shown or changed that is not logged there first. "
            "Is there room on the disk, and may you write in this folder?"
        )
    return f"cannot be read ({problem}). Restore it from a backup."


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock from the first read to the commit, so that two processes cannot decide on the same state."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
