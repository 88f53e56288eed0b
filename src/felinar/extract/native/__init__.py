"""Native readers: the same mentions as the readers beside this folder, from compiled loops over arrays.

A `Page` holds many texts as arrays of code points. A native reader gives the readings of all texts of a page at once
and names the texts that it declines: those are read by its Python reader, which is the reference in every doubt.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from felinar.extract.native.readings import NativeRead

# Extractors that have a native reader: `read` in the file of this folder that has their name.
READERS = frozenset(
    (
        "masked",
        "iban",
        "wallet",
        "email",
        "url",
        "handle",
        "phone",
        "price",
        "age",
        "place",
        "name",
        "language",
        "phrase",
        "job",
    )
)


@cache
def native_reader(extractor: str) -> NativeRead | None:
    """Return the native reader of this extractor, None where it has none."""
    if extractor not in READERS:
        return None
    return cast("NativeRead", importlib.import_module(f"{__name__}.{extractor}").read)


# Adverts from which native readers pay where they are compiled (loading them takes two seconds), and where they are not
# (compiling them takes two minutes and is kept for later runs); adverts from which several processes load them.
COMPILED, COLD, SEVERAL = 8_000, 100_000, 60_000


def is_worth_it(adverts: int) -> bool:
    """Say whether so many adverts are sooner read natively on this machine."""
    return adverts >= COLD or (adverts >= COMPILED and is_compiled())


def is_compiled() -> bool:
    """Say whether the native readers were compiled on this machine and kept."""
    compiled = mark()
    return compiled is not None and compiled.exists()


def processes(adverts: int, workers: int, native: bool) -> int:
    """Return how many of these worker processes are worth starting."""
    return workers if not native or adverts >= SEVERAL else 1


def note_compiled() -> None:
    """Remember that all native readers are compiled and kept; a disk that cannot be written to stays as it is."""
    compiled = mark()
    if compiled is not None and not compiled.exists():
        with contextlib.suppress(OSError):
            compiled.touch()


def mark() -> Path | None:
    """Return the file that says that these native readers are compiled here, None where machine code is not kept."""
    from felinar.kernels import compile as compiling

    folder = compiling.cache_folder()
    if folder is None:
        return None
    return folder / f"readers-{_sources()}"


@cache
def _sources() -> str:
    """Return the hash of the files of the native readers; it is asked for often and they do not change meanwhile."""
    from felinar.kernels import compile as compiling

    sources = [*Path(__file__).parent.glob("*.py"), *Path(compiling.__file__).parent.glob("*.py")]
    content = b"".join(path.read_bytes() for path in sorted(sources))
    return hashlib.sha256(content).hexdigest()[:16]
