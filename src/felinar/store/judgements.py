"""Judgements: what people decided about adverts, operations and keys; only ever added, a contradiction is refused.

| scope             | verdicts                   | about                                                             |
|-------------------|----------------------------|-------------------------------------------------------------------|
| advert, operation | same, different, unsure    | two ids; of operations also the adverts that they held then       |
| key               | hub, not a hub, unsure     | one key, by kind and value                                        |
| any               | withdrawn                  | an earlier judgement, which no longer holds but stays written     |
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.store.contradictions import clash
from felinar.store.desk import now, open_desk, writing

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


def judgements(path: Path) -> list[Judgement]:
    """Return the judgements that hold, oldest first; those withdrawn, and the withdrawals, are left out."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return _active(connection)


def all_judgements(path: Path) -> list[Judgement]:
    """Return everything that was ever judged, oldest first, with what was withdrawn and the withdrawals."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return [
            _judgement(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM judgements ORDER BY judgement_id")
        ]


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
        adverts = canonical_json({"left": ones, "right": others})
        new = Judgement(0, scope, one, other, verdict, None, adverts, actor, purpose, reason, "")
        refuse_contradiction(_active(connection), new)
        return _write(connection, scope, one, other, verdict, None, adverts, actor, purpose, reason)


def withdraw_judgement(path: Path, judgement_id: int, *, actor: str, purpose: str, reason: str) -> int:
    """Write down that an earlier judgement no longer holds, and return the number of the withdrawal."""
    with open_desk(path) as connection, writing(connection):
        held = {j.judgement_id: j for j in _active(connection)}
        if judgement_id not in held:
            raise FelinarError(f"There is no judgement {judgement_id} that still holds; nothing was withdrawn.")
        j = held[judgement_id]
        said = (j.scope, j.left, j.right, "withdrawn", judgement_id, j.adverts)
        return _write(connection, *said, actor, purpose, reason)


def _write(connection: sqlite3.Connection, *row: str | int | None) -> int:
    """Add a row (all columns but the number and the time) and return its number."""
    sql = f"INSERT INTO judgements ({_COLUMNS.partition(', ')[2]}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    return int(connection.execute(sql, (*row, now())).lastrowid or 0)


def refuse_contradiction(held: Sequence[Judgement], new: Judgement) -> None:
    """Raise ContradictionError where a verdict cannot hold with those before it, also over a chain of "same"."""
    old = clash(held, new)
    if old is not None:
        raise ContradictionError(
            f"Judgement {old.judgement_id} ({old.actor}, {old.made_at[:10]}) says '{old.verdict}' of {_about(old)}; "
            f"'{new.verdict}' of {_about(new)} contradicts it. Withdraw that one first."
        )


def _about(judgement: Judgement) -> str:
    """Return what a judgement is about: "advert 1 and 2", "key phone +447700900123"."""
    tie = " " if judgement.scope == "key" else " and "
    return f"{judgement.scope} {judgement.left}{tie}{judgement.right}"


def _known() -> str:
    return "; ".join(f"{scope}: {', '.join(verdicts)}" for scope, verdicts in sorted(SCOPES.items()))
