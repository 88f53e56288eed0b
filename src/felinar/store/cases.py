"""Cases and their exhibits in the desk: only ever added.

| row      | says                                                                                          |
|----------|-----------------------------------------------------------------------------------------------|
| case     | what is being looked into, who opened it, why                                                  |
| change   | closed, reopened, or handed over to another person                                            |
| exhibit  | an operation, an advert or a note in a case; what was known of it when it was put there        |
| withdrawn| an exhibit that was taken out again; both rows stay written                                   |
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.store.desk import now, open_desk, writing
from felinar.store.watches import Who

KINDS = ("operation", "advert", "note")
CHANGES = ("closed", "reopened", "handed over")
LONGEST_NAME, LONGEST_NOTE = 200, 10_000  # characters
_EXHIBIT = "exhibit_id, case_id, kind, thing, frozen, actor, purpose, reason, made_at"


@dataclass(frozen=True)
class Case:
    """One case as it stands: `owner` is who works on it, `closed` the reason why it was closed, or empty."""

    case_id: int
    name: str
    actor: str
    purpose: str
    reason: str
    made_at: str
    owner: str = ""
    closed: str = ""


@dataclass(frozen=True)
class Exhibit:
    """One thing in a case. `thing` is an id, or the text of a note; `frozen` canonical JSON of what was known then."""

    exhibit_id: int
    case_id: int
    kind: str
    thing: str
    frozen: str
    actor: str
    purpose: str
    reason: str
    made_at: str

    @property
    def known_then(self) -> dict[str, Any]:
        """What was known when the exhibit was put into the case."""
        return dict(json.loads(self.frozen))


def open_case(path: Path, name: str, who: Who) -> int:
    """Write a case down and return its number."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise FelinarError(f"A case needs a name of 1 to {LONGEST_NAME} characters; this one has {len(name)}.")
    sql = "INSERT INTO cases (name, actor, purpose, reason, made_at) VALUES (?, ?, ?, ?, ?)"
    return _write(path, sql, (name, who.actor, who.purpose, who.reason, now()))


def change_case(path: Path, case_id: int, change: str, who: Who, *, owner: str = "") -> None:
    """Close a case, open it again, or hand it over to `owner`; FelinarError where that changes nothing."""
    if change not in CHANGES:
        raise ValueError(f"'{change}' is no change of a case")
    with open_desk(path) as connection, writing(connection):
        held = _held(connection, case_id)
        if change == "handed over" and (not owner.strip() or owner.strip() == held.owner):
            raise FelinarError(f"Case {case_id} is {held.owner}'s; name another person to hand it over to.")
        if change != "handed over" and (change == "closed") == bool(held.closed):
            raise FelinarError(f"Case {case_id} is {'closed' if held.closed else 'open'} already.")
        row = (case_id, change, owner.strip(), who.actor, who.purpose, who.reason, now())
        sql = """INSERT INTO case_changes (case_id, change, owner, actor, purpose, reason, made_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?)"""
        connection.execute(sql, row)


def add_exhibit(path: Path, case_id: int, kind: str, thing: str, frozen: dict[str, Any], who: Who) -> int:
    """Put a thing into an open case and return the number of the exhibit; one that is in it already is named."""
    if kind not in KINDS:
        raise ValueError(f"'{kind}' is no kind of exhibit")
    if kind == "note" and not 0 < len(thing.strip()) <= LONGEST_NOTE:
        raise FelinarError(f"A note needs 1 to {LONGEST_NOTE:,} characters; this one has {len(thing.strip()):,}.")
    with open_desk(path) as connection, writing(connection):
        if _held(connection, case_id).closed:
            raise FelinarError(f"Case {case_id} is closed; reopen it first: felinar cases reopen {case_id}.")
        for held in _exhibits(connection, case_id):
            if kind != "note" and (held.kind, held.thing) == (kind, thing):
                raise FelinarError(f"{kind} {thing} is in case {case_id} already, as exhibit {held.exhibit_id}.")
        row = (case_id, kind, thing, canonical_json(frozen), None, who.actor, who.purpose, who.reason, now())
        return _insert_exhibit(connection, row)


def withdraw_exhibit(path: Path, exhibit_id: int, who: Who) -> None:
    """Take an exhibit out of its case; what it said stays written."""
    with open_desk(path) as connection, writing(connection):
        sql = "SELECT case_id FROM exhibits WHERE exhibit_id = ?"
        (case_id,) = connection.execute(sql, (exhibit_id,)).fetchone() or (0,)
        held = {one.exhibit_id: one for one in _exhibits(connection, case_id)}
        if exhibit_id not in held:
            raise FelinarError(f"There is no exhibit {exhibit_id} in any case; nothing was taken out.")
        old = held[exhibit_id]
        row = (old.case_id, old.kind, old.thing, "{}", exhibit_id, who.actor, who.purpose, who.reason, now())
        _insert_exhibit(connection, row)


def cases(path: Path) -> list[Case]:
    """Return all cases as they stand, oldest first."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return _cases(connection)


def case(path: Path, case_id: int) -> Case:
    """Return one case; FelinarError where there is none."""
    found = next((one for one in cases(path) if one.case_id == case_id), None)
    if found is None:
        raise _no_case(case_id)
    return found


def exhibits(path: Path, case_id: int) -> list[Exhibit]:
    """Return the exhibits of a case that were not taken out, oldest first."""
    with open_desk(path) as connection:
        return _exhibits(connection, case_id)


def _no_case(case_id: int) -> FelinarError:
    return FelinarError(f"There is no case {case_id}. See them with: felinar cases list.")


def _held(connection: sqlite3.Connection, case_id: int) -> Case:
    found = next((one for one in _cases(connection) if one.case_id == case_id), None)
    if found is None:
        raise _no_case(case_id)
    return found


def _cases(connection: sqlite3.Connection) -> list[Case]:
    rows = connection.execute("SELECT case_id, name, actor, purpose, reason, made_at FROM cases ORDER BY case_id")
    found = {row[0]: replace(Case(*row), owner=row[2]) for row in rows}  # whoever opened it owns it
    for case_id, change, owner, reason in connection.execute(
        "SELECT case_id, change, owner, reason FROM case_changes ORDER BY change_id"
    ):
        new = {"owner": owner} if change == "handed over" else {"closed": reason if change == "closed" else ""}
        found[case_id] = replace(found[case_id], **new)
    return list(found.values())


def _exhibits(connection: sqlite3.Connection, case_id: int) -> list[Exhibit]:
    sql = f"""SELECT {_EXHIBIT} FROM exhibits WHERE case_id = ? AND withdraws IS NULL AND exhibit_id NOT IN
              (SELECT withdraws FROM exhibits WHERE withdraws IS NOT NULL) ORDER BY exhibit_id"""
    return [Exhibit(*row) for row in connection.execute(sql, (case_id,))]


def _insert_exhibit(connection: sqlite3.Connection, row: tuple[object, ...]) -> int:
    sql = """INSERT INTO exhibits (case_id, kind, thing, frozen, withdraws, actor, purpose, reason, made_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
    return int(connection.execute(sql, row).lastrowid or 0)


def _write(path: Path, sql: str, row: tuple[object, ...]) -> int:
    with open_desk(path) as connection, writing(connection):
        return int(connection.execute(sql, row).lastrowid or 0)
