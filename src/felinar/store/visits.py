"""Which operations somebody has opened, and what was written beside them: the memory of the desk. Only ever added."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from felinar.errors import FelinarError
from felinar.store.desk import now, open_desk, writing

LONGEST_NOTE = 10_000  # characters
_SITTING = 60  # minutes without a look, after which a new visit begins
_MOST_VISITS = 200  # looked back


@dataclass(frozen=True)
class Note:
    """What a person wrote beside an operation."""

    note_id: int
    operation_id: int
    text: str
    actor: str
    purpose: str
    made_at: str


@dataclass(frozen=True)
class Seen:
    """An earlier visit: when it was and which adverts the operation held then (None where that was not kept)."""

    made_at: str
    advert_ids: frozenset[int] | None


def add_visit(path: Path, actor: str, operation_id: int, advert_ids: Collection[int]) -> None:
    """Write down that somebody opened an operation when it held these adverts."""
    with open_desk(path) as connection, writing(connection):
        held = _packed(advert_ids)
        new = None if held == _last(connection, actor, operation_id) else held
        row = (actor, operation_id, len(advert_ids), now(), new)
        sql = "INSERT INTO visits (actor, operation_id, adverts, made_at, advert_ids) VALUES (?, ?, ?, ?, ?)"
        connection.execute(sql, row)


def seen_before(path: Path, actor: str, operation_id: int, advert_ids: Collection[int]) -> Seen | None:
    """Return the visit that what is new is counted from, None where there is none yet.

    It is the last one at which the operation held other adverts than now, or the last one before this sitting: who
    judges and sees the page again, has not been away. A sitting ends after an hour without a look.
    """
    with open_desk(path) as connection:
        sql = """SELECT made_at, adverts, advert_ids FROM visits WHERE actor = ? AND operation_id = ?
                 ORDER BY visit_id DESC LIMIT ?"""
        rows = connection.execute(sql, (actor, operation_id, _MOST_VISITS)).fetchall()
    later, current = now(), _packed(advert_ids)
    for number, (made_at, adverts, _) in enumerate(rows):
        then = next((held for _, _, held in rows[number:] if held is not None), None)
        other = then != current if then is not None else adverts != len(advert_ids)
        if other or _minutes(made_at, later) >= _SITTING:
            return Seen(made_at, None if then is None else _unpacked(then))
        later = made_at
    return None


def _last(connection: sqlite3.Connection, actor: str, operation_id: int) -> bytes | None:
    sql = """SELECT advert_ids FROM visits WHERE actor = ? AND operation_id = ? AND advert_ids IS NOT NULL
             ORDER BY visit_id DESC LIMIT 1"""
    found = connection.execute(sql, (actor, operation_id)).fetchone()
    return found[0] if found else None


def _packed(advert_ids: Collection[int]) -> bytes:
    """Return the ids in order, eight bytes each, low byte first."""
    packed = array("Q", sorted(advert_ids))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpacked(packed: bytes) -> frozenset[int]:
    held = array("Q", packed)
    if sys.byteorder == "big":
        held.byteswap()
    return frozenset(held)


def _minutes(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() / 60


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
