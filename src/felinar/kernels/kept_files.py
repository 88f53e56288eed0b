"""Small things kept beside the machine code; they hold for the files of the package as they are, and no others."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from felinar.kernels import compile as compiling

_PACKAGE = Path(__file__).parents[1]
_BEGAN = time.time_ns() - 1_000_000_000  # what is changed later may be read in its old form here


def read_kept(file: str) -> bytes | memoryview | None:
    """Return what was kept under this name, None where it is not there or not of the package as it is."""
    folder, state = compiling.cache_folder(), package()
    if folder is None or state is None:
        return None
    try:
        content = memoryview((folder / file).read_bytes())
    except OSError:
        return None
    return content[len(state) :] if content[: len(state)] == state else None


def write_kept(file: str, content: bytes) -> None:
    """Keep this under this name, in one step; a disk that cannot be written to stays as it is."""
    folder, state = compiling.cache_folder(), package()
    if folder is None or state is None:
        return
    temporary = folder / f"{file}.{os.getpid()}.tmp"
    with suppress(OSError):
        temporary.write_bytes(state + content)
        temporary.replace(folder / file)
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


@cache
def package() -> bytes | None:
    """Return what tells the package's files from those of any other state; None where they change while we run.

    Besides the time of a file's last change, which an installer may set, it holds that of its entry on the disk. A
    package that does not lie in files has no state, so nothing is kept.
    """
    files = sorted(_files(_PACKAGE)) if _PACKAGE.is_dir() else []
    if not files or max(changed for _, changed in files) >= _BEGAN:
        return None
    seen = [f"{sys.version} {sys.platform} {np.__version__} {pa.__version__}", *(about for about, _ in files)]
    return hashlib.sha256("\n".join(seen).encode("utf-8", "replace")).digest()


def _files(folder: str | Path) -> Iterator[tuple[str, int]]:
    """Yield what tells each file, and when it was changed last."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path) if entry.name != "__pycache__" else ()
            else:
                about = entry.stat()
                changed = max(about.st_mtime_ns, about.st_ctime_ns)
                yield f"{entry.path} {about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}", changed
