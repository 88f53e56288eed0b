"""Tables that take long to make from the package's own lists, kept beside the machine code between runs.

What is kept holds for the files of the package as they are; after any change it is made anew and written over.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache, wraps
from typing import TypeVar, cast

from felinar.kernels.kept_files import read_kept, write_kept

R = TypeVar("R")


def kept_table(make: Callable[[], R]) -> Callable[[], R]:
    """Return a function that gives what this one makes: made once on this machine, brought in once a process.

    It comes as `pickle` brings it even where it was just made, so that kernels meet the same types of arrays each time.
    """
    file = f"{make.__module__}.{make.__qualname__}.table"

    @cache
    @wraps(make)
    def table() -> R:
        found = read_kept(file)
        if found is None:
            found = pickle.dumps(make(), protocol=5)
            write_kept(file, found)
        return cast(R, pickle.loads(found))  # noqa: S301 - from the folder whose files numba runs

    return table
