"""The inbox: a folder of the workspace. Uploads land there; files too large to upload are put there by hand."""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from felinar.errors import FelinarError
from felinar.store.durable import put_in_place
from felinar.store.workspace import Workspace
from felinar.web.problems import NotThere

FOLDER = "inbox"
LARGEST_UPLOAD = 512 << 20  # bytes
LONGEST_NAME = 100
_naming = threading.Lock()
_ODD = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True)
class Waiting:
    """A file in the inbox."""

    name: str
    size: int
    changed_at: str


def folder_of(workspace: Workspace) -> Path:
    """Return the inbox, which is made where there is none yet."""
    folder = workspace.folder / FOLDER
    folder.mkdir(exist_ok=True)
    return folder


def waiting(workspace: Workspace) -> list[Waiting]:
    """Return the files of the inbox by name; links, folders, hidden files and names that no page can show are none."""
    with os.scandir(folder_of(workspace)) as entries:
        files = [entry for entry in entries if entry.is_file(follow_symlinks=False) and _can_be_shown(entry.name)]
        found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in files]
    return [Waiting(name, state.st_size, _time(state.st_mtime)) for name, state in sorted(found)]


def find(workspace: Workspace, name: str) -> Path:
    """Return where a file of the inbox lies; only names that `waiting` lists are there, so no name leads elsewhere."""
    if name not in {one.name for one in waiting(workspace)}:
        raise NotThere(f"There is no file '{name[:LONGEST_NAME]}' in the inbox.")
    return folder_of(workspace) / name


def keep(workspace: Workspace, given: str, path: Path) -> str:
    """Move an uploaded file into the inbox under a harmless name that is not taken, and return the name."""
    if path.stat().st_size == 0:
        raise FelinarError("The file is empty (0 bytes). Ask for it again.")
    with _naming:  # two people who send a file of one name at once both keep theirs
        name = _free(workspace, harmless(given))
        put_in_place(path, folder_of(workspace) / name)
    return name


def take_out(workspace: Workspace, name: str) -> None:
    """Delete a file of the inbox; what was imported from it is kept among the originals."""
    find(workspace, name).unlink()


def harmless(given: str) -> str:
    """Return a file name of letters, digits and . _ + - alone, without folders and leading dots, its end kept."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    stem, dot, end = _ODD.sub("_", last).lstrip("._-").rpartition(".")
    if not stem:
        stem, dot, end = end, "", ""
    return (stem[: LONGEST_NAME - len(end[:10]) - 1] or "adverts") + dot + end[:10]


def _free(workspace: Workspace, name: str) -> str:
    folder, (stem, dot, end) = folder_of(workspace), name.partition(".")
    names = (name, *(f"{stem}-{number}{dot}{end}" for number in range(2, 10_000)))
    return next(one for one in names if not (folder / one).exists())


def _can_be_shown(name: str) -> bool:
    return not name.startswith(".") and name.isprintable()


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
