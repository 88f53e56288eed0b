"""The process that looks at pictures with lists at hand; speaks as `felinar.pictures.child` does.

python -m felinar.hashlists.child FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from felinar.hashlists.known import Lists
from felinar.kernels.pdq import TURN_NAMES, TURNS, WORDS
from felinar.pictures.child import limit, read, write
from felinar.pictures.intake import look
from felinar.pictures.looked import QUALITY, UNREADABLE, Looked
from felinar.pictures.warm import warm


def main() -> None:
    """Answer until the input ends."""
    into, out = sys.stdin.buffer, sys.stdout.buffer
    lists = Lists.load(Path(sys.argv[1]))
    warm()
    lists.near(np.zeros((TURNS, WORDS), dtype=np.uint64), TURN_NAMES, QUALITY)  # compiles before the limits
    limit()
    write(out, {"ready": True})
    while (data := read(into)) is not None:
        write(out, _looked(data, lists).as_dict())


def _looked(data: bytes, lists: Lists) -> Looked:
    try:
        return look(data, lists, points=False)
    except MemoryError:
        return Looked(UNREADABLE, "it needs more memory than one picture may have")


if __name__ == "__main__":
    main()
