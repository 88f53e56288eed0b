"""Pictures on the desk: grey until asked for, each look in the log, and never one that a list knows."""

import hashlib
import json
import shutil

import pytest

pytest.importorskip("simplejpeg", reason="the extra 'pictures' is not installed")

from felinar.audit import events
from felinar.demo.drawing import EDITS, drawn, png
from felinar.hashlists.intake import Order, take_in
from felinar.hashlists.known import Lists
from felinar.hashlists.stored import recheck_pictures
from felinar.pipeline import ingest, run
from felinar.store.workspace import Workspace
from felinar.web.desk import Desk

SAID = ("piano for beginners", "hedges cut all over town", "curtains washed by hand")
OWN, MIRRORED, OTHER = png(drawn("own")), png(EDITS["mirrored"](drawn("own"))), png(drawn("other"))
BLUR = "data:image/png;base64,"


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """A workspace with three adverts; two show one picture, one of them mirrored, with a number each."""
    folder = tmp_path_factory.mktemp("pictures")
    for name, data in (("own.png", OWN), ("mirrored.png", MIRRORED), ("other.png", OTHER)):
        (folder / name).write_bytes(data)
    rows = [
        {"id": f"a{n}", "country": "GB", "text": f"{SAID[n]}, 07700 9001{n:02d}", "images": [name, "never.png"]}
        for n, name in enumerate(("own.png", "mirrored.png", "other.png"))
    ]
    (folder / "adverts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    workspace = Workspace.open(folder / "workspace", "test")
    with workspace.writing("test"):
        ingest(workspace, [folder / "adverts.jsonl"])
        run(workspace)
    return workspace


@pytest.fixture
def workspace(seen, tmp_path):
    """A copy that a test may change."""
    shutil.copytree(seen.folder, tmp_path / "copy")
    return Workspace.existing(tmp_path / "copy")


@pytest.fixture
def desk(workspace):
    return Desk(workspace)


def advert_of(ana, source_id):
    return ana.json(f"/search.json?q={source_id}")["adverts"][0]


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def test_a_picture_is_grey_until_somebody_asks_and_the_look_is_in_the_log(ana, desk):
    path = f"/adverts/{advert_of(ana, 'a0')['advert_id']}"
    page = ana.get(path).text
    assert BLUR not in page
    assert 'href="?pictures=shown#pictures"' in page
    assert "pictures" not in events(desk.workspace.desk)[-1].details
    shown = ana.get(f"{path}?pictures=shown").text
    assert shown.count(BLUR) == 1
    assert "no file came with it" in shown
    assert json.loads(events(desk.workspace.desk)[-1].details)["pictures"] == [sha256(OWN)]


def test_what_is_shown_is_32_pixels_small(ana):
    import base64
    import io

    from PIL import Image

    strip = ana.json(f"/adverts/{advert_of(ana, 'a0')['advert_id']}.json?pictures=shown")["picture_strip"]
    blur = base64.b64decode(strip["tiles"][0]["blur"].removeprefix(BLUR))
    assert max(Image.open(io.BytesIO(blur)).size) == 32


def test_a_picture_that_a_list_came_to_know_is_a_grey_tile_at_once_and_for_ever(ana, desk, tmp_path):
    (tmp_path / "list.txt").write_text(f"sha256 {sha256(OWN)}\n")
    workspace = desk.workspace
    take_in(workspace.folder / "hashlists", [tmp_path / "list.txt"], Order(kind="sha256"), "2026-01-01T00:00:00Z")
    path = f"/adverts/{advert_of(ana, 'a0')['advert_id']}?pictures=shown"
    assert BLUR in ana.get(path).text
    with workspace.writing("test"):
        assert len(recheck_pictures(workspace, Lists.load(workspace.folder / "hashlists"))) == 1
    for _ in range(2):
        page = ana.get(path).text
        assert BLUR not in page
        assert "Report it by the route of your country" in page
        assert "Show them" not in page
        with workspace.writing("test"):
            run(workspace)
    mirrored = f"/adverts/{advert_of(ana, 'a1')['advert_id']}?pictures=shown"
    assert BLUR in ana.get(mirrored).text
    near = send(ana, png(EDITS["brightened"](drawn("own")))).json()["keys"]
    assert sha256(OWN) not in {key["value"] for key in near}


def send(ana, data, name="photo.png", path="/search.json"):
    files = {"picture": (name, data, "image/png")}
    return ana.client.post(path, files=files, headers={"sec-fetch-site": "same-origin"})


def test_a_dropped_picture_finds_who_shows_it_and_nothing_of_it_is_kept(ana, desk, tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    asked = png(EDITS["brightened"](drawn("own")))
    found = send(ana, asked, "<b>photo.png").json()
    assert [key["matched"].split(",")[0] for key in found["keys"]] == ["a copy", "a copy"]
    assert {key["value"] for key in found["keys"]} == {sha256(OWN), sha256(MIRRORED)}
    event = events(desk.workspace.desk)[-1]
    assert event.action == "search"
    assert sha256(asked) not in event.details
    page = send(ana, asked, "<b>photo.png", "/search").text
    assert "&lt;b&gt;photo.png" in page
    middle = asked[len(asked) // 2 :][:24]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(middle in path.read_bytes() for path in files)


def test_a_picture_is_searched_in_what_is_published_and_the_tables_stay_closed(ana, desk):
    with_tables = send(ana, OWN).json(), ana.json(f"/search.json?q={hashlib.md5(OWN).hexdigest()}")
    shutil.rmtree(desk.workspace.tables)
    assert (send(ana, OWN).json(), ana.json(f"/search.json?q={hashlib.md5(OWN).hexdigest()}")) == with_tables
    assert with_tables[0]["keys"][0]["matched"] == "the same file"


def test_a_dropped_picture_on_a_list_is_only_said_to_be_on_it(ana, desk, tmp_path):
    (tmp_path / "list.txt").write_text(f"md5 {hashlib.md5(OTHER).hexdigest()}\n")
    take_in(desk.workspace.folder / "hashlists", [tmp_path / "list.txt"], Order(kind="md5"), "2026-01-01T00:00:00Z")
    answer = send(ana, OTHER)
    assert answer.status_code == 400
    assert "on a list of known abuse material" in answer.json()["error"]
    hit = events(desk.workspace.desk)[-1]
    assert (hit.actor, hit.action, hit.purpose) == ("ana", "hashlists", "case 2026-17")


def test_what_is_no_picture_is_said_in_words(ana):
    answer = send(ana, b"no picture")
    assert answer.status_code == 400
    assert "cannot be searched as a picture" in answer.json()["error"]


def test_a_typed_hash_finds_the_picture(ana):
    assert [key["value"] for key in ana.json(f"/search.json?q={sha256(OWN)}")["keys"]] == [sha256(OWN)]
    assert ana.json(f"/search.json?q={hashlib.md5(OWN).hexdigest()}")["keys"][0]["value"] == sha256(OWN)


def test_whoever_may_not_search_may_not_search_with_a_picture(person):
    assert send(person("data-protection officer"), OWN).status_code == 403
