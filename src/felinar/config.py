"""Settings of a workspace (`felinar.toml`) and of this machine (environment variables)."""

from __future__ import annotations

import os
import tomllib
from dataclasses import asdict, dataclass
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
    """Return the settings of the workspace in this folder; an error names the line that cannot be read."""
    path = folder / FILE_NAME
    try:
        return Config(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, TypeError) as problem:
        raise WorkspaceProblem(
            f"{path} cannot be read: {problem}. Mend the file, or restore it from a backup."
        ) from None


def write_config(folder: Path, config: Config) -> None:
    """Write the settings to the workspace folder."""
    import tomli_w

    temporary = folder / (FILE_NAME + ".tmp")
    temporary.write_text(tomli_w.dumps(asdict(config)), encoding="utf-8")
    temporary.replace(folder / FILE_NAME)


def threads() -> int:
    """Return how many threads or processes to use: FELINAR_THREADS, else the processors that we may use."""
    given = os.environ.get("FELINAR_THREADS", "")
    return max(1, int(given)) if given.isdigit() else max(1, os.cpu_count() or 1)
