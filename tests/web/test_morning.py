"""The morning's work in a real browser, by keyboard only, offline: from a file in the inbox to a dossier."""

import re
import shutil
import zipfile

from felinar.audit import events, verify
from felinar.store.judgements import judgements
from felinar.store.statuses import statuses
from felinar.store.workspace import Workspace
from felinar.web.imports import inbox

PATIENCE_MS = 60_000


def test_from_import_to_a_judged_lead_that_is_passed_on(sit, serve, world, tmp_path):
    workspace = Workspace.open(tmp_path / "morning", "case 2026-17")
    shutil.copy(world.adverts, inbox.folder_of(workspace) / "delivery.jsonl")
    seat = sit(serve(workspace.folder), accept_downloads=True)
    assert seat.page.url.endswith("/purpose?next=/imports"), "an empty desk begins with the import"
    seat.press("Control+a")
    seat.type("case 2026-17")
    seat.press_and_wait("Enter", "/imports$")

    # Import: the file, what it would give, the run.
    seat.press("j")
    seat.press_and_wait("Enter", "/imports/file")
    assert "400 rows can be read" in seat.page.locator("main").inner_text()
    seat.press_and_wait("s", r"/imports/\d+$")
    seat.page.locator("text=What was linked").wait_for(timeout=PATIENCE_MS)
    seat.press_and_wait("q", "/leads$")

    # The queue, a lead, a judgement with its reason.
    seat.press("j")
    seat.press_and_wait("Enter", r"/leads/\d+$")
    lead = seat.page.url.rpartition("/")[2]
    seat.press("r")
    seat.type("one text, one number")
    seat.press("Escape")
    row = seat.page.locator("tr[data-row]:has(button[data-key=n])").first
    while row.evaluate("(row) => !row.classList.contains('current')"):
        seat.press("j")
    seat.press_and_wait("n", f"/leads/{lead}")
    (kept,) = judgements(workspace.desk)
    assert (kept.verdict, kept.actor, kept.reason) == ("different", "ana", "one text, one number")

    # The dossier, then the decision.
    seat.press_and_wait("d", f"/leads/{lead}/dossier")
    seat.type("the unit in York")
    with seat.page.expect_download(timeout=PATIENCE_MS) as coming:
        seat.press("Enter")
    packed = tmp_path / "dossier.zip"
    coming.value.save_as(packed)
    assert any(name.endswith("verify.py") for name in zipfile.ZipFile(packed).namelist())
    seat.go(f"/leads/{lead}")
    seat.press_and_wait("3", r"/leads/\d+$")
    assert [(str(one.operation_id), one.status) for one in statuses(workspace.desk)] == [(lead, "referred")]

    assert seat.trouble == [], "the policy of the pages is kept, and nothing failed"
    assert all(re.match(re.escape(seat.base), url) for url in seat.asked), "no request leaves the machine"
    verify(workspace.desk)
    done = [event.action for event in events(workspace.desk)]
    assert [one for one in done if one in ("sign in", "import", "run", "judge", "status")] == [
        "sign in", "import", "run", "judge", "status",
    ]  # fmt: skip
