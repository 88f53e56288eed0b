"""NSRL, version 3 (SQLite): files that are known, not files that are good; a list to leave out, never an alert."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from felinar.errors import UnreadableInput
from felinar.hashlists.entry import Entry, Problem, text_of
from felinar.hashlists.formats.contract import IGNORE, Format
from felinar.hashlists.formats.nsrl2 import is_picture
from felinar.hashlists.source import Source, is_gzip

_MAGIC = b"SQLite format 3\0"
_TABLES = ("file", "metadata")  # FILE is a view over METADATA in the full edition, a table in the small one
_HASHES = ("sha1", "md5", "sha256")


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the picture files, by their SHA-1; the database is only read, and no code in it is run."""
    if source.member or is_gzip(source.path):
        raise UnreadableInput(f"{source.name} is a packed database. Unpack it, then import the file itself.")
    address = f"{source.path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            yield from _rows(connection, source)
    except sqlite3.Error as problem:
        yield Problem("database", f"it cannot be read ({problem})", damaged=True)


def _rows(connection: sqlite3.Connection, source: Source) -> Iterator[Entry]:
    table, columns = _table(connection, source)
    hashes = [name for name in _HASHES if name in columns]
    named = next((name for name in ("file_name", "extension") if name in columns), "")
    chosen = ", ".join(f'"{name}"' for name in [*hashes, *([named] if named else [])])
    for number, row in enumerate(connection.execute(f'SELECT {chosen} FROM "{table}"'), start=1):
        values = [text_of(value) for value in row]
        name = values[len(hashes)] if named else ""
        if named and not is_picture(name if named == "file_name" else f".{name.lstrip('.')}"):
            continue
        found = tuple((kind, value) for kind, value in zip(hashes, values, strict=False) if value)
        if found:
            yield Entry(found[0][1].lower(), found, f"row {number:,}")


def _table(connection: sqlite3.Connection, source: Source) -> tuple[str, list[str]]:
    """Return the table or view with the files and its columns, in lower case."""
    there = {name.lower(): name for (name,) in connection.execute("SELECT name FROM sqlite_schema ORDER BY name")}
    for wanted in _TABLES:
        if wanted in there:
            name = there[wanted].replace('"', '""')
            columns = [row[1].lower() for row in connection.execute(f'PRAGMA table_info("{name}")')]
            if set(columns) & set(_HASHES):
                return name, columns
    raise UnreadableInput(f"{source.name} is a database without the table FILE or METADATA of the NSRL.")


def _recognises(source: Source) -> bool:
    return source.head.startswith(_MAGIC)


FORMAT = Format("nsrl3", "NSRL version 3 (SQLite), known files", _recognises, read, role=IGNORE)
