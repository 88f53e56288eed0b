"""What became of an operation, as a person decided: open, parked, referred, unfounded … Only ever added.

A status is given to an operation for the adverts that it held then. Where a later run gives these adverts to other
operations, the status goes with them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from felinar.errors import FelinarError, unknown_name
from felinar.ids import canonical_json
from felinar.store.desk import now, open_desk, writing

STATUSES = ("open", "parked", "referred", "unfounded", "looks independent", "agency", "spam", "scam")
_COLUMNS = "status_id, operation_id, status, adverts, actor, purpose, reason, made_at, withdraws"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Status:
    """One decision on an operation; `adverts` is a JSON list of the ids that it held then."""

    status_id: int
    operation_id: int
    status: str
    adverts: str
    actor: str
    purpose: str
    reason: str
    made_at: str
    withdraws: int | None

    @property
    def advert_ids(self) -> list[int]:
        """The adverts that the status was given for."""
        return list(map(int, json.loads(self.adverts)))


def add_status(
    path: Path, operation_id: int, status: str, *, advert_ids: Iterable[int], actor: str, purpose: str, reason: str
) -> int:
    """Write a status down and return its number; an unknown one is answered with those there are."""
    if status not in STATUSES:
        raise unknown_name("status", status, STATUSES)
    adverts = canonical_json(sorted(advert_ids))
    with open_desk(path) as connection, writing(connection):
        row = (operation_id, status, adverts, actor, purpose, reason, now(), None)
        return _write(connection, row)


def withdraw_status(path: Path, status_id: int, *, actor: str, purpose: str, reason: str) -> int:
    """Write down that a status no longer holds, so that the one before holds again; return the number of this."""
    with open_desk(path) as connection, writing(connection):
        held = {status.status_id: status for status in _held(connection)}
        if status_id not in held:
            raise FelinarError(f"There is no status {status_id} that still holds; nothing was withdrawn.")
        old = held[status_id]
        row = (old.operation_id, WITHDRAWN, old.adverts, actor, purpose, reason, now(), status_id)
        return _write(connection, row)


def _write(connection: sqlite3.Connection, row: tuple[object, ...]) -> int:
    sql = f"INSERT INTO statuses ({_COLUMNS.partition(', ')[2]}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    return int(connection.execute(sql, row).lastrowid or 0)


def statuses(path: Path) -> list[Status]:
    """Return the statuses that were not taken back, oldest first; the newest of an operation is the one it has."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return _held(connection)


def _held(connection: sqlite3.Connection) -> list[Status]:
    sql = f"""SELECT {_COLUMNS} FROM statuses WHERE withdraws IS NULL
              AND status_id NOT IN (SELECT withdraws FROM statuses WHERE withdraws IS NOT NULL) ORDER BY status_id"""
    return [Status(*row) for row in connection.execute(sql)]


def current(held: Iterable[Status], where: Mapping[int, int]) -> dict[int, Status]:
    """Return the newest status of each operation, by operation; `where` gives the operation of adverts today.

    A status goes to the operation that it was given to while any of its adverts is still there (or nothing is known of
    them), else to every operation that holds one of them now.
    """
    found: dict[int, Status] = {}
    for status in held:
        today = {where[advert] for advert in status.advert_ids if advert in where}
        for operation_id in [status.operation_id] if status.operation_id in today or not today else sorted(today):
            found[operation_id] = status
    return found
