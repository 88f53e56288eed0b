"""The process that looks at pictures: little memory, little time, no file to write; started by `reader.py`.

python -m felinar.pictures.child. Standard input: 8 bytes of length, then a picture, again and again.
Standard output: 4 bytes of length, then JSON. Bytes within are base64. It ends when the input ends.
"""

from __future__ import annotations

import base64
import contextlib
import struct
import sys
import warnings
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from felinar.pictures.intake import look
from felinar.pictures.looked import UNREADABLE, Known, hashed
from felinar.pictures.warm import warm

MEMORY = 650_000_000  # bytes beyond what the program itself needs: less than a gigabyte in all


def main(lists: Known | None = None, *, points: bool = True, text: bool = False) -> None:
    """Answer until the input ends; what the lists need is compiled or loaded before."""
    into, out = sys.stdin.buffer, sys.stdout.buffer
    warnings.simplefilter("ignore")  # a decoder's would be said in the terminal, in words out of the file
    warm()
    limit()
    write(out, {"ready": True})
    while (data := read(into)) is not None:
        try:
            looked = look(data, lists, points=points, text=text)
        except MemoryError:
            looked = hashed(UNREADABLE, "it needs more memory than one picture may have", [data])
        write(out, looked.as_dict())


def limit() -> None:
    """Allow this process little memory, no new file content and no image of itself on disk."""
    try:
        import resource
    except ImportError:  # not on Windows: there the time limit of the caller remains
        return
    most_data = _promised() + MEMORY
    for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_DATA, most_data)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _promised() -> int:
    """Return how many bytes this process was promised, which is what the limit counts: more than it uses."""
    import resource

    try:
        rows = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return next(int(row.split()[1]) for row in rows if row.startswith("VmData:")) * 1024
    except (OSError, StopIteration, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def read(into: BinaryIO) -> bytes | None:
    """Return the next picture, None at the end."""
    head = into.read(8)
    if len(head) < 8:
        return None
    (size,) = struct.unpack("<Q", head)
    return into.read(size)


def write(out: BinaryIO, answer: dict[str, Any]) -> None:
    """Write one answer."""
    text = orjson.dumps(answer, default=lambda value: base64.b64encode(value).decode())
    out.write(struct.pack("<I", len(text)) + text)
    out.flush()


if __name__ == "__main__":
    main()
