"""Open a file, whatever it is packed in, as a stream of bytes that tells how far it got and when it is broken.

gzip, zstd and ZIP are told by their first bytes, not by their names. A member of more than 1 GB that grew more than
200-fold is a bomb, and is stopped.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from felinar.errors import UnreadableInput
from felinar.sources.contract import shorten

BOMB_BYTES = 1 << 30
BOMB_RATIO = 200
HEAD_BYTES = 1 << 20
_GZIP, _ZSTD, _ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
BROKEN = (
    EOFError,
    OSError,
    LookupError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)  # what the unpackers raise on damaged bytes, found by changing bytes at random


class Stream:
    """Bytes of one member; `read` says in one sentence when the packing is broken, `position` is the place on disk."""

    def __init__(self, inner: Any, disk: IO[bytes], name: str, packed: int) -> None:
        self._inner, self.disk, self._name, self._packed, self._out = inner, disk, name, packed, 0
        self._size = os.fstat(disk.fileno()).st_size

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end."""
        try:
            piece = bytes(self._inner.read(size))
        except BROKEN as problem:
            raise UnreadableInput(
                f"{self._name} is damaged or cut off after {self._out:,} unpacked bytes ({first_line(problem)}). "
                "Ask for the file again, or repair it."
            ) from None
        self._out += len(piece)
        if self._packed and self._out > max(BOMB_BYTES, BOMB_RATIO * self._packed):
            raise UnreadableInput(
                f"{self._name} unpacks to more than {BOMB_RATIO} times its size and more than 1 GB: it may be a ZIP "
                "bomb. Unpack it yourself if you trust it."
            )
        return piece

    def position(self) -> int:
        """Return how many bytes of the file on disk were read; all of them once it is closed."""
        return self._size if self.disk.closed else self.disk.tell()

    def close(self) -> None:
        """Close the packing and the file."""
        with contextlib.suppress(*BROKEN), self.disk:  # a damaged packing also fails when it is closed
            if self._inner is not self.disk:
                self._inner.close()


@dataclass
class Member:
    """One file of rows: the name to show, its first 1 MB, how to open it (again), where it lies if it is not packed."""

    name: str
    head: bytes
    opener: Callable[[], Stream]
    path: Path | None
    _stream: Stream | None = None

    def open(self) -> Stream:
        """Return a new stream from the beginning."""
        self._stream = self.opener()
        return self._stream

    def position(self) -> int:
        """Return how many bytes of the file on disk the last stream has read."""
        return self._stream.position() if self._stream else 0

    def on_disk(self) -> IO[bytes]:
        """Return the content as a file that can be wound back (Parquet, XLSX), unpacked to a temporary one."""
        stream = self.open()
        if self.path is not None:
            return stream.disk
        spool = tempfile.TemporaryFile()  # noqa: SIM115  (the reader closes it)
        try:
            while piece := stream.read(1 << 20):
                spool.write(piece)
        except UnreadableInput:
            spool.close()
            raise
        finally:
            stream.close()
        spool.seek(0)
        return spool


def members(path: Path, suffixes: tuple[str, ...]) -> Iterator[Member]:
    """Return every file of rows behind this path: one, unless it is a ZIP, then those whose names end in `suffixes`."""
    _check(path)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_ZIP) and not _is_xlsx(path):
        yield from _zip_members(path, suffixes)
    else:
        yield _member(path.name, lambda: _open_plain(path), path)


def first_line(problem: Exception) -> str:
    """Return the first line of what a library says, so that our sentence stays one line."""
    return shorten(str(problem).partition("\n")[0] or type(problem).__name__)


def _check(path: Path) -> None:
    if not path.exists():
        raise UnreadableInput(f"There is no file '{path}'. Check the name and the folder.")
    if path.is_dir():
        raise UnreadableInput(f"'{path}' is a folder. Name the files in it, as in {path}/*.csv.")
    if not os.access(path, os.R_OK):
        raise UnreadableInput(f"'{path}' may not be read by you. Ask its owner for the right to read it.")
    if path.stat().st_size == 0:
        raise UnreadableInput(f"'{path}' is empty (0 bytes). Ask for the file again.")


def _open_plain(path: Path) -> Stream:
    disk = path.open("rb")
    return Stream(disk, disk, path.name, 0)


def _member(name: str, opener: Callable[[], Stream], path: Path | None) -> Member:
    """Return the member, looked at through gzip and zstd."""
    start = _beginning(opener, 8)
    packing = "gzip" if start.startswith(_GZIP) else "zstd" if start.startswith(_ZSTD) else ""
    if packing:
        return _member(name, lambda: _unpacked(opener(), name, packing), None)
    head = _beginning(opener, HEAD_BYTES)
    if not head:
        raise UnreadableInput(f"{name} is empty (0 bytes). Ask for the file again.")
    return Member(name, head, opener, path)


def _beginning(opener: Callable[[], Stream], size: int) -> bytes:
    stream, head = opener(), b""
    try:
        while len(head) < size and (piece := stream.read(size - len(head))):
            head += piece
    finally:
        stream.close()
    return head


def _unpacked(outer: Stream, name: str, packing: str) -> Stream:
    inner = outer._inner
    size = outer._packed or os.fstat(outer.disk.fileno()).st_size
    if packing == "gzip":
        return Stream(gzip.GzipFile(fileobj=inner), outer.disk, name, size)
    return Stream(pa.CompressedInputStream(pa.PythonFile(inner, mode="r"), "zstd"), outer.disk, name, size)


def _is_xlsx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except BROKEN:
        raise UnreadableInput(
            f"{path.name} is a damaged or cut off ZIP or XLSX file. Ask for the file again."
        ) from None


def _zip_members(path: Path, suffixes: tuple[str, ...]) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        infos = [i for i in archive.infolist() if i.file_size and not i.is_dir() and not _hidden(i.filename)]
    tables = [i for i in infos if _bare(i.filename).endswith(suffixes)] or (infos if len(infos) == 1 else [])
    if not tables:
        raise UnreadableInput(
            f"{path.name} holds no JSONL, CSV, XLSX or Parquet file. Put the adverts into one of these."
        )
    for info in tables:
        if info.flag_bits & 1:
            raise UnreadableInput(
                f"{path.name} is protected by a password ('{shorten(info.filename)}'). Unpack it first."
            )
    for info in tables:
        yield _member(f"{path.name}/{shorten(info.filename)}", _zip_opener(path, info), None)


def _hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def _bare(name: str) -> str:
    return name.lower().removesuffix(".gz").removesuffix(".zst")


def _zip_opener(path: Path, info: zipfile.ZipInfo) -> Callable[[], Stream]:
    def opened() -> Stream:
        disk = path.open("rb")
        name = f"{path.name}/{shorten(info.filename)}"
        try:
            return Stream(zipfile.ZipFile(disk).open(info), disk, name, max(1, info.compress_size))
        except BROKEN as problem:
            disk.close()
            raise UnreadableInput(
                f"{name} cannot be unpacked ({first_line(problem)}). Unpack it yourself, then give the files."
            ) from None

    return opened
