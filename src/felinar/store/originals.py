"""Originals: what came in, byte for byte, in compressed chunks of at most 1,000 records, named by their SHA-256.

A chunk, unpacked, is a row of frames: one byte `K` (kept) or `E` (erased), the length in four bytes (little endian),
the record. An offset points at the record's first byte, so that a record may hold anything, line ends too, and can
later be overwritten by zeros of the same length without moving its neighbours. The name stays that of the whole chunk.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.errors import WorkspaceProblem
from felinar.kernels.compile import kernel
from felinar.store.durable import put_in_place

CHUNK_RECORDS = 1_000
_HEAD = struct.Struct("<cI")
_KEPT, _ERASED = b"K", b"E"
_KEPT_BYTE, _HEAD_BYTES = _KEPT[0], _HEAD.size


@dataclass(frozen=True)
class Lines:
    """Records that lie in one block of bytes: from `begins` to `ends`. None is an object of its own until asked for."""

    content: NDArray[np.uint8]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.begins)

    def __iter__(self) -> Iterator[bytes]:
        for begin, end in zip(self.begins.tolist(), self.ends.tolist(), strict=True):
            yield self.content[begin:end].tobytes()

    def framed(self) -> tuple[memoryview, list[int]]:
        """Return the chunk that holds them, and each record's offset."""
        offsets = np.empty(len(self), dtype=np.int64)
        size = int((self.ends - self.begins).sum()) + _HEAD_BYTES * len(self)
        chunk = np.empty(size, dtype=np.uint8)
        write_frames(self.content, self.begins, self.ends, chunk, offsets)
        return chunk.data, offsets.tolist()


def write_chunk(folder: Path, records: Sequence[bytes] | Lines) -> tuple[str, list[int]]:
    """Return the chunk's SHA-256 and each record's offset; a chunk that is there already is not written again.

    The chunk is on the disk (fsync) and complete before its name appears, so that kill -9 leaves no half chunk.
    """
    if len(records) > CHUNK_RECORDS:
        raise ValueError(f"a chunk holds at most {CHUNK_RECORDS:,} records, not {len(records):,}")
    chunk, offsets = records.framed() if isinstance(records, Lines) else _framed(records)
    sha256 = hashlib.sha256(chunk).hexdigest()
    path = chunk_path(folder, sha256)
    if not path.exists():
        _write_whole(path, chunk)
    return sha256, offsets


def _framed(records: Sequence[bytes]) -> tuple[bytes, list[int]]:
    """Return the chunk that holds these records, and each record's offset."""
    offsets: list[int] = []
    frames: list[bytes] = []
    at = 0
    for record in records:
        at += _HEAD.size
        offsets.append(at)
        frames += (_HEAD.pack(_KEPT, len(record)), record)
        at += len(record)
    return b"".join(frames), offsets


@kernel
def write_frames(content, begins, ends, chunk, offsets):  # type: ignore[no-untyped-def]
    """Write each record after its head, and where it begins."""
    place = 0
    for row in range(len(begins)):
        begin, size = begins[row], ends[row] - begins[row]
        chunk[place] = _KEPT_BYTE
        for byte in range(4):
            chunk[place + 1 + byte] = size >> 8 * byte & 0xFF
        place += _HEAD_BYTES
        offsets[row] = place
        for step in range(size):
            chunk[place + step] = content[begin + step]
        place += size


def read_record(folder: Path, raw_sha256: str, raw_offset: int) -> bytes:
    """Return the bytes of one record; an error says if the chunk is missing or damaged, or the record was erased."""
    path = chunk_path(folder, raw_sha256)
    try:
        state = path.stat()
        chunk = _unpacked(path, state.st_mtime_ns, state.st_size)
    except FileNotFoundError:
        raise WorkspaceProblem(
            f"The original {raw_sha256[:12]}… is not in {folder}. Restore it from a backup."
        ) from None
    except OSError as problem:
        raise WorkspaceProblem(f"The original {path} is damaged ({problem}). Restore it from a backup.") from None
    start = raw_offset - _HEAD.size
    if start < 0 or raw_offset > len(chunk):
        raise WorkspaceProblem(f"There is no record at {raw_offset} in {path}. Run `felinar doctor` on this workspace.")
    state_of, length = _HEAD.unpack_from(chunk, start)
    if state_of == _ERASED:
        raise WorkspaceProblem(f"The record at {raw_offset} in the original {raw_sha256[:12]}… was erased.")
    if state_of != _KEPT or raw_offset + length > len(chunk):
        raise WorkspaceProblem(f"There is no record at {raw_offset} in {path}. Run `felinar doctor` on this workspace.")
    return chunk[raw_offset : raw_offset + length]


def chunk_path(folder: Path, sha256: str) -> Path:
    """Return where a chunk lies: in a folder of the first two digits of its name."""
    return folder / sha256[:2] / f"{sha256}.zst"


@lru_cache(maxsize=4)
def _unpacked(path: Path, changed: int, size: int) -> bytes:
    """Return a chunk; the time of its last change is part of the question, so that an erasure is seen at once."""
    with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as stream:
        return bytes(stream.read())


def _write_whole(path: Path, chunk: bytes | memoryview) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    part.write_bytes(pa.compress(chunk, "zstd", asbytes=False))
    put_in_place(part, path)
