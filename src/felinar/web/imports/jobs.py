"""Imports under way and done: each is a `felinar run` in a process of its own, and a folder that says how it went.

| file in `imports/NUMBER/` | says                                               |
|---------------------------|----------------------------------------------------|
| job.json                  | which file, how it is read, who began it, and why  |
| mapping.toml              | which column is what, where a person chose it      |
| progress.json             | the stage under way, as the run writes it          |
| result.json               | what the run told in the end                       |
| messages.txt              | what it said on the way, and why it failed         |

The run goes on where the desk is stopped, and the desk goes on where the run is killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from felinar.errors import WorkspaceInUse
from felinar.ids import canonical_json
from felinar.store.desk import now
from felinar.store.durable import write_text
from felinar.store.workspace import Workspace
from felinar.web.problems import NotThere

if TYPE_CHECKING:
    from felinar.sources import Mapping

FOLDER = "imports"
RUNNING, DONE, FAILED = "running", "done", "failed"
_STOPPED = "The run was stopped before its end. What was there before still holds; import the file again."


@dataclass(frozen=True)
class Job:
    """One import: its number, the file, who began it and why; `process` is the run."""

    number: int
    file: str
    source: str
    actor: str
    purpose: str
    begun_at: str
    process: int


@dataclass
class State:
    """How an import goes: running, done or failed; what the run says of its stage, of its result, of its failure."""

    word: str
    progress: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    said: str = ""


class Jobs:
    """The imports of one workspace. Runs that this process began are its children; others are known by their number."""

    def __init__(self) -> None:
        self._children: dict[int, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()

    def begin(
        self, workspace: Workspace, path: Path, *, source: str, mapping: Mapping | None, who: dict[str, str]
    ) -> int:
        """Begin to import a file and return the import's number; WorkspaceInUse while another one is under way."""
        with self._lock:
            busy = next((job for job in jobs(workspace) if self.state(workspace, job).word == RUNNING), None)
            if busy is not None:
                raise WorkspaceInUse(f"'{busy.file}' is being imported by {busy.actor}; one import at a time.")
            number = time.time_ns() // 1000
            folder = workspace.folder / FOLDER / str(number)
            folder.mkdir(parents=True)
            if mapping is not None:
                mapping.save(folder / "mapping.toml")
            child = _started(workspace, folder, path, source, who)
            job = Job(number, path.name, source, who["actor"], who["purpose"], now(), child.pid)
            write_text(folder / "job.json", canonical_json(asdict(job)))
            self._children[number] = child
            return number

    def state(self, workspace: Workspace, job: Job) -> State:
        """Return how an import goes."""
        folder = workspace.folder / FOLDER / str(job.number)
        progress = _read_json(folder / "progress.json")
        if self._goes_on(workspace, job):
            return State(RUNNING, progress)
        result = _read_json(folder / "result.json")
        return State(DONE, progress, result) if result else State(FAILED, progress, {}, _why(folder))

    def _goes_on(self, workspace: Workspace, job: Job) -> bool:
        child = self._children.get(job.number)
        if child is not None:
            return child.poll() is None
        # Begun by a desk that has ended: the run is there as long as the workspace is held by its process.
        owner = _read_json(workspace.folder / "workspace.owner")
        return owner.get("process") == job.process and _is_held(workspace)


def jobs(workspace: Workspace) -> list[Job]:
    """Return all imports, newest first; one that was not even begun is passed over."""
    folder = workspace.folder / FOLDER
    numbers = sorted((int(one.name) for one in folder.glob("*") if one.name.isdigit()), reverse=True)
    told = (_read_json(folder / str(number) / "job.json") for number in numbers)
    return [Job(**one) for one in told if one]


def job(workspace: Workspace, number: int) -> Job:
    """Return one import; NotThere where there is none of this number."""
    found = _read_json(workspace.folder / FOLDER / str(number) / "job.json")
    if not found:
        raise NotThere(f"There is no import {number}.")
    return Job(**found)


def _started(
    workspace: Workspace, folder: Path, path: Path, source: str, who: dict[str, str]
) -> subprocess.Popen[bytes]:
    """Start the run apart from the desk's terminal, so that Ctrl-C there does not end it half-way."""
    command = [sys.executable, "-m", "felinar", "--json", "--workspace", str(workspace.folder), "run", str(path)]
    command += ["--source", source, "--progress-file", str(folder / "progress.json")]
    command += ["--mapping", str(folder / "mapping.toml")] if (folder / "mapping.toml").exists() else []
    with (folder / "result.json").open("wb") as out, (folder / "messages.txt").open("wb") as said:
        return subprocess.Popen(  # noqa: S603  (our own interpreter, no shell)
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=said, start_new_session=True,
            env={**os.environ, "FELINAR_ACTOR": who["actor"], "FELINAR_PURPOSE": who["purpose"]},
        )  # fmt: skip


def _why(folder: Path) -> str:
    """Return the sentence with which a run failed; one that was killed left none."""
    with contextlib.suppress(OSError):
        lines = (folder / "messages.txt").read_text(encoding="utf-8", errors="replace").splitlines()
        told = [line.removeprefix("felinar: ") for line in lines if line.startswith("felinar: ")]
        return told[-1] if told else _STOPPED
    return _STOPPED


def _read_json(path: Path) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    return {}


def _is_held(workspace: Workspace) -> bool:
    """Return whether a process holds the workspace for writing; the name of one that was killed stays behind."""
    from filelock import FileLock, Timeout

    lock = FileLock(workspace.folder / "workspace.lock")
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True
