"""Filters of the queue that somebody keeps under a name, for themselves or for all. Only ever added."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.store.desk import now, open_desk, writing

LONGEST_NAME = 60
_COLUMNS = "filter_id, name, wanted, shared, owner, purpose, made_at"


@dataclass(frozen=True)
class SavedFilter:
    """One filter: `wanted` gives a value for each field that is filtered for; `shared` shows it to everybody."""

    filter_id: int
    name: str
    wanted: dict[str, str]
    shared: bool
    owner: str
    purpose: str
    made_at: str


def add_filter(path: Path, name: str, wanted: Mapping[str, str], *, shared: bool, actor: str, purpose: str) -> int:
    """Keep a filter and return its number; FelinarError for a name that is none, or that this person has used."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise FelinarError(f"A filter needs a name of 1 to {LONGEST_NAME} characters; this one has {len(name)}.")
    with open_desk(path) as connection, writing(connection):
        if any((one.owner, one.name) == (actor, name) for one in _held(connection)):
            raise FelinarError(f"You keep a filter called '{name}' already; withdraw it first, or choose another name.")
        return _write(connection, (name, canonical_json(dict(wanted)), shared, None, actor, purpose, now()))


def withdraw_filter(path: Path, filter_id: int, *, actor: str, purpose: str) -> str:
    """Write down that a filter is not kept any more, and return its name; only its owner may."""
    with open_desk(path) as connection, writing(connection):
        old = next((one for one in _held(connection) if (one.filter_id, one.owner) == (filter_id, actor)), None)
        if old is None:
            raise FelinarError(f"You keep no filter {filter_id}; nothing was withdrawn.")
        wanted = canonical_json(old.wanted)
        _write(connection, (old.name, wanted, old.shared, filter_id, actor, purpose, now()))
        return old.name


def filters(path: Path, actor: str) -> list[SavedFilter]:
    """Return what a person keeps and what others share, by name; those that were withdrawn are left out."""
    with open_desk(path) as connection:
        return [one for one in _held(connection) if one.shared or one.owner == actor]


def _write(connection: sqlite3.Connection, row: tuple[object, ...]) -> int:
    sql = """INSERT INTO saved_filters (name, wanted, shared, withdraws, owner, purpose, made_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)"""
    return int(connection.execute(sql, row).lastrowid or 0)


def _held(connection: sqlite3.Connection) -> list[SavedFilter]:
    sql = f"""SELECT {_COLUMNS} FROM saved_filters WHERE withdraws IS NULL AND filter_id NOT IN
              (SELECT withdraws FROM saved_filters WHERE withdraws IS NOT NULL) ORDER BY name, filter_id"""
    return [
        SavedFilter(number, name, json.loads(wanted), bool(shared), *rest)
        for number, name, wanted, shared, *rest in connection.execute(sql)
    ]
