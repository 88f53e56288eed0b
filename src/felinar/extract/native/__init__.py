"""Native readers: the same mentions as the readers beside this folder, from compiled loops over arrays.

A `Page` holds many texts as arrays of code points. A native reader gives the readings of all texts of a page at once
and names the texts that it declines: those are read by its Python reader, which is the reference in every doubt.
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from felinar.extract.native.readings import NativeRead

# Extractor -> the file of this folder that has its `read`.
READERS: dict[str, str] = {}


@cache
def native_reader(extractor: str) -> NativeRead | None:
    """Return the native reader of this extractor, None where it has none."""
    if extractor not in READERS:
        return None
    return cast("NativeRead", importlib.import_module(f"{__name__}.{READERS[extractor]}").read)


# Adverts from which native readers pay, compiled already or not yet (a minute's work, kept for later runs).
SOON, FIRST = 1_500, 300_000


def is_worth_it(adverts: int) -> bool:
    """Say whether so many adverts are sooner read natively on this machine."""
    return adverts >= (SOON if mark() is not None and cast("Path", mark()).exists() else FIRST)


def mark() -> Path | None:
    """Return the file that says that the native readers are compiled here, None where machine code is not kept."""
    from felinar.kernels.compile import cache_folder

    folder = cache_folder()
    return None if folder is None else folder / "readers-are-compiled"
