"""Give memory back between stages: what one has freed, its allocator keeps, and the next needs other sizes."""

from __future__ import annotations

import ctypes
import gc
import mmap
import sys
from pathlib import Path

import pyarrow as pa

from felinar.pipeline.progress import Advance, Progress

# A small pile needs no care, and looking for free memory takes longer than its whole run.
LEAST_TO_GIVE_BACK = 600 << 20
_STATM = Path("/proc/self/statm")
_PAGE = mmap.PAGESIZE


class Frugal:
    """Passes all on to another progress; before a stage begins, memory that is free goes back to the machine."""

    def __init__(self, inner: Progress) -> None:
        self._inner = inner

    def begin(self, what: str, total: int | None = None) -> Advance:
        """Begin a stage."""
        if resident() > LEAST_TO_GIVE_BACK:
            give_back()
        return self._inner.begin(what, total)


def resident() -> int:
    """Return how many bytes this process holds in memory; 0 where the system does not tell (other than Linux)."""
    try:
        return int(_STATM.read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def give_back() -> None:
    """Return free memory to the machine; where the C library cannot (other than glibc), it stays with the process."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
