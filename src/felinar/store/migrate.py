"""Bring `desk.sqlite` to this version: a backup first, then all steps in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from felinar.errors import WorkspaceProblem
from felinar.store.desk_schema import STEPS


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version that the file carries; 0 for a fresh one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[str] = STEPS) -> Path | None:
    """Bring the desk forward and return the place of the backup (None where there was nothing to keep).

    A desk of a newer version is refused: its rows may mean what this program does not know.
    """
    version, wanted = version_of(connection), len(steps)
    if version > wanted:
        raise WorkspaceProblem(
            f"{path} is of version {version}, this felinar knows versions up to {wanted}. Install a newer felinar."
        )
    if version == wanted:
        return None
    kept = _back_up(connection, path, version) if version else None
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Two processes may have come here together: the second finds the work done.
        for script in steps[version_of(connection) :]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version={wanted}")
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    return kept


def roll_back(connection: sqlite3.Connection) -> None:
    """Undo the open transaction; there is none where Ctrl-C arrived just after the commit."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    kept = path.with_name(f"{path.name}.version-{version}")
    copy = sqlite3.connect(kept)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    return kept


def _statements(script: str) -> list[str]:
    """Return the statements of a script; `executescript` would commit before it begins."""
    statements, current = [], ""
    for piece in script.split(";"):
        current += piece + ";"
        if sqlite3.complete_statement(current):
            statements.append(current.strip())
            current = ""
    return [s for s in statements if s != ";"]
