"""Cases and dossiers in a browser: readable for everybody, nothing asked elsewhere, and a ZIP that arrives."""

import zipfile

import pytest

from felinar.export.dossier import verify

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@pytest.fixture
def lead(seat):
    """Open the first lead, and put it into a case of its own."""
    seat.state_purpose()
    seat.go("/cases")
    seat.page.fill("form.filters [name=name]", "Ring in Leeds")
    seat.page.fill("form.filters [name=reason]", "a call")
    seat.page.click("form.filters button")
    seat.go("/leads")
    seat.page.click("a[data-open] >> nth=0")
    place = seat.page.url
    seat.page.select_option(".pass-on [name=case]", "1")
    seat.page.fill(".pass-on [name=reason]", "same driver")
    seat.page.click(".pass-on button")
    return place.removeprefix(seat.base)


def test_a_lead_goes_into_a_case_and_leaves_as_a_dossier(seat, lead, tmp_path):
    seat.go("/cases/1")
    assert seat.page.locator("tr[data-row]").count() == 1
    seat.go(f"{lead}/dossier")
    seat.page.fill("[name=recipient]", "Police Leeds")
    with seat.page.expect_download() as arriving:
        seat.page.click("form.dossier button")
    arriving.value.save_as(tmp_path / "dossier.zip")
    assert all(holds for holds, _ in verify.check(tmp_path / "dossier.zip"))
    with zipfile.ZipFile(tmp_path / "dossier.zip") as archive:
        report = archive.read("report.html")
    (tmp_path / "report.html").write_bytes(report)
    assert seat.trouble == []


def test_the_pages_are_accessible_and_ask_nobody_else(seat, lead):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = {}
    for path in ("/cases", "/cases/1", "/cases/1/dossier", f"{lead}/dossier", "/dossiers"):
        seat.go(path)
        for violation in axe.Axe().run(seat.page, options=RULES).response["violations"]:
            found[path, violation["id"]] = [node["html"][:120] for node in violation["nodes"][:3]]
    assert found == {}
    assert seat.trouble == []
    assert all(url.startswith(seat.base) for url in seat.asked)


def test_the_report_of_a_dossier_is_accessible(browser, seat, lead, tmp_path):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    seat.go(f"{lead}/dossier")
    seat.page.fill("[name=recipient]", "Police Leeds")
    with seat.page.expect_download() as arriving:
        seat.page.click("form.dossier button")
    with zipfile.ZipFile(arriving.value.path()) as archive:
        (tmp_path / "report.html").write_bytes(archive.read("report.html"))
    # Its own policy lets no script run, so the checker's must be let past it.
    page = browser.new_page(bypass_csp=True)
    page.goto((tmp_path / "report.html").as_uri())
    violations = axe.Axe().run(page, options=RULES).response["violations"]
    page.close()
    assert {v["id"]: [node["html"][:120] for node in v["nodes"][:3]] for v in violations} == {}
