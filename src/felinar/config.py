"""Settings of a workspace (`felinar.toml`), of this machine (environment variables) and of this process."""

from __future__ import annotations

import gc
import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path

from felinar.errors import WorkspaceProblem

FILE_NAME = "felinar.toml"


@dataclass(frozen=True)
class Config:
    """What `felinar.toml` holds. `purpose` is why this work is done; without it nothing runs."""

    name: str
    purpose: str
    legal_basis: str = "not stated"
    retention_months: int = 6


def read_config(folder: Path) -> Config:
    """Return the settings of the workspace in this folder; an error names what a person must mend in the file."""
    path = folder / FILE_NAME
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise WorkspaceProblem(f"{path} cannot be read: {problem}. Mend the file, or restore a copy.") from None
    known = {field.name: field for field in fields(Config)}
    for name in known:
        if name not in found and known[name].default is MISSING:
            raise WorkspaceProblem(f'{path} lacks {name}. Add a line like {name} = "…".')
    for name, value in found.items():
        if name not in known:
            raise WorkspaceProblem(f"{path}: there is no setting {name}. Known: {', '.join(known)}.")
        wanted = int if known[name].type == "int" else str
        if type(value) is not wanted:
            shown = f"a whole number, as in {name} = 6" if wanted is int else f'a text in quotes, as in {name} = "…"'
            raise WorkspaceProblem(f"{path}: {name} must be {shown}. Mend the file.")
    return Config(**found)


def write_config(folder: Path, config: Config) -> None:
    """Write the settings to the workspace folder."""
    import tomli_w

    temporary = folder / (FILE_NAME + ".tmp")
    temporary.write_text(tomli_w.dumps(asdict(config)), encoding="utf-8")
    temporary.replace(folder / FILE_NAME)


def threads() -> int:
    """Return how many threads or processes to use: FELINAR_THREADS, else the processors that we may use."""
    given = os.environ.get("FELINAR_THREADS", "")
    if given.isdigit():
        return max(1, int(given))
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, allowed or 1)


@contextmanager
def without_collector() -> Iterator[None]:
    """Spare the search for cycles of objects meanwhile: a tenth of the time of work that makes many and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
