"""What all tests share: a small world, a workspace made from it, and the command line as a user calls it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

SHARED = Path(os.environ.get("FELINAR_SHARED", Path(__file__).parents[1] / ".." / "shared"))
PURPOSE = "test"
# How long an example takes says what else the machine does; tests never judge times.
settings.register_profile("felinar", deadline=None)
settings.load_profile("felinar")


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers():
    """Take one worker more than processors: a third of the time a test waits for a browser, a process or the disk."""
    return (yield) + 1


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


@pytest.fixture(scope="session")
def abstract():
    """Make a picture (rows, columns, three colours) from a number: waves and rectangles, nobody and no place."""

    def made(seed, height=300, width=400):
        random = np.random.default_rng(seed)
        rows, columns = np.mgrid[0:height, 0:width] / max(height, width)
        picture = np.zeros((height, width, 3))
        for _ in range(10):
            across, down, shift = random.uniform(-20, 20, 3)
            picture += random.uniform(0, 40, 3) * np.sin(across * rows + down * columns + shift)[..., None]
        for _ in range(12):
            top, left = random.integers(0, height), random.integers(0, width)
            picture[top : top + height // 6 + 1, left : left + width // 6 + 1] += random.uniform(-90, 90, 3)
        return np.clip(picture + 128, 0, 255).astype(np.uint8)

    return made


@pytest.fixture(scope="session")
def small():
    """The module with nine adverts built by hand (`tests/store/small_world.py`)."""
    spec = importlib.util.spec_from_file_location("small_world", Path(__file__).parent / "store" / "small_world.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def workspace(tmp_path, small):
    """A workspace in which the small world is published."""
    from felinar.config import Config, write_config
    from felinar.store.published import publish
    from felinar.store.workspace import Workspace

    folder = tmp_path / "work"
    folder.mkdir()
    write_config(folder, Config(name="test", purpose="case 1"))
    made = Workspace.open(folder)
    publish(made.published, small.world(), generation=1)
    return made


@pytest.fixture
def published(workspace):
    """A reader of that workspace."""
    from felinar.store.published import Published

    reader = Published.open(workspace.published)
    yield reader
    reader.close()
