"""Pictures of an advert: their names from one cell, and the SHA-256 of the file where it came along."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from felinar.sources.picture_places import BROKEN, Anywhere, Archive, Folder, Place

LONGEST_NAME = 1_000

# A text without blanks and separators is one name.
_PARTS = re.compile(r"[\s;|,\[]").search


def picture_names(value: Any) -> list[str]:
    """Return the names in a cell: a list, a JSON list, or texts separated by `;`, `|`, line ends or commas."""
    if isinstance(value, list):
        if not value or (set(map(type, value)) == {str} and all(value) and not _PARTS("".join(value))):
            return value  # names as they are, which is what most deliveries have
        return [name for one in value for name in picture_names(one)]
    if isinstance(value, dict):
        return picture_names(value.get("url") or value.get("contentUrl") or "")
    text = str(value or "").strip()
    if text.startswith("["):
        try:
            return picture_names(orjson.loads(text))
        except ValueError:
            text = text.strip("[]").replace("'", "").replace('"', "")
    parts = re.split(r"[;|\n]", text) if re.search(r"[;|\n]", text) else re.split(r",\s*(?=[^\s,]*[./])", text)
    return [part.strip() for part in parts if part.strip()]


class Pictures:
    """Finds picture files; remembers what it found, as one picture stands in many adverts.

    Looked through are the folder or ZIP that was given for this, where any file of that name will do, and the folder
    that the adverts lie in; of adverts in a ZIP, also that ZIP.
    """

    @classmethod
    def of(cls, file: Path, given: Path | None) -> Pictures:
        """Return what finds the pictures of a file of adverts."""
        packed = given is None and file.suffix.lower() == ".zip" and zipfile.is_zipfile(file)
        return cls(file.parent, file if packed else given)

    def __init__(self, folder: Path | None, given: Path | None = None) -> None:
        self._places: list[Place] = [] if folder is None else [Folder(folder)]
        if given is not None:
            self._places.insert(0, Anywhere(given) if given.is_dir() else Archive(given))
        self.digest = lru_cache(maxsize=100_000)(self._digest)

    def _digest(self, name: str) -> tuple[str, str]:
        """Return (image_id, sha256 of the file or empty)."""
        sha256 = ""
        if (stream := self.opened(name)) is not None:
            with stream, suppress(*BROKEN):
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
        return sha256 or hashlib.sha256(name.encode()).hexdigest(), sha256

    def lacks(self, folders: Iterable[str]) -> bool:
        """Return whether no picture can be in these folders, by their names: then none has to be looked for."""
        there = [place.is_there if isinstance(place, Folder) else None for place in self._places]
        return not any(is_there is None or is_there(folder) for is_there in there for folder in folders)

    def opened(self, name: str) -> BinaryIO | None:
        """Return the file of this name, None where there is none."""
        if "\0" in name or len(name) > LONGEST_NAME:
            return None
        for place in self._places:
            if (stream := place.opened(name)) is not None:
                return stream
        return None
