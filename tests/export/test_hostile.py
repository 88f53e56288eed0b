"""Adverts that attack whoever opens a dossier: scripts, links, formulas, marks that turn the writing, a megabyte."""

import csv
import io
import json
import shutil
from html.parser import HTMLParser

import pytest

from felinar.export.dossier import subject, verify
from felinar.export.dossier.gather import Order
from felinar.export.dossier.package import make, write_folder
from felinar.export.dossier.permission import Permission
from felinar.pipeline import ingest, run
from felinar.store.published import Published
from felinar.store.watches import Who
from felinar.store.workspace import Workspace

SCRIPT = "<script>document.title='run'</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>{{ 7*7 }}{% raw %}"
BIDI = "\u202e\u2066 gnp.exe \u200f\u061c"
FORMULA = "=cmd|' /C calc'!A0"
PHONE = "07700 900123"


def adverts():
    for number in range(5):
        yield {
            "id": f"{FORMULA}{SCRIPT}{number}",
            "url": f"javascript:alert({number})//example.com/{number}",
            "site": f"evil.example{SCRIPT}",
            "account": f"@SUM(1){number}{BIDI}",
            "title": f"{FORMULA} {SCRIPT} massage {BIDI} {number}",
            "text": f"+1+1 {SCRIPT} {BIDI} call {PHONE} or javascript:alert(1) \x00\x1e\x1f " + "a word " * 30,
            "location": f"-Leeds {SCRIPT}",
            "contact": f"{PHONE} {SCRIPT}",
            "posted_at": f"2026-01-0{number + 1}",
        }
    yield {"id": "long", "title": "long", "text": f"{PHONE} " + "<b>x</b> " * 120_000, "posted_at": "2026-01-09"}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A workspace in which these adverts are one operation."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "adverts.jsonl"
    file.write_text("\n".join(json.dumps(advert) for advert in adverts()), encoding="utf-8")
    workspace = Workspace.open(folder / "workspace", "case 1")
    ingest(workspace, [file])
    run(workspace)
    return workspace


@pytest.fixture(scope="module", params=["masked", "full"])
def files(attacked, request):
    reading = Published.open(attacked.published)
    operation_id = max(reading.linked_operations(), key=lambda one: one[1])[0]
    given = Permission("waived", f"ana{SCRIPT}", f"{FORMULA}{SCRIPT}") if request.param == "full" else None
    who = Who(f"ana{SCRIPT}", f"case {SCRIPT}", "")
    made = make(Order(attacked, subject.lead(reading, operation_id, ()), f"Police {BIDI}{SCRIPT}", who, given, "d"))
    reading.close()
    return made.files


class Tags(HTMLParser):
    """What a browser would make of a page: every tag with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_the_report_carries_nothing_of_an_advert_but_text(files):
    page = files["report.html"].decode()
    tags = Tags(page).found
    assert len(tags) > 50
    for tag, attributes in tags:
        told = (tag, attributes)
        assert tag not in ("script", "iframe", "object", "embed", "base", "img", "image", "a", "link", "form"), told
        assert not any(name.startswith("on") or name in ("style", "src", "href") for name in attributes), told
    assert "{{ 7*7 }}" in page
    assert len(page) < 400_000
    assert "more characters stand in exhibits.json" in page


def test_no_cell_of_a_table_is_a_formula(files):
    csv.field_size_limit(1 << 24)
    tables = {name: content for name, content in files.items() if name.endswith(".csv")}
    assert len(tables) == 5
    for name, content in tables.items():
        for row in csv.reader(io.StringIO(content.decode(), newline="")):
            for cell in row:
                plain_number = cell[:1] in "+-" and cell[1:].replace(".", "").isdecimal()
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or plain_number, (name, cell[:60])


def test_the_verifier_holds_on_hostile_adverts_and_says_nothing_of_theirs_to_the_terminal(files, tmp_path, capsys):
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert verify.main([str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "all that was checked holds" in said
    assert not {"\u202e", "\u2066", "\x1b", "\x1e"} & set(said)


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    place = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if place is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=place, args=["--no-sandbox"])
        yield opened
        opened.close()


def test_in_a_browser_nothing_runs_nothing_is_asked_and_the_console_is_silent(files, tmp_path, browser):
    (tmp_path / "report.html").write_bytes(files["report.html"])
    page = browser.new_page()
    trouble, asked = [], []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "report.html").as_uri())
    assert page.title() != "run"
    assert page.evaluate("document.querySelectorAll('script, img, iframe').length") == 0
    page.pdf(path=tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").stat().st_size > 10_000
    assert (trouble, asked) == ([], [(tmp_path / "report.html").as_uri()])
    page.close()


def test_what_was_written_is_what_was_made(files, tmp_path):
    from felinar.export.dossier.package import Dossier

    write_folder(Dossier(files, 6, True), tmp_path / "out")
    assert verify.contents(tmp_path / "out") == files
