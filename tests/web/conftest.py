"""A desk on a small world, and people of every role who are signed in to it."""

import shutil

import pytest
from starlette.testclient import TestClient

from felinar.access.roles import ROLES
from felinar.pipeline import ingest, run
from felinar.store.workspace import Workspace
from felinar.web.app import make_app
from felinar.web.desk import Desk

HOST = "127.0.0.1:8765"
OWN = {"sec-fetch-site": "same-origin"}
PURPOSE = "case 2026-17"


class Person:
    """Somebody in front of the desk; `follow` is off, so that a test sees where it is sent."""

    def __init__(self, desk, role=None, purpose=PURPOSE, name="ana"):
        self.desk, self.name = desk, name
        self.client = TestClient(make_app(desk, [HOST]), base_url=f"http://{HOST}", follow_redirects=False)
        if role is not None:
            secret = desk.sessions.begin(name, role)
            self.session = desk.sessions.find(secret)
            self.session.purpose = purpose
            self.client.cookies.set(desk.cookie, secret)

    def get(self, path, **more):
        return self.client.get(path, **more)

    def post(self, path, headers=OWN, **data):
        return self.client.post(path, data=data, headers=headers)

    def json(self, path):
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    @property
    def leads(self):
        return self.json("/leads.json?state=all")["leads"]


@pytest.fixture(scope="session")
def published(world, tmp_path_factory):
    """A workspace with 400 adverts, run once; nobody writes into it."""
    workspace = Workspace.open(tmp_path_factory.mktemp("desk"), "test")
    ingest(workspace, [world.adverts])
    run(workspace)
    return workspace


@pytest.fixture
def workspace(published, tmp_path):
    """A copy whose desk is empty."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    for name in ("felinar.toml", "published.sqlite"):
        shutil.copy(published.folder / name, folder / name)
    (folder / "originals").symlink_to(published.originals)
    return Workspace.existing(folder)


@pytest.fixture
def desk(workspace):
    return Desk(workspace)


@pytest.fixture
def ana(desk):
    """An analyst with a purpose."""
    return Person(desk, "analyst")


@pytest.fixture
def person(desk):
    """Make a person of a role."""
    return lambda role=None, **more: Person(desk, role, **more)


@pytest.fixture(params=list(ROLES))
def role(request):
    return request.param
