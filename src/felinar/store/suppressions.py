"""Suppressions in the desk: "stop surfacing this contact". The contact stands there only as a keyed hash."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.store.desk import now, open_desk, writing

_COLUMNS = "suppression_id, kind, contact_hmac, signs, until, actor, purpose, reason, made_at"


@dataclass(frozen=True)
class Suppression:
    """One contact that is not surfaced until a day; `signs` are the structural indicators known when it was set."""

    suppression_id: int
    kind: str
    contact_hmac: str
    signs: str
    until: str
    actor: str
    purpose: str
    reason: str
    made_at: str

    @property
    def known_signs(self) -> frozenset[str]:
        """The structural indicators that were known when it was set."""
        return frozenset(json.loads(self.signs))


def suppressions(path: Path) -> list[Suppression]:
    """Return the suppressions that nobody lifted, oldest first; those past their day are among them."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return _held(connection)


def add_suppression(
    path: Path, kind: str, contact_hmac: str, signs: Iterable[str], until: str, *, actor: str, purpose: str, reason: str
) -> int:
    """Write a suppression down and return its number; one that goes on already is named instead."""
    with open_desk(path) as connection, writing(connection):
        for held in _held(connection):
            if (held.kind, held.contact_hmac) == (kind, contact_hmac) and held.until >= now()[:10]:
                raise FelinarError(f"Suppression {held.suppression_id} holds this contact until {held.until} already.")
        row = (kind, contact_hmac, canonical_json(sorted(signs)), until, None, actor, purpose, reason, now())
        return _write(connection, row)


def lift_suppression(path: Path, number: int, *, actor: str, purpose: str, reason: str) -> None:
    """Write down that a suppression no longer holds; FelinarError where there is none."""
    with open_desk(path) as connection, writing(connection):
        held = {one.suppression_id: one for one in _held(connection)}
        if number not in held:
            raise FelinarError(f"There is no suppression {number} that holds; nothing was lifted.")
        old = held[number]
        _write(connection, (old.kind, old.contact_hmac, old.signs, old.until, number, actor, purpose, reason, now()))


def _write(connection: sqlite3.Connection, row: tuple[object, ...]) -> int:
    sql = """INSERT INTO suppressions (kind, contact_hmac, signs, until, lifts, actor, purpose, reason, made_at)
             VALUES (?,?,?,?,?,?,?,?,?)"""
    return int(connection.execute(sql, row).lastrowid or 0)


def _held(connection: sqlite3.Connection) -> list[Suppression]:
    sql = f"""SELECT {_COLUMNS} FROM suppressions WHERE lifts IS NULL AND suppression_id NOT IN
              (SELECT lifts FROM suppressions WHERE lifts IS NOT NULL) ORDER BY suppression_id"""
    return [Suppression(*row) for row in connection.execute(sql)]
