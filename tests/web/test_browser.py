"""The morning's work in a real browser, by keyboard only, with nothing on the console."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from felinar.store.judgements import judgements
from felinar.store.statuses import statuses

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser():
    """The system's Chromium."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"there is no browser here: none of {', '.join(BROWSERS)}")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def address(workspace):
    """The desk as the command serves it, and the address that it prints."""
    command = [sys.executable, "-m", "felinar", "--workspace", str(workspace.folder), "serve", "--port", "0"]
    environment = {**os.environ, "FELINAR_ACTOR": "ana", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    yield process.stdout.readline().split()[-1]
    process.terminate()
    process.communicate(timeout=30)


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

    def go(self, path):
        self.page.goto(self.base + path)

    def press_and_wait(self, key, part):
        """Press a key that leads to a page whose address holds this part."""
        with self.page.expect_navigation(url=re.compile(part)):
            self.page.keyboard.press(key)

    def state_purpose(self):
        self.go("/purpose")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type("case 2026-17")
        self.press_and_wait("Enter", "/leads")


@pytest.fixture
def seat(browser, address):
    seat = Seat(browser, address)
    yield seat
    seat.context.close()


def test_the_morning_by_keyboard_from_the_queue_to_judged_leads(seat, workspace):
    seat.state_purpose()
    seat.press("j", "j")
    assert seat.page.locator("tr.current .rank").inner_text().strip() == "2"
    seat.press("k")
    seat.press_and_wait("Enter", r"/leads/\d+")
    operation = int(seat.page.url.rpartition("/")[2])
    seat.press("r")
    seat.page.keyboard.type("one text, one number")
    seat.press("Escape")
    rows = seat.page.locator("tbody tr[data-row]")
    rows.nth(1).locator("td").first.click()
    seat.press_and_wait("n", f"/leads/{operation}")
    assert "different" in seat.page.locator(".said[role=status]").inner_text()
    (kept,) = judgements(workspace.desk)
    assert (kept.verdict, kept.actor, kept.reason) == ("different", "ana", "one text, one number")
    assert seat.page.locator("tr.current").count() == 1, "the row that was judged is current again"
    seat.press_and_wait("z", f"/leads/{operation}")
    assert judgements(workspace.desk) == []
    seat.press_and_wait("3", r"/leads/\d+")
    assert [(status.operation_id, status.status) for status in statuses(workspace.desk)] == [(operation, "referred")]
    assert not seat.page.url.endswith(str(operation)), "the next lead opens"
    seat.press_and_wait("[", f"/leads/{operation}")
    seat.press("g")
    seat.press_and_wait("l", "/leads$")
    assert seat.trouble == []


def test_the_help_opens_and_closes_and_the_search_takes_the_keys(seat):
    seat.press("?")
    assert seat.page.locator("#keys").is_visible()
    seat.press("Escape")
    assert not seat.page.locator("#keys").is_visible()
    seat.press("/")
    seat.page.keyboard.type("jk?")
    assert seat.page.locator("[data-find]").input_value() == "jk?"


def pages_of(seat):
    lead = seat.page.request.get(f"{seat.base}/leads.json").json()["leads"][0]["operation_id"]
    told = seat.page.request.get(f"{seat.base}/leads/{lead}.json").json()
    advert, key = told["evidence"]["rows"][0]["advert_id"], told["keys"][0]["key_id"]
    one = (f"/leads/{lead}", f"/adverts/{advert}", f"/adverts/{advert}/original", f"/keys/{key}")
    return (
        "/leads",
        *one,
        "/hubs",
        "/search?q=07700900123",
        "/path",
        "/watches",
        "/lists",
        "/patterns",
        "/runs",
        "/log",
        "/purpose",
    )


def test_no_page_asks_anybody_else_or_breaks_the_policy(seat):
    seat.state_purpose()
    for path in pages_of(seat):
        seat.go(path)
    assert seat.trouble == []
    assert all(url.startswith(seat.base) for url in seat.asked)


# Colours are all that differs in the dark; what a page is made of is looked at once.
RULES = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]},
    "dark": {"runOnly": ["color-contrast"], "resultTypes": ["violations"]},
}


PAGES = {"light": None, "dark": 3}


@pytest.mark.parametrize("scheme", RULES)
def test_every_page_is_accessible(browser, address, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    seat = Seat(browser, address, color_scheme=scheme)
    seat.state_purpose()
    found, passed = {}, 0
    for path in pages_of(seat)[: PAGES[scheme]]:
        seat.go(path)
        # Forty rows of a kind say what three say.
        seat.page.evaluate("document.querySelectorAll('tr[data-row]:nth-of-type(n+4)').forEach((row) => row.remove())")
        results = axe.Axe().run(seat.page, options=RULES[scheme]).response
        passed += len(results["passes"])
        for violation in results["violations"]:
            found[path, violation["id"]] = [node["html"][:120] for node in violation["nodes"][:3]]
    seat.context.close()
    assert found == {}
    assert passed


def test_the_desk_works_without_a_script(browser, address, workspace):
    seat = Seat(browser, address, java_script_enabled=False)
    seat.go("/purpose")
    seat.page.fill("[name=purpose]", "case 2026-17")
    seat.page.click("main button")
    seat.page.click("a[data-open] >> nth=0")
    seat.page.click("button[value='parked']")
    assert [status.status for status in statuses(workspace.desk)] == ["parked"]
    seat.context.close()


def test_the_pages_keep_their_width_on_a_narrow_window(browser, address):
    seat = Seat(browser, address)
    seat.page.set_viewport_size({"width": 700, "height": 800})
    seat.state_purpose()
    for path in pages_of(seat):
        seat.go(path)
        wide = seat.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 700, path
    seat.context.close()
