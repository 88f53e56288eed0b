"""Adverts that attack the reader: no page carries anything of theirs but text."""

import json
import re
from html.parser import HTMLParser

import pytest

from felinar.pipeline import ingest, run
from felinar.store.workspace import Workspace
from felinar.web.desk import Desk
from felinar.web.routes import PAGES

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>{{ 7*7 }}{% raw %}"
BIDI = "\u202e\u2066 gnp.exe \u200f\u061c"
PHONE = "07700 900123"


def adverts():
    for number in range(6):
        yield {
            "id": f"{SCRIPT}{number}",
            "url": f"javascript:alert({number})//example.com/{number}",
            "site": f"evil.example{SCRIPT}",
            "account": f"u{number}{BIDI}",
            "title": f"{SCRIPT} massage {BIDI} {number}",
            "text": f"{SCRIPT} {BIDI} call {PHONE} or javascript:alert(1) =cmd|' /C calc'!A0 \x00\x1e\x1f "
            + "a word " * 30,
            "location": f"Leeds {SCRIPT}",
            "contact": f"{PHONE} {SCRIPT}",
            "posted_at": f"2026-01-0{number + 1}",
        }
    yield {"id": "long", "title": "long", "text": f"{PHONE} " + "<b>x</b> " * 120_000, "posted_at": "2026-01-09"}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "adverts.jsonl"
    file.write_text("\n".join(json.dumps(advert) for advert in adverts()), encoding="utf-8")
    workspace = Workspace.open(folder / "workspace", f"case {SCRIPT}")
    ingest(workspace, [file])
    run(workspace)
    return workspace


class Tags(HTMLParser):
    """What a browser would make of a page: every tag with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def reader(attacked, person):
    anybody = person()
    desk = Desk(attacked)
    desk.warm()
    return type(anybody)(desk, "single user", purpose=f"case {SCRIPT}", name=f"ana{SCRIPT}")


def all_pages(reader):
    found = reader.get("/search.json", params={"q": PHONE}).json()["keys"][0]
    key = reader.json(f"/keys/{found['key_id']}.json")
    yield f"/keys/{found['key_id']}"
    for advert in key["advert_list"]:
        yield f"/adverts/{advert['advert_id']}"
        yield f"/adverts/{advert['advert_id']}/original"
        yield f"/leads/{advert['operation_id']}"
    yield from (f"{page.path}" for page in PAGES if "{" not in page.path and page.path != "/accounts")
    yield "/search?q=" + "%3Cscript%3Ealert(1)%3C/script%3E"
    yield "/search?q=" + "%22%20autofocus%20onfocus%3Dalert(1)%20x%3D%22"
    yield "/leads?site=%22%3E%3Cscript%3E&state=%3Cscript%3E"
    yield "/log?who=%22%3E%3Cscript%3E"


def test_no_page_carries_anything_of_an_advert_but_text(reader):
    paths = list(dict.fromkeys(all_pages(reader)))
    assert len(paths) > 20
    for path in paths:
        answer = reader.get(path)
        assert answer.status_code == 200, (path, answer.text[:200])
        for tag, attributes in Tags(answer.text).found:
            told = (path, tag, attributes)
            assert tag not in ("iframe", "object", "embed", "base", "img", "style", "image"), told
            assert not any(name.startswith("on") or name == "style" for name in attributes), told
            assert tag != "script" or attributes == {"src": "/static/desk.js", "defer": None}, told
            for name in ("href", "src", "action"):
                assert re.match(r"[/?#]", attributes.get(name, "/")), told
                assert not attributes.get(name, "/").startswith("//"), told
        assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|\b49\b", answer.text), path


def test_direction_marks_stay_inside_their_own_box(reader):
    """A mark that turns the writing around cannot turn what stands beside it: texts are isolated by the style."""
    from importlib import resources

    style = resources.files("felinar.web").joinpath("static/desk.css").read_text(encoding="utf-8")
    for selector in (".text", "mark", ".record"):
        assert re.search(rf"^{re.escape(selector)} \{{[^}}]*unicode-bidi: (isolate|plaintext)", style, re.MULTILINE)


def test_the_twin_of_a_page_is_json_that_no_browser_runs(reader):
    answer = reader.get("/leads.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_body_of_a_megabyte_opens(reader):
    found = reader.get("/search.json", params={"q": "long"}).json()["adverts"]
    page = reader.get(f"/adverts/{found[0]['advert_id']}")
    assert page.status_code == 200
