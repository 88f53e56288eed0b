"""The morning's work in a real browser, by keyboard only, with nothing on the console."""

import pytest

from felinar.store.judgements import judgements
from felinar.store.statuses import statuses


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
    others = seat.page.locator("tbody tr[data-row]:not(.reference)")
    others.first.locator("td").first.click()
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


# Pages about an import need one: whoever walks them all asks for the fixture of that name.
with_an_import = pytest.mark.usefixtures("imported")


def pages_of(seat):
    leads = seat.page.request.get(f"{seat.base}/leads.json").json()["leads"]
    lead = leads[0]["operation_id"]
    told = seat.page.request.get(f"{seat.base}/leads/{lead}.json").json()
    advert, key = told["evidence"]["rows"][0]["advert_id"], told["keys"][0]["key_id"]
    one = (f"/leads/{lead}", f"/adverts/{advert}", f"/adverts/{advert}/original", f"/keys/{key}")
    other = (told["alike"] or [{"operation_id": leads[1]["operation_id"]}])[0]["operation_id"]
    two = (f"/leads/{lead}/split", f"/compare?left={lead}&right={other}", f"/path?from={lead}&to={other}")
    return (
        "/leads",
        *one,
        *two,
        "/hubs",
        "/search?q=07700900123",
        "/path",
        "/watches",
        "/imports",
        "/imports/file?name=adverts.jsonl",
        "/imports/17",
        "/cases",
        "/dossiers",
        "/lists",
        "/patterns",
        "/runs",
        "/log",
        "/purpose",
    )


@with_an_import
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


@with_an_import
@pytest.mark.parametrize("scheme", RULES)
def test_every_page_is_accessible(sit, address, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    seat = sit(address, color_scheme=scheme)
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
    assert found == {}
    assert passed


def test_the_desk_works_without_a_script(sit, address, workspace):
    seat = sit(address, java_script_enabled=False)
    seat.go("/purpose")
    seat.page.fill("[name=purpose]", "case 2026-17")
    seat.page.click("main button")
    seat.page.click("a[data-open] >> nth=0")
    seat.page.click("button[value='parked']")
    assert [status.status for status in statuses(workspace.desk)] == ["parked"]


@with_an_import
def test_the_pages_keep_their_width_on_a_narrow_window(sit, address):
    seat = sit(address)
    seat.page.set_viewport_size({"width": 700, "height": 800})
    seat.state_purpose()
    for path in pages_of(seat):
        seat.go(path)
        wide = seat.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 700, path
