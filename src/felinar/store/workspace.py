"""A workspace: one folder with everything. Copy the folder and you have moved the work."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from felinar.config import FILE_NAME, Config, read_config, write_config
from felinar.errors import PurposeMissing, WorkspaceInUse, WorkspaceProblem


@dataclass(frozen=True)
class Workspace:
    """One open workspace folder and its settings."""

    folder: Path
    config: Config

    @classmethod
    def open(cls, folder: Path, purpose: str = "") -> Workspace:
        """Return the workspace in this folder; it is made when the folder has none and a purpose is given."""
        if (folder / FILE_NAME).is_file():
            return cls(folder, read_config(folder))
        if not purpose:
            raise PurposeMissing(
                f"There is no workspace at {folder}. To make one, say what the work is for: "
                'felinar --purpose "case 2026-17" …, or set FELINAR_PURPOSE.'
            )
        return cls(folder, _create(folder, purpose))

    @classmethod
    def existing(cls, folder: Path) -> Workspace:
        """Return the workspace in this folder, or an error that says how to make one."""
        if not (folder / FILE_NAME).is_file():
            raise WorkspaceProblem(f"There is no workspace at {folder}. Make one with: felinar run FILE…")
        return cls(folder, read_config(folder))

    @property
    def originals(self) -> Path:
        """The folder of what came in, byte for byte."""
        return self.folder / "originals"

    @property
    def tables(self) -> Path:
        """The folder of derived tables."""
        return self.folder / "tables"

    @property
    def published(self) -> Path:
        """The SQLite file from which people read."""
        return self.folder / "published.sqlite"

    @property
    def thumbnails(self) -> Path:
        """The SQLite file that holds all that a page may show of pictures."""
        return self.folder / "thumbnails.sqlite"

    @property
    def desk(self) -> Path:
        """The SQLite file that holds what people wrote, and the log."""
        return self.folder / "desk.sqlite"

    @contextmanager
    def writing(self, command: str) -> Iterator[None]:
        """Hold the workspace for writing; a second writer gets an error that names the first.

        A full, read-only or failing disk while it is held is told in a sentence.
        """
        from filelock import FileLock, Timeout

        owner = self.folder / "workspace.owner"
        lock = FileLock(self.folder / "workspace.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise WorkspaceInUse(_in_use(self.folder, owner)) from None
        except (OSError, NotImplementedError) as problem:
            raise WorkspaceProblem(f"The workspace {self.folder} cannot be written to: {problem}.") from None
        try:
            owner.write_text(json.dumps({"process": os.getpid(), "command": command}), encoding="utf-8")
            yield
        except OSError as problem:
            if problem.errno not in _OF_THE_DISK:
                raise
            raise WorkspaceProblem(
                f"Writing to the workspace {self.folder} failed: {os.strerror(problem.errno)}. What was finished "
                "before is kept. Mend that (make room, ask for the right to write), then run again."
            ) from None
        except sqlite3.OperationalError as problem:
            raise WorkspaceProblem(
                f"Writing to the workspace {self.folder} failed: {problem}. What was finished is kept. Make room "
                "on the disk, then run again."
            ) from None
        finally:
            with contextlib.suppress(OSError):
                owner.unlink(missing_ok=True)
            lock.release()


_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)


def _create(folder: Path, purpose: str) -> Config:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        config = Config(name=folder.resolve().name, purpose=purpose)
        write_config(folder, config)
    except OSError as problem:
        raise WorkspaceProblem(f"The workspace {folder} cannot be made: {problem.strerror}.") from None
    return config


def _in_use(folder: Path, owner: Path) -> str:
    try:
        who = json.loads(owner.read_text(encoding="utf-8"))
        name = f"process {who['process']} ('felinar {who['command']}')"
    except (OSError, ValueError, KeyError):
        name = "another process"
    return f"The workspace {folder} is in use by {name}. Wait until it is done, or stop it; nothing is lost."
