"""Open `published.sqlite` and give its rows as dictionaries; what is asked of it stands in `published.py`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from felinar.errors import WorkspaceProblem
from felinar.store.published_schema import (
    MENTION_CELLS,
    PICTURE_CELLS,
    PUBLISHED_VERSION,
    SIGHTING_CELLS,
    SLOT_CELLS,
    unpack,
)

Row = dict[str, Any]
_LISTS = {"places", "names", "previous_ids", "reasons_for", "reasons_against", "advert_ids", "tokens", "slots"}
_PACKED = {"mentions": MENTION_CELLS, "slots": SLOT_CELLS, "sightings": SIGHTING_CELLS, "pictures": PICTURE_CELLS}
_MANY = 500  # parameters in one IN (…)


class PublishedRows:
    """An open published file, read-only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return a reader; WorkspaceProblem when nothing was published yet or by another version of felinar."""
        if not path.is_file():
            raise WorkspaceProblem(f"Nothing is published in {path.parent} yet; run `felinar run` first.")
        connection = None
        try:
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        except sqlite3.DatabaseError as problem:
            if connection is not None:
                connection.close()
            raise WorkspaceProblem(f"{path} cannot be read ({problem}); run `felinar run` to make it again.") from None
        if version != PUBLISHED_VERSION:
            connection.close()
            raise WorkspaceProblem(
                f"{path} is of version {version}, this felinar reads {PUBLISHED_VERSION}; run `felinar run` first."
            )
        return cls(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __del__(self) -> None:
        """Let go of the file when nobody reads any more; in another thread SQLite refuses, and Python does it."""
        with suppress(sqlite3.ProgrammingError):
            self._connection.close()

    @contextmanager
    def _rows(self, sql: str, *parameters: Any) -> Iterator[Iterator[Row]]:
        try:
            with closing(self._connection.execute(sql, parameters)) as cursor:
                names = [column[0] for column in cursor.description]
                yield (_decoded(dict(zip(names, row, strict=True))) for row in cursor)
        except sqlite3.DatabaseError as problem:
            raise WorkspaceProblem(
                f"published.sqlite is damaged ({problem}); run `felinar run` to make it again."
            ) from None

    def _all(self, sql: str, *parameters: Any) -> list[Row]:
        with self._rows(sql, *parameters) as rows:
            return list(rows)

    def _one(self, sql: str, *parameters: Any) -> Row | None:
        return next(iter(self._all(sql, *parameters)), None)

    def _many(self, sql: str, values: list[int] | list[str]) -> Iterator[Row]:
        for start in range(0, len(values), _MANY):
            part = values[start : start + _MANY]
            yield from self._all(sql.format(",".join("?" * len(part))), *part)


def _decoded(row: Row) -> Row:
    for name in row.keys() & _LISTS if "mentions" not in row else ():
        row[name] = json.loads(row[name] or "[]")
    if "mentions" in row:
        for name, cells in _PACKED.items():
            row[name] = unpack(row[name], cells)
    return row
