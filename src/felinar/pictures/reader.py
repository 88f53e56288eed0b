"""Pictures looked at in processes of their own: whatever one of them does to its reader, the others are read."""

from __future__ import annotations

import base64
import os
import select
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

import orjson

from felinar.errors import FelinarError
from felinar.pictures.looked import UNREADABLE, Hit, Looked, hashed

# For one picture, of the processor; on a machine that is busy with other things it may take so many times as long.
SECONDS, BUSY = 9.5, 3
_STEP = 0.25
STARTING = 180.0  # the first start on a machine compiles


class ReaderStopped(Exception):
    """The process ended or did not answer in time; the message says which."""


class PictureReader:
    """A process that looks at one picture after the other; it is started anew when one of them breaks it."""

    def __init__(self, child: str = "felinar.pictures.child", *arguments: str) -> None:
        self._command = [sys.executable, "-m", child, *arguments]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PictureReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def look(self, data: bytes) -> Looked:
        """Return what is kept of a picture; one that breaks its reader or takes too long is unreadable."""
        process = self._started()
        try:
            _send(process, data)
            return _as_looked(_answer(process, SECONDS))
        except (ReaderStopped, OSError) as problem:
            self.stop()
            return hashed(UNREADABLE, str(problem), [data])

    def ready(self) -> None:
        """Return once the process is there to answer: the first one on a machine compiles, for those after it too."""
        self._started()

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    cast(IO[bytes], pipe).close()
        self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            try:
                _answer(self._process, STARTING)
            except ReaderStopped as problem:
                self.stop()
                raise FelinarError(f"The process that looks at pictures cannot be started: {problem}.") from None
        return self._process


def _send(process: subprocess.Popen[bytes], data: bytes) -> None:
    into = cast(IO[bytes], process.stdin)
    into.write(struct.pack("<Q", len(data)))
    into.write(data)
    into.flush()


class _Patience:
    """How long an answer is waited for: so many seconds of the processor, and on a busy machine a few times as long."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process, self._seconds = process, seconds
        self._begin, self._spent = time.monotonic(), _spent(process)

    def wait(self) -> None:
        """Return once there is something to read; raises ReaderStopped when it took too long."""
        out, left = cast(IO[bytes], self._process.stdout), self._seconds
        while not select.select([out], [], [], left)[0]:
            if self._is_over():
                raise ReaderStopped(f"it took longer than {SECONDS:.0f} seconds")
            left = max(_STEP, self._seconds - self._passed)

    @property
    def _passed(self) -> float:
        return time.monotonic() - self._begin

    def _is_over(self) -> bool:
        now = _spent(self._process)
        known = now is not None and self._spent is not None
        used = now - self._spent if known else self._passed  # type: ignore[operator]
        return used >= self._seconds or self._passed >= BUSY * self._seconds


def _spent(process: subprocess.Popen[bytes]) -> float | None:
    """Return how many seconds of the processor a process has used, None where the system does not tell (not Linux)."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
        return sum(map(int, fields.split()[11:13])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return None


def _answer(process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
    """Return the next answer; raises ReaderStopped."""
    patience = _Patience(process, seconds)
    (size,) = struct.unpack("<I", _exactly(process, 4, patience))
    return cast(dict[str, Any], orjson.loads(_exactly(process, size, patience)))


def _exactly(process: subprocess.Popen[bytes], size: int, patience: _Patience) -> bytes:
    out = cast(IO[bytes], process.stdout)
    parts = b""
    while len(parts) < size:
        patience.wait()
        part = out.read1(size - len(parts))  # type: ignore[attr-defined]
        if not part:
            raise ReaderStopped("its reader broke down (too much memory, or a fault in a decoder)")
        parts += part
    return parts


def _as_looked(answer: dict[str, Any]) -> Looked:
    hits = [Hit(**hit) for hit in answer.pop("hits", [])]
    for name in ("thumbnail", "points", "points_mirrored"):
        answer[name] = base64.b64decode(answer.get(name) or "")
    return Looked(**answer, hits=hits)
