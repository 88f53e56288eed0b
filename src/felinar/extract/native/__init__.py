"""Native readers: the same mentions as the readers beside this folder, from compiled loops over arrays.

A `Page` holds many texts as arrays of code points. A native reader gives the readings of all texts of a page at once
and names the texts that it declines: those are read by its Python reader, which is the reference in every doubt.
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from felinar.kernels import kept

if TYPE_CHECKING:
    from felinar.extract.native.readings import NativeRead

_NAME, _FOLDER = "readers", Path(__file__).parent
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


# Adverts from which native readers pay where they are compiled (loading them takes a second), and where they are not
# (compiling them takes two minutes and is kept for later runs).
COMPILED, COLD = 8_000, 100_000
# Adverts from which a process apart loads them, and for each process more, which reads three times as long as it loads.
APART, EACH = 60_000, 100_000


def is_worth_it(adverts: int) -> bool:
    """Say whether so many adverts are sooner read natively on this machine."""
    return adverts >= COLD or (adverts >= COMPILED and is_compiled())


def is_compiled() -> bool:
    """Say whether the native readers were compiled on this machine and kept."""
    return kept.is_compiled(_NAME, _FOLDER)


def workers_for(adverts: int, workers: int, native: bool) -> int:
    """Return how many of these workers are worth having: one is this process itself."""
    return workers if not native or adverts >= APART else 1


def processes(adverts: int, workers: int, native: bool) -> int:
    """Return in how many processes these workers read so many adverts."""
    return max(1, min(workers, adverts // EACH)) if native else workers


def note_compiled() -> None:
    """Remember that all native readers are compiled and kept."""
    kept.note_compiled(_NAME, _FOLDER)
