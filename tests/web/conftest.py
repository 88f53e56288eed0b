"""A desk on a small world, and people of every role who are signed in to it."""

import json
import os
import re
import shutil
import subprocess
import sys

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


@pytest.fixture
def imported(workspace):
    """The number of an import that is over, and a file that waits in the inbox."""
    folder = workspace.folder / "imports" / "17"
    folder.mkdir(parents=True)
    told = {"number": 17, "file": "adverts.jsonl", "source": "", "actor": "ana", "purpose": "case 1"}
    (folder / "job.json").write_text(json.dumps(told | {"begun_at": "2026-01-02T03:04:05Z", "process": 1}))
    (workspace.folder / "inbox").mkdir()
    (workspace.folder / "inbox" / "adverts.jsonl").write_text('{"id": "1", "text": "Cleaning, call 07700 900123"}\n')
    return "17"


@pytest.fixture(params=list(ROLES))
def role(request):
    return request.param


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The names of no machine but this one can be found: whatever a page asks elsewhere fails, and shows on the console.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium, cut off from the network."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"there is no browser here: none of {', '.join(BROWSERS)}")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=found, args=["--no-sandbox", OFFLINE])
        yield opened
        opened.close()


@pytest.fixture
def serve():
    """Serve the desk of a folder as the command does; gives the address that it prints."""
    running = []

    def served(folder):
        command = [sys.executable, "-m", "felinar", "--workspace", str(folder), "serve", "--port", "0"]
        settings = {**os.environ, "FELINAR_ACTOR": "ana", "FELINAR_PURPOSE": PURPOSE, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings)
        running.append(process)
        return process.stdout.readline().split()[-1]

    yield served
    for process in running:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture
def address(workspace, serve):
    """The desk of the small world, served."""
    return serve(workspace.folder)


class Seat:
    """Somebody at a browser: the page, and everything that the console, the network and the policy complained of."""

    def __init__(self, browser, address, **options):
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        self.page = self.context.new_page()
        self.base = re.match(r"http://[^/]+", address)[0]
        self.trouble, self.asked = [], []
        self.page.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("pageerror", lambda problem: self.trouble.append(str(problem)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def go(self, path):
        self.page.goto(self.base + path)

    def press_and_wait(self, key, part):
        """Press a key that leads to a page whose address holds this part."""
        with self.page.expect_navigation(url=re.compile(part)):
            self.page.keyboard.press(key)

    def state_purpose(self):
        self.go("/purpose")
        self.press("Control+a")
        self.type(PURPOSE)
        self.press_and_wait("Enter", "/leads")


@pytest.fixture
def sit(browser):
    """Sit down at the browser: an address and what the browser shall be like give a seat."""
    seats = []

    def seated(address, **options):
        seats.append(Seat(browser, address, **options))
        return seats[-1]

    yield seated
    for seat in seats:
        seat.context.close()


@pytest.fixture
def seat(sit, address):
    return sit(address)
