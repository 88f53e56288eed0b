"""A file as a provider of lists delivers it: plain, gzipped or in a ZIP; UTF-8 or UTF-16, marked as such or not."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from felinar.errors import UnreadableInput

HEAD = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A ZIP of a case may hold the pictures themselves: of its files only those that can be lists are opened.
_MAY_BE_LIST = ("", ".json", ".xml", ".csv", ".txt", ".te", ".hash", ".md5", ".sha1")


class Source:
    """One file, or one file of a ZIP, that can be read from its beginning as often as wanted."""

    def __init__(self, path: Path, member: str = "") -> None:
        self.path = path
        self.member = member
        self.name = f"{path.name}:{member}" if member else path.name
        with self.bytes() as stream:
            self.head = stream.read(HEAD)

    @contextmanager
    def bytes(self) -> Iterator[BinaryIO]:
        """Yield its unpacked bytes."""
        with self._opened() as stream:
            yield stream

    @contextmanager
    def text(self) -> Iterator[TextIO]:
        """Yield its characters; what is no character of its encoding comes as a replacement, and so into no hash."""
        with self.bytes() as stream:
            yield io.TextIOWrapper(stream, encoding=self.encoding, errors="replace", newline="")

    @property
    def encoding(self) -> str:
        """The encoding that its first bytes tell; UTF-8 where they tell nothing."""
        return next((name for mark, name in _MARKS if self.head.startswith(mark)), "utf-8")

    @property
    def start(self) -> str:
        """Its first characters, for finding out what it is."""
        return self.head.decode(self.encoding, "replace").lstrip("\ufeff \t\r\n")

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        try:
            if self.member:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as inside:
                    yield cast(BinaryIO, inside)
            elif is_gzip(self.path):
                with gzip.open(self.path) as unpacked:
                    yield cast(BinaryIO, unpacked)
            else:
                with self.path.open("rb") as plain:
                    yield plain
        except (
            EOFError,
            zlib.error,
            zipfile.BadZipFile,
            gzip.BadGzipFile,
            NotImplementedError,
            RuntimeError,
        ) as problem:
            raise UnreadableInput(f"{self.name} cannot be unpacked: {problem}. Get the file again.") from None


def is_gzip(path: Path) -> bool:
    """Say whether a file is gzipped, by its first bytes."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as it lies on disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sources_of(path: Path) -> list[Source]:
    """Return the file, or in the order of their names those files of a ZIP that may be lists."""
    try:
        if not zipfile.is_zipfile(path) or is_gzip(path):
            return [Source(path)]
        with zipfile.ZipFile(path) as archive:
            names = sorted(one.filename for one in archive.infolist() if not one.is_dir())
        return [Source(path, name) for name in names if Path(name).suffix.lower() in _MAY_BE_LIST]
    except OSError as problem:
        raise UnreadableInput(f"{path} cannot be read: {problem.strerror}. Check the name.") from None
