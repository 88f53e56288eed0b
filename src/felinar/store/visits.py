"""Which operations somebody has opened, and what was written beside them: the memory of the desk. Only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from felinar.errors import FelinarError
from felinar.store.desk import now, open_desk, writing

LONGEST_NOTE = 10_000  # characters


@dataclass(frozen=True)
class Note:
    """What a person wrote beside an operation."""

    note_id: int
    operation_id: int
    text: str
    actor: str
    purpose: str
    made_at: str


def add_visit(path: Path, actor: str, operation_id: int, adverts: int) -> None:
    """Write down that somebody opened an operation when it held so many adverts."""
    with open_desk(path) as connection, writing(connection):
        row = (actor, operation_id, adverts, now())
        connection.execute("INSERT INTO visits (actor, operation_id, adverts, made_at) VALUES (?, ?, ?, ?)", row)


def last_visits(path: Path, actor: str) -> dict[int, tuple[int, str]]:
    """Return for each operation that somebody opened how many adverts it held at the last visit, and when that was."""
    sql = """SELECT operation_id, adverts, made_at FROM visits
             WHERE visit_id IN (SELECT max(visit_id) FROM visits WHERE actor = ? GROUP BY operation_id)"""
    with open_desk(path) as connection:
        return {operation: (adverts, at) for operation, adverts, at in connection.execute(sql, (actor,))}


def opened_today(path: Path, actor: str) -> set[int]:
    """Return the operations that somebody has opened since midnight UTC."""
    sql = "SELECT DISTINCT operation_id FROM visits WHERE actor = ? AND made_at >= ?"
    with open_desk(path) as connection:
        return {operation for (operation,) in connection.execute(sql, (actor, now()[:10]))}


def add_note(path: Path, operation_id: int, text: str, *, actor: str, purpose: str) -> int:
    """Write a note down and return its number; an empty one and one over 10,000 characters are refused."""
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise FelinarError(f"A note needs 1 to {LONGEST_NOTE:,} characters; this one has {len(text):,}.")
    with open_desk(path) as connection, writing(connection):
        sql = "INSERT INTO notes (operation_id, text, actor, purpose, made_at) VALUES (?, ?, ?, ?, ?)"
        return int(connection.execute(sql, (operation_id, text, actor, purpose, now())).lastrowid or 0)


def notes(path: Path, operation_id: int) -> list[Note]:
    """Return the notes on an operation, oldest first."""
    sql = """SELECT note_id, operation_id, text, actor, purpose, made_at FROM notes
             WHERE operation_id = ? ORDER BY note_id"""
    with open_desk(path) as connection:
        return [Note(*row) for row in connection.execute(sql, (operation_id,))]
