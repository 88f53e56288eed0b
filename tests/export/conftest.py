"""A workspace that was run on the synthetic world, with its originals; a copy with an empty desk for every test."""

import shutil

import pytest

from felinar.pipeline import ingest, run
from felinar.store.published import Published
from felinar.store.workspace import Workspace


@pytest.fixture(scope="session")
def linked_once(world, tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("linked"), "case 1")
    ingest(workspace, [world.adverts])
    run(workspace)
    return workspace


@pytest.fixture
def linked(linked_once, tmp_path):
    folder = tmp_path / "linked"
    shutil.copytree(linked_once.folder, folder, ignore=shutil.ignore_patterns("desk.sqlite*"))
    return Workspace.existing(folder)


@pytest.fixture
def reading(linked):
    reader = Published.open(linked.published)
    yield reader
    reader.close()


@pytest.fixture
def top(reading):
    """The first lead that is not behind the gate."""
    return next(lead["operation_id"] for lead in reading.leads() if not lead["gate"])
