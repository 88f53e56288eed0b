"""Write to the log, and check it. An event is on the disk before anything that it speaks of is shown."""

from __future__ import annotations

import getpass
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any, Protocol

from felinar.audit.chain import START, Event, first_break
from felinar.audit.contact import log_key, without_contacts
from felinar.errors import CheckFailed, PurposeMissing
from felinar.ids import canonical_json
from felinar.store.desk import now, open_desk, writing

_COLUMNS = "seq, at, actor, action, purpose, details, previous_sha256, sha256"


class _HasPurpose(Protocol):
    @property
    def purpose(self) -> str: ...


class Place(Protocol):
    """What the log needs of a workspace."""

    @property
    def folder(self) -> Path:
        """The folder of the workspace."""

    @property
    def desk(self) -> Path:
        """The file that holds the log."""

    @property
    def config(self) -> _HasPurpose:
        """The settings, of which the log needs the purpose."""


def actor() -> str:
    """Return who is at work: FELINAR_ACTOR, else the name of the operating system's user."""
    given = os.environ.get("FELINAR_ACTOR", "").strip()
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a user table
        return f"uid {os.getuid()}"


def log(workspace: Place, action: str, details: Mapping[str, Any], *, who: str = "", purpose: str = "") -> Event:
    """Append an event and return it once it is on the disk; values wrapped in `Contact` become keyed hashes.

    `who` and `purpose` are those of a signed-in session; without them the user of the machine and the workspace speak.
    """
    purpose = purpose.strip() or workspace.config.purpose.strip()
    if not purpose:
        raise PurposeMissing(f"Nothing is shown without a purpose: state one in {workspace.folder}/felinar.toml.")
    text = canonical_json(without_contacts(details, log_key(workspace.folder)))
    with open_desk(workspace.desk) as connection, writing(connection):
        last = connection.execute("SELECT seq, sha256 FROM events ORDER BY seq DESC LIMIT 1").fetchone() or (0, START)
        event = Event(last[0] + 1, now(), who or actor(), action, purpose, text, last[1])
        event = replace(event, sha256=event.expected_sha256())
        connection.execute(f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(event))
    return event


def _read(connection: sqlite3.Connection) -> Iterator[Event]:
    for row in connection.execute(f"SELECT {_COLUMNS} FROM events ORDER BY seq"):
        yield Event(*row)


def events(desk: Path, last: int | None = None) -> list[Event]:
    """Return the events, oldest first; only the last so many where a number is given."""
    if not desk.is_file():
        return []
    with open_desk(desk) as connection:
        if last is None:
            return list(_read(connection))
        sql = f"SELECT {_COLUMNS} FROM events ORDER BY seq DESC LIMIT ?"
        return [Event(*row) for row in connection.execute(sql, (last,))][::-1]


def events_before(desk: Path, seq: int | None, most: int, *, who: str = "", action: str = "") -> list[Event]:
    """Return up to `most` events with a smaller number than `seq` (None: the newest), newest first, of this person."""
    sql = f"""SELECT {_COLUMNS} FROM events WHERE seq < ? AND (? = '' OR actor = ?) AND (? = '' OR action = ?)
              ORDER BY seq DESC LIMIT ?"""
    newest = (1 << 62) if seq is None else seq
    with open_desk(desk) as connection:
        return [Event(*row) for row in connection.execute(sql, (newest, who, who, action, action, most))]


def verify(desk: Path, head: str = "") -> tuple[int, str]:
    """Return the number of events and the hash of the last one; CheckFailed names the first event that does not hold.

    Whoever can write the file can also cut off its end or make it anew: a head that was noted elsewhere (`head`)
    shows both, because it must still be in the chain.
    """
    chain = events(desk)
    broken = first_break(chain)
    if broken:
        raise CheckFailed(f"The log in {desk} is broken. {broken} Keep a copy and tell whoever answers for the data.")
    if head and head not in {event.sha256 for event in chain}:
        raise CheckFailed(f"The log in {desk} holds no event with the hash {head}: its end was cut off or rewritten.")
    return len(chain), chain[-1].sha256 if chain else START
