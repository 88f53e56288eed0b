"""Adverts that attack the reader: no page carries anything of theirs but text."""

import json
import re
import shutil
from html.parser import HTMLParser

import pytest

from felinar.pipeline import ingest, run
from felinar.store.workspace import Workspace
from felinar.web.desk import Desk
from felinar.web.imports import inbox
from felinar.web.routes import PAGES

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>{{ 1301*1303 }}{% raw %}"
BIDI = "\u202e\u2066 gnp.exe \u200f\u061c"
ESCAPES = "\x1b[2J\x1b]0;renamed\x07\x9b31m\x7f\x08\r"
PHONE = "07700 900123"


def adverts():
    for number in range(6):
        yield {
            "id": f"{SCRIPT}{number}",
            "url": f"javascript:alert({number})//example.com/{number}",
            "site": f"evil.example{SCRIPT}",
            "account": f"u{number}{BIDI}",
            "title": f"=HYPERLINK(1) {SCRIPT} massage {BIDI} {ESCAPES} {number}",
            "text": f"{SCRIPT} {BIDI} {ESCAPES} call {PHONE} or javascript:alert(1) =cmd|' /C calc'!A0 \x00\x1e\x1f "
            + "a word " * 30,
            "location": f"Leeds {SCRIPT} {ESCAPES}",
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
    inbox.folder_of(workspace)
    shutil.copy(file, workspace.folder / "inbox" / "<b>&'adverts.jsonl")
    ingest(workspace, [file])
    run(workspace)
    return workspace


# One is for another role, one wants the name of a file.
OTHERS = ("/accounts", "/imports/file")


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
    yield from (f"{page.path}" for page in PAGES if "{" not in page.path and page.path not in OTHERS)
    yield "/imports/file?name=%3Cb%3E%26%27adverts.jsonl&source=%22%3E%3Cscript%3E"
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
        assert str(1301 * 1303) not in answer.text, path


def test_a_browser_runs_nothing_of_an_advert(reader, attacked, serve, sit):
    """Nothing opens a window, asks another place, or breaks the policy (which the console would tell)."""
    paths = list(dict.fromkeys(all_pages(reader)))
    one_of_each = {re.sub(r"\d+", "N", path): path for path in paths}
    seat = sit(serve(attacked.folder))
    seat.page.on("dialog", lambda dialog: (seat.trouble.append(dialog.message), dialog.dismiss()))
    seat.state_purpose()
    for path in one_of_each.values():
        seat.go(path)
    assert len(one_of_each) > 12
    assert seat.trouble == []
    assert all(url.startswith(seat.base) for url in seat.asked)


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


CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def ids(attacked):
    """An operation, an advert and a key of the attackers."""
    from felinar.store.published import Published

    published = Published.open(attacked.published)
    (key,) = published.keys_by_value("+447700900123", "phone")
    (advert_id, *_) = published.adverts_of_key(key["key_no"])
    operation_id = published.advert(advert_id)["operation_id"]
    published.close()
    return {"operation": operation_id, "advert": advert_id, "key": key["key_id"]}


COMMANDS = (
    ("leads",),
    ("show", "{operation}"),
    ("show", "{advert}"),
    ("show", "{key}"),
    ("search", PHONE),
    ("search", "massage"),
    ("search", ESCAPES + BIDI),
    ("watch", "add", "massage", "--reason", ESCAPES),
    ("watch", "list"),
    ("audit", "verify"),
    ("audit", "list"),
    ("nothing" + ESCAPES,),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]).partition("\x1b")[0])
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_no_command_lets_an_advert_speak_to_the_terminal(attacked, ids, command, form, capfd, monkeypatch):
    from felinar.cli import main

    monkeypatch.setenv("FELINAR_ACTOR", f"ana{ESCAPES}")
    given = [part.format(**ids) if part.startswith("{") else part for part in command]
    monkeypatch.setattr("sys.argv", ["felinar", *form, "--workspace", str(attacked.folder), *given])
    with pytest.raises(SystemExit):
        main()
    said = capfd.readouterr()
    assert said.out + said.err
    assert CONTROL.findall(said.out + said.err) == []


@pytest.mark.parametrize("table", ["adverts", "mentions", "keys", "memberships", "leads"])
def test_no_cell_of_an_export_is_a_formula(attacked, table, tmp_path, monkeypatch):
    import csv

    from felinar.cli import main

    out = tmp_path / "out.csv"
    arguments = ["--workspace", str(attacked.folder), "export", table, "--format", "csv", "--out", str(out)]
    monkeypatch.setattr("sys.argv", ["felinar", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    csv.field_size_limit(1 << 24)
    with out.open(encoding="utf-8", newline="") as lines:
        cells = [cell for row in csv.reader(lines) for cell in row]
    assert cells
    assert [cell for cell in cells if re.match(r"\s*[=@|%]|\s*[-+](?![\d.])", cell)] == []


def test_a_body_of_a_megabyte_opens(reader):
    found = reader.get("/search.json", params={"q": "long"}).json()["adverts"]
    page = reader.get(f"/adverts/{found[0]['advert_id']}")
    assert page.status_code == 200
