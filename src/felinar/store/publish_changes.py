"""What a run changed since the last publication, seen from its files alone: none that both know is read.

| tables                                      | how                                                           |
|---------------------------------------------|---------------------------------------------------------------|
| adverts, mentions, sightings, images        | grow by files; where one is gone, all is published anew       |
| memberships, slot values, links, keys,      | files that are gone and new ones are compared by their prints |
| operations, hits, templates                 |                                                               |
| leads, facets, facts                        | small: always written anew                                    |
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from felinar.store.lake import Lake, Part
from felinar.store.publish_columns import KEY_COLUMNS, key_numbers
from felinar.store.publish_prints import Ints, Prints, changed, prints_of
from felinar.store.published_schema import PUBLISHED_VERSION, SLOT_CELLS

GROWING = ("adverts", "mentions", "sightings", "images")
OPERATIONS = ("adverts", "first_seen", "last_seen", "places", "names", "weakest_link", "previous_ids", "history")
HITS = ("indicator", "version", "grade", "weight", "share", "evidence", "advert_ids")
TEMPLATES = ("tokens", "slots", "adverts", "bits_saved")


class Compared(NamedTuple):
    """A table whose rows are compared: all rows of one `by` together, in these columns."""

    table: str
    by: str
    columns: tuple[str, ...]


# `ties` are the links without their weights: an advert whose ties are the same has the same uncertain mentions.
COMPARED = {
    "memberships": Compared("memberships", "advert_id", ("operation_id",)),
    "slot_values": Compared("slot_values", "advert_id", SLOT_CELLS),
    "links": Compared("links", "advert_id", ("key_kind", "key_id", "millibits", "evidence")),
    "ties": Compared("links", "advert_id", ("key_kind", "key_id")),
    "keys": Compared("keys", "key_no", KEY_COLUMNS),
    "operations": Compared("operations", "operation_id", OPERATIONS),
    "hits": Compared("hits", "operation_id", HITS),
    "templates": Compared("templates", "template_id", TEMPLATES),
}


@dataclass(frozen=True)
class Changes:
    """The files that came and, by their SHA-256, those that went since the publication in a file."""

    came: Mapping[str, Sequence[Part]]
    went: Mapping[str, Sequence[str]]

    def new_adverts(self) -> int:
        """Return how many adverts are new."""
        return sum(part.rows for part in self.came["adverts"])


def changes_since(published: Path, lake: Lake) -> Changes | None:
    """Return what changed since this publication; None where it cannot be built upon."""
    known = _parts_in(published)
    if known is None:
        return None
    now = {name: lake.manifest().tables.get(_table(name), []) for name in (*GROWING, *COMPARED)}
    here = {name: {part.sha256 for part in parts} for name, parts in now.items()}
    went = {name: sorted(known.get(name, set()) - here[name]) for name in now}
    if any(went[name] for name in GROWING):
        return None
    return Changes({name: [p for p in now[name] if p.sha256 not in known.get(name, set())] for name in now}, went)


def parts_of(lake: Lake, parts: Mapping[str, Sequence[Part]]) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Return the rows of the table `parts` for these files: name, SHA-256, ids and prints of what they hold."""
    for name in GROWING:
        yield from ((name, part.sha256, b"", b"") for part in parts.get(name, ()))
    for name in COMPARED:
        for part in parts.get(name, ()):
            found = _prints(lake, part, COMPARED[name])
            yield name, part.sha256, found.ids.tobytes(), found.sums.tobytes()


def all_parts(lake: Lake) -> dict[str, list[Part]]:
    """Return all files of what is published, by the names of GROWING and COMPARED."""
    tables = lake.manifest().tables
    return {name: tables.get(_table(name), []) for name in (*GROWING, *COMPARED)}


def changed_ids(
    connection: sqlite3.Connection, changes: Changes, came: Sequence[tuple[str, str, bytes, bytes]]
) -> dict[str, Ints]:
    """Return the ids, ascending, of what differs in each compared table; `came` are the rows of `parts_of`."""
    return {
        name: changed(
            [_read(*_stored(connection, name, sha256)) for sha256 in changes.went[name]],
            [_read(ids, sums) for table, _, ids, sums in came if table == name],
        )
        for name in COMPARED
    }


def _table(name: str) -> str:
    return COMPARED[name].table if name in COMPARED else name


def _parts_in(published: Path) -> dict[str, set[str]] | None:
    """Return the files that a publication was made from; None where it is missing, damaged or of another version."""
    try:
        with closing(sqlite3.connect(f"{published.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA user_version").fetchone() != (PUBLISHED_VERSION,):
                return None
            rows = connection.execute("SELECT name, sha256 FROM parts").fetchall()
    except sqlite3.DatabaseError:
        return None
    found: dict[str, set[str]] = {}
    for name, sha256 in rows:
        found.setdefault(name, set()).add(sha256)
    return found or None


def _prints(lake: Lake, part: Part, compared: Compared) -> Prints:
    given = ("key_kind", "key_id") if compared.by == "key_no" else (compared.by,)
    table = lake.read_part(part, list(dict.fromkeys([*given, *compared.columns])))
    ids = key_numbers(table) if compared.by == "key_no" else table[compared.by].to_numpy()
    return prints_of(ids, table.select(list(compared.columns)))


def _stored(connection: sqlite3.Connection, name: str, sha256: str) -> tuple[bytes, bytes]:
    asked = "SELECT ids, sums FROM parts WHERE name = ? AND sha256 = ?"
    ids, sums = connection.execute(asked, (name, sha256)).fetchone()
    return bytes(ids), bytes(sums)


def _read(ids: bytes, sums: bytes) -> Prints:
    return Prints(np.frombuffer(ids, "<i8"), np.frombuffer(sums, "<u8"))
