import importlib.util
from pathlib import Path

import pytest

from felinar.config import Config, write_config
from felinar.store.published import Published, publish
from felinar.store.workspace import Workspace

_place = Path(__file__).parents[1] / "store" / "small_world.py"
_spec = importlib.util.spec_from_file_location("small_world", _place)
_small_world = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_small_world)


@pytest.fixture(scope="session")
def small():
    return _small_world


@pytest.fixture
def workspace(tmp_path, small):
    folder = tmp_path / "work"
    folder.mkdir()
    write_config(folder, Config(name="test", purpose="case 1"))
    made = Workspace.open(folder)
    publish(made.published, small.world(), generation=1)
    return made


@pytest.fixture
def published(workspace):
    reader = Published.open(workspace.published)
    yield reader
    reader.close()
