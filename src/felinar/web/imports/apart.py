"""Look at a file in a process of its own, with little memory and little time, so that no file can harm the desk."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from felinar.ids import canonical_json
from felinar.web.imports.seen import Look

SECONDS = 60
MEMORY_BYTES = 4 << 30
_GAVE_UP = (
    "Looking at the first rows took more than {seconds} seconds or {memory} GB of memory, and was stopped. "
    "Is this a file of adverts? Cut it into smaller ones, or save it as CSV or JSONL."
)
# Limits itself before anything is read; where the system knows no such limits, the time alone holds.
_START = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
except ImportError:
    pass
from felinar.web.imports.look import main
main()
"""


def look(path: Path, fields: dict[str, list[str]], dates: str, category: str, source: str) -> dict[str, Any]:
    """Return what `look_at` says of a file, as data; a file that is too much for it is told as its problem."""
    state = path.stat()
    asked = {"path": str(path), "fields": fields, "dates": dates, "category": category, "source": source}
    found: dict[str, Any] = json.loads(_asked(canonical_json(asked), state.st_mtime_ns, state.st_size))
    return found


@lru_cache(maxsize=16)
def _asked(question: str, changed: int, size: int) -> str:
    """Return the answer; that the file has not changed is part of the question."""
    del changed, size
    start = _START.format(memory=MEMORY_BYTES, seconds=SECONDS)
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter, no shell)
            [sys.executable, "-c", start],
            input=question, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return _given_up()
    return done.stdout if done.returncode == 0 else _given_up()


def _given_up() -> str:
    told = _GAVE_UP.format(seconds=SECONDS, memory=MEMORY_BYTES >> 30)
    return canonical_json({**Look().__dict__, "problem": told})
