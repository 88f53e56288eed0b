"""Lists on disk: a folder each, `hashlists/NAME/`, in which CURRENT names the version that holds.

A version is a folder of its own, written beside and never changed; CURRENT is renamed last, so that whoever is killed
leaves the old list or the new one. The version before is deleted: what was withdrawn must not stay.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from felinar.errors import FelinarError, WorkspaceProblem, unknown_name
from felinar.hashlists.hashes import BYTES
from felinar.hashlists.merge import Arrays, Hashes, nothing

FOLDER, CURRENT, ABOUT_FILE, ENTRIES, REJECTS = "hashlists", "CURRENT", "about.json", "entries.parquet", "rejects.jsonl"
SCHEMA_VERSION = 1
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}").fullmatch


def checked_name(name: str) -> str:
    """Return a name that is fit for a list; raises FelinarError."""
    if not _NAME(name):
        raise FelinarError(
            f"'{name}' is no name for a list: use small letters, digits, - and _, as in --name vics-2026."
        )
    return name


def name_from(file_name: str) -> str:
    """Return a name for a list made from that of a file."""
    stem = file_name.split(".")[0].lower()
    return re.sub(r"[^a-z0-9_-]+", "-", stem).strip("-_")[:64] or "list"


def names(folder: Path) -> list[str]:
    """Return the names of the lists, in order."""
    return sorted(path.parent.name for path in folder.glob(f"*/{CURRENT}"))


def existing(folder: Path, name: str) -> str:
    """Return the name of a list that is there; the error names the nearest."""
    there = names(folder)
    if name not in there:
        raise (
            unknown_name("hash list", name, there)
            if there
            else FelinarError(
                f"There is no hash list called '{name}'; none was imported yet. Use: felinar hashlists import FILE"
            )
        )
    return name


def version_of(folder: Path, name: str) -> Path:
    """Return the folder of the version that holds."""
    current = folder / name / CURRENT
    try:
        found = folder / name / current.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise WorkspaceProblem(f"{current} cannot be read: {problem.strerror}. Import the list again.") from None
    return found


def about(folder: Path, name: str) -> dict[str, Any]:
    """Return what is written about a list: format, role, imports, counts."""
    path = version_of(folder, name) / ABOUT_FILE
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise damaged(name, path) from None
    if found["schema_version"] != SCHEMA_VERSION:
        raise WorkspaceProblem(f"The hash list '{name}' was written by another version. Remove it and import it again.")
    return found


def load(folder: Path, name: str) -> Arrays:
    """Return the arrays of a list, all in memory; of a name that is not there a list without entries."""
    import pyarrow.parquet as pq

    if name not in names(folder):
        return nothing()
    version = version_of(folder, name)
    try:
        hashes = {kind: Hashes(*(np.load(version / f"{kind}-{part}.npy") for part in Hashes._fields)) for kind in BYTES}
        keys, times = np.load(version / "keys.npy"), np.load(version / "times.npy")
        return Arrays(keys, times, pq.read_table(version / ENTRIES), hashes)
    except (OSError, ValueError, EOFError):
        raise damaged(name, version) from None


def damaged(name: str, where: Path) -> WorkspaceProblem:
    """Return the error for a list that cannot be read."""
    return WorkspaceProblem(f"The hash list '{name}' is damaged: {where}. Remove it and import it again.")


def remove(folder: Path, name: str) -> None:
    """Delete a list."""
    (folder / existing(folder, name) / CURRENT).unlink()
    shutil.rmtree(folder / name)
