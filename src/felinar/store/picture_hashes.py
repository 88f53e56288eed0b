"""What a stored picture is found by: its hashes and points, as a run publishes them beside the thumbnails.

Only this is asked when somebody searches with a picture; the tables of the pipeline stay closed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.errors import WorkspaceProblem

# Near hashes are 32 bytes, high byte first; NULL where there is none, or too little to see (quality below 50).
TABLES = """
CREATE TABLE hashes (sha256 TEXT PRIMARY KEY, md5 TEXT, sha1 TEXT, pdq BLOB, trimmed BLOB, canonical BLOB)
    WITHOUT ROWID;
CREATE INDEX hashes_by_md5 ON hashes (md5);
CREATE INDEX hashes_by_sha1 ON hashes (sha1);
CREATE TABLE points (sha256 TEXT PRIMARY KEY, points BLOB NOT NULL);
"""
# Of more pictures than these no points are published: 13 KB each, and looking for parts would take minutes.
MOST_WITH_POINTS = 50_000
NEAR = ("pdq", "trimmed", "canonical")
EXACT = ("sha256", "md5", "sha1")
_AT_ONCE = 2_000  # pictures whose points stand in memory together: some 25 MB


class Near(NamedTuple):
    """All near hashes of one kind: the SHA-256 of each picture, and 4 words of 64 bits a row."""

    names: list[str]
    words: NDArray[np.uint64]


class PictureHashes:
    """A reader of what stored pictures are found by; nothing is there before the first picture was published."""

    def __init__(self, path: Path):
        self._path = path

    def exact(self, kind: str, digits: str) -> list[str]:
        """Return the pictures with this exact hash (`kind` is one of EXACT)."""
        return [name for (name,) in self._rows(f"SELECT sha256 FROM hashes WHERE {kind} = ? ORDER BY 1", digits)]

    def near(self, kind: str) -> Near:
        """Return all hashes of a kind of NEAR, by name."""
        rows = list(self._rows(f"SELECT sha256, {kind} FROM hashes WHERE {kind} IS NOT NULL ORDER BY 1"))
        words = np.frombuffer(b"".join(row[1] for row in rows), ">u8").reshape(-1, 4)
        return Near([row[0] for row in rows], words.astype(np.uint64))

    def points(self) -> Iterator[list[tuple[str, bytes]]]:
        """Return (SHA-256, points) of the pictures that have some, by name, some thousands at a time."""
        rows = self._rows("SELECT sha256, points FROM points ORDER BY 1")
        while some := list(islice(rows, _AT_ONCE)):
            yield some

    def _rows(self, sql: str, *parameters: str) -> Iterator[tuple[Any, ...]]:
        if not self._path.is_file():
            return
        try:
            with closing(sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
                yield from connection.execute(sql, parameters)
        except sqlite3.DatabaseError as problem:
            raise WorkspaceProblem(
                f"{self._path} cannot be searched ({problem}); `felinar run` writes it anew."
            ) from None
