"""What every way in shares: raw rows, what was wrong with them, and the batch that goes on to the stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from felinar.store.originals import Lines

BATCH_RECORDS = 1_000
BATCH_BYTES = 32 << 20
LINE_LIMIT = 16 << 20
SHORTENED = 80


@dataclass(frozen=True)
class Reject:
    """One thing that was wrong. `error`: the row is left out; `warning`: a field is empty or mended; `note`: fine."""

    severity: str
    file: str
    row: int
    column: str
    reason: str
    value: str


@dataclass(frozen=True)
class Batch:
    """At most 1,000 records: `records[i]`, row i of `adverts` and `captured_at[i]` belong together.

    `adverts` may hold the same advert twice. `bytes_read` is how far into the file (as it lies on disk) we are.
    """

    records: Sequence[bytes] | Lines
    adverts: pa.Table
    captured_at: pa.Array
    images: pa.Table
    rejects: list[Reject]
    bytes_read: int


@dataclass(slots=True)
class Row:
    """One row as its format gave it: its number from 0, its original bytes, column -> text or JSON value."""

    number: int
    record: bytes
    cells: dict[str, Any]


class Problems:
    """Collects what is wrong with one file; a note is kept once per column and reason."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Reject] = []
        self._noted: set[tuple[str, str]] = set()

    def error(self, row: int, reason: str, value: str = "", column: str = "") -> None:
        """Remember that this row is left out."""
        self.found.append(Reject("error", self.file, row, column, reason, shorten(value)))

    def warning(self, row: int, column: str, reason: str, value: str = "") -> None:
        """Remember that a field of this row was left empty or mended."""
        self.found.append(Reject("warning", self.file, row, column, reason, shorten(value)))

    def note(self, column: str, reason: str) -> None:
        """Remember something about the whole file, once."""
        if (column, reason) not in self._noted:
            self._noted.add((column, reason))
            self.found.append(Reject("note", self.file, 0, column, reason, ""))

    def take(self) -> list[Reject]:
        """Return what was found since the last call."""
        found, self.found = self.found, []
        return found


def shorten(value: str) -> str:
    """Return at most 80 characters of a value on one line, without characters that no terminal can show."""
    flat = " ".join(value[: 4 * SHORTENED].split())
    plain = "".join(c if c.isprintable() else "\ufffd" for c in flat)
    return plain if len(plain) <= SHORTENED else plain[: SHORTENED - 1] + "…"
