"""`desk.sqlite`: judgements, statuses, runs and the log; transactional, append-only, safe against kill -9."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from felinar.errors import FelinarError, WorkspaceProblem
from felinar.ids import canonical_json
from felinar.store.migrate import migrate

SCOPES = {"advert": ("same", "different", "unsure"), "operation": ("same", "different", "unsure")}
SCOPES["key"] = ("hub", "not a hub", "unsure")
_COLUMNS = "judgement_id, scope, left, right, verdict, withdraws, adverts, actor, purpose, reason, made_at"


@dataclass(frozen=True)
class Judgement:
    """One decision of a person. `left` and `right` are ids as text, in order; kind and value of a key.

    `adverts` is canonical JSON of the adverts on either side at that time: {"left": […], "right": […]}.
    """

    judgement_id: int
    scope: str
    left: str
    right: str
    verdict: str
    withdraws: int | None
    adverts: str
    actor: str
    purpose: str
    reason: str
    made_at: str


class ContradictionError(FelinarError):
    """A judgement that cannot hold together with those before it."""


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


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    # FULL: what was committed outlives a power cut, not only a crash.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    migrate(connection, path)


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
        connection.execute("ROLLBACK")
        raise


def judgements(path: Path) -> list[Judgement]:
    """Return the judgements that hold, oldest first; those withdrawn, and the withdrawals, are left out."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return _active(connection)


def _active(connection: sqlite3.Connection) -> list[Judgement]:
    sql = f"""SELECT {_COLUMNS} FROM judgements WHERE verdict <> 'withdrawn'
              AND judgement_id NOT IN (SELECT withdraws FROM judgements WHERE withdraws IS NOT NULL)
              ORDER BY judgement_id"""
    return [_judgement(row) for row in connection.execute(sql)]


def _judgement(row: tuple[Any, ...]) -> Judgement:
    fields = dict(zip(_COLUMNS.split(", "), row, strict=True))
    return Judgement(**fields)


def add_judgement(
    path: Path,
    *,
    scope: str,
    left: str | int,
    right: str | int = "",
    verdict: str,
    actor: str,
    purpose: str,
    reason: str,
    left_adverts: Iterable[int] = (),
    right_adverts: Iterable[int] = (),
) -> int:
    """Write a judgement down and return its number; a contradiction to an earlier one is refused with a sentence.

    `left_adverts` and `right_adverts` are the adverts of two operations at this time, to which the judgement is bound.
    """
    if verdict not in SCOPES.get(scope, ()):
        raise FelinarError(f"'{verdict}' cannot be said of '{scope}'. Known: {_known()}.")
    sides = [(str(left), sorted(left_adverts)), (str(right), sorted(right_adverts))]
    (one, ones), (other, others) = sides if scope == "key" else sorted(sides)
    if scope != "key" and (one == other or not one):
        raise FelinarError(f"A judgement on {scope}s needs two different ids; given were '{left}' and '{right}'.")
    with open_desk(path) as connection, writing(connection):
        refuse_contradiction(_active(connection), scope, one, other, verdict)
        row = (
            scope,
            one,
            other,
            verdict,
            canonical_json({"left": ones, "right": others}),
            actor,
            purpose,
            reason,
            now(),
        )
        sql = """INSERT INTO judgements (scope, left, right, verdict, adverts, actor, purpose, reason, made_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
        return int(connection.execute(sql, row).lastrowid or 0)


def withdraw_judgement(path: Path, judgement_id: int, *, actor: str, purpose: str, reason: str) -> int:
    """Write down that an earlier judgement no longer holds, and return the number of the withdrawal."""
    with open_desk(path) as connection, writing(connection):
        held = {j.judgement_id: j for j in _active(connection)}
        if judgement_id not in held:
            raise FelinarError(f"There is no judgement {judgement_id} that still holds; nothing was withdrawn.")
        j = held[judgement_id]
        row = (j.scope, j.left, j.right, judgement_id, j.adverts, actor, purpose, reason, now())
        sql = """INSERT INTO judgements
                 (scope, left, right, verdict, withdraws, adverts, actor, purpose, reason, made_at)
                 VALUES (?, ?, ?, 'withdrawn', ?, ?, ?, ?, ?, ?)"""
        return int(connection.execute(sql, row).lastrowid or 0)


def refuse_contradiction(held: Sequence[Judgement], scope: str, left: str, right: str, verdict: str) -> None:
    """Raise ContradictionError where a verdict cannot hold with those before it, also over a chain of "same"."""
    of_scope = [j for j in held if j.scope == scope]
    if scope == "key":
        clash = next(
            (
                j
                for j in of_scope
                if (j.left, j.right) == (left, right) and {j.verdict, verdict} == {"hub", "not a hub"}
            ),
            None,
        )
    elif verdict == "unsure":
        return
    else:
        clash = _clash_of_pairs(of_scope, left, right, verdict)
    if clash is not None:
        pair = f"{clash.left} and {clash.right}" if clash.right else clash.left
        raise ContradictionError(
            f"Judgement {clash.judgement_id} ({clash.actor}, {clash.made_at[:10]}) says '{clash.verdict}' of {scope} "
            f"{pair}; '{verdict}' of {left}{f' and {right}' if right else ''} contradicts it. Withdraw that one first."
        )


def _clash_of_pairs(held: Sequence[Judgement], left: str, right: str, verdict: str) -> Judgement | None:
    same = [j for j in held if j.verdict == "same"]
    if verdict == "different":
        joined = _joined_with(left, same)
        return next((j for j in reversed(same) if j.left in joined), None) if right in joined else None
    one, other = _joined_with(left, same), _joined_with(right, same)
    for j in held:
        crossing = (j.left in one and j.right in other) or (j.left in other and j.right in one)
        if j.verdict == "different" and crossing:
            return j
    return None


def _joined_with(start: str, same: Sequence[Judgement]) -> set[str]:
    """Return everything that a chain of "same" ties to the start, with the start."""
    reached, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for j in same:
            if at in (j.left, j.right):
                there = j.right if j.left == at else j.left
                if there not in reached:
                    reached.add(there)
                    waiting.append(there)
    return reached


def add_status(
    path: Path, *, operation_id: int, status: str, actor: str, purpose: str, reason: str, adverts: Iterable[int]
) -> int:
    """Write down how far a person is with an operation, with its adverts at that time; return the number."""
    row = (operation_id, status, json.dumps(sorted(adverts)), actor, purpose, reason, now())
    sql = """INSERT INTO statuses (operation_id, status, adverts, actor, purpose, reason, made_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)"""
    with open_desk(path) as connection:
        return int(connection.execute(sql, row).lastrowid or 0)


def add_run_event(path: Path, *, run_id: str, event: str, details: str = "{}") -> None:
    """Write down that a run began, ended or stopped (`event`), with details as canonical JSON."""
    with open_desk(path) as connection:
        sql = "INSERT INTO runs (run_id, event, details, made_at) VALUES (?, ?, ?, ?)"
        connection.execute(sql, (run_id, event, details, now()))


def _known() -> str:
    return "; ".join(f"{scope}: {', '.join(verdicts)}" for scope, verdicts in sorted(SCOPES.items()))
