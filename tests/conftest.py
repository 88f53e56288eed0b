"""What all tests share: a small world, a workspace made from it, and the command line as a user calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FELINAR_SHARED", Path(__file__).parents[1] / ".." / "shared"))
PURPOSE = "test"


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """A synthetic world of 400 adverts."""
    from felinar.demo import write_world

    return write_world(tmp_path_factory.mktemp("world"), adverts=400, seed=5, evasion=0.3)


@pytest.fixture
def felinar(tmp_path):
    """Call the command line in a process of its own; returns the finished process."""

    def call(*arguments, workspace=None, environment=None):
        folder = workspace or tmp_path / "workspace"
        command = [sys.executable, "-m", "felinar", "--workspace", str(folder), *map(str, arguments)]
        variables = {**os.environ, "FELINAR_PURPOSE": PURPOSE, **(environment or {})}
        return subprocess.run(command, capture_output=True, text=True, env=variables, check=False, timeout=300)

    return call


@pytest.fixture(scope="session")
def shared():
    """The folder of open test cases, which is not part of the repository."""
    if not SHARED.is_dir():
        pytest.skip(f"open test cases are not at {SHARED}; set FELINAR_SHARED")
    return SHARED
