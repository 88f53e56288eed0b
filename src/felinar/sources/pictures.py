"""Pictures of an advert: their names from one cell, and the SHA-256 of the file where it lies beside the adverts.

Only files inside the folder of the adverts are opened: a row must not make us read other files of this machine.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

# A text without blanks and separators is one name.
_ONE_NAME = re.compile(r"[^\s;|,\[]+").fullmatch


def picture_names(value: Any) -> list[str]:
    """Return the names in a cell: a list, a JSON list, or texts separated by `;`, `|`, line ends or commas."""
    if isinstance(value, list):
        if all(type(one) is str and _ONE_NAME(one) for one in value):
            return value
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
    """Finds picture files beside the adverts; remembers what it found, as one picture stands in many adverts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.digest = lru_cache(maxsize=100_000)(self._digest)
        # Most deliveries name pictures in a folder that did not come along: one look at the folder answers for all.
        self._is_there = lru_cache(maxsize=10_000)(lambda folder: (self._folder / folder).is_dir())

    def _digest(self, name: str) -> tuple[str, str]:
        """Return (image_id, sha256 of the file or empty)."""
        sha256 = "" if "://" in name or "\0" in name or len(name) > 1_000 else self._of_file(name)
        return sha256 or hashlib.sha256(name.encode()).hexdigest(), sha256

    def _of_file(self, name: str) -> str:
        try:
            if not self._is_there(os.path.dirname(name)):  # noqa: PTH120 - Path costs ten times as much
                return ""
            path = (self._folder / name).resolve()
            if not path.is_relative_to(self._folder) or not path.is_file():
                return ""
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            return ""
