"""Whether the kernels of a folder were compiled on this machine and kept: compiling costs far more than loading."""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache
from pathlib import Path

from felinar.kernels import compile as compiling


def is_compiled(name: str, folder: Path) -> bool:
    """Say whether the kernels in the files of this folder, as they are now, were compiled here and kept."""
    compiled = mark(name, folder)
    return compiled is not None and compiled.exists()


def note_compiled(name: str, folder: Path) -> None:
    """Remember that they are compiled and kept; a disk that cannot be written to stays as it is."""
    compiled = mark(name, folder)
    if compiled is not None and not compiled.exists():
        with contextlib.suppress(OSError):
            compiled.touch()


def mark(name: str, folder: Path) -> Path | None:
    """Return the file that says so, None where machine code is not kept."""
    kept = compiling.cache_folder()
    return None if kept is None else kept / f"{name}-{_sources(folder)}"


@cache
def _sources(folder: Path) -> str:
    """Return the hash of the kernels' files; it is asked for often and they do not change meanwhile."""
    sources = [*folder.glob("*.py"), *Path(compiling.__file__).parent.glob("*.py")]
    content = b"".join(path.read_bytes() for path in sorted(sources))
    return hashlib.sha256(content).hexdigest()[:16]
