"""Where picture files lie: beside the adverts, in a folder of their own, in a ZIP.

Only files inside that place are opened: a row must not make us read other files of this machine.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol, cast

# A ZIP may say that a picture is larger than this; it is then passed over, and not unpacked to see.
MOST_UNPACKED = 1 << 30
BROKEN = (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error)


class Place(Protocol):
    """Somewhere that picture files lie."""

    def opened(self, name: str) -> BinaryIO | None:
        """Return the file of this name, None where there is none."""
        ...


class Folder:
    """A folder in which a name is a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        # Most deliveries name pictures in a folder that did not come along: one look at the folder answers for all.
        self.is_there = lru_cache(maxsize=10_000)(self._is_there)

    def _is_there(self, folder: str) -> bool:
        """Return whether names can begin with this folder."""
        try:
            return (self._folder / folder).is_dir()
        except (OSError, ValueError):
            return False

    def opened(self, name: str) -> BinaryIO | None:
        """Return the file at this path inside the folder, None where there is none."""
        if "://" in name:
            return None
        try:
            if not self.is_there(name.rpartition("/")[0]):  # what splits a path costs ten times as much
                return None
            path = (self._folder / name).resolve()
            return path.open("rb") if path.is_relative_to(self._folder) and path.is_file() else None
        except (OSError, ValueError):
            return None


class Anywhere:
    """A folder in which a picture is known by its path, else by its file name alone, where only one file has it."""

    def __init__(self, folder: Path) -> None:
        self._whole = Folder(folder)
        self._root = folder

    def opened(self, name: str) -> BinaryIO | None:
        """Return the file that the name or address means, None where there is none."""
        found = self._whole.opened(name.replace("\\", "/"))
        path = None if found else self._by_file_name.get(file_name(name))
        return found if path is None else self._whole.opened(path)

    @cached_property
    def _by_file_name(self) -> dict[str, str]:
        below = (
            Path(folder, file).relative_to(self._root).as_posix()
            for folder, _, files in os.walk(self._root)
            for file in files
        )
        return only_ones(list(below))


class Archive:
    """A ZIP in which a picture is known by its path, else by its file name alone, where only one file has it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def opened(self, name: str) -> BinaryIO | None:
        """Return the file that the name or address means, None where there is none or it cannot be unpacked."""
        wanted = name.replace("\\", "/").lstrip("./")
        inside = wanted if wanted in self._names else self._by_file_name.get(file_name(name))
        if inside is None:
            return None
        try:
            return cast(BinaryIO, self._zip.open(inside))
        except BROKEN:
            return None

    @cached_property
    def _zip(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(self._path)

    @cached_property
    def _names(self) -> frozenset[str]:
        inside = self._zip.infolist()
        return frozenset(one.filename for one in inside if not one.is_dir() and one.file_size <= MOST_UNPACKED)

    @cached_property
    def _by_file_name(self) -> dict[str, str]:
        return only_ones(sorted(self._names))


def file_name(name: str) -> str:
    """Return the last part of a path or address, without what follows a question mark."""
    return name.partition("?")[0].replace("\\", "/").rpartition("/")[2]


def only_ones(paths: list[str]) -> dict[str, str]:
    """Return the path of each file name that only one of the paths has."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(file_name(path), []).append(path)
    return {name: them[0] for name, them in found.items() if len(them) == 1}
