"""Take the pictures of the desk anew: `python docs/screenshots.py` makes the demo world, serves it and looks at it.

It needs the extra `desk`, playwright and a Chromium of the system. The world, the size of the window and the fonts of
the system decide what is seen; who looks and why is made up. The same machine gives the same pictures.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PERSON, PURPOSE, ADVERTS = "ana", "case 2026-17", 4_000
WINDOW = {"width": 1280, "height": 800}
DELIVERY = "adverts-march.csv"  # waits in the inbox, as somebody sent it
COLOURS = 96  # of a picture: enough for text on paper, and a third of the size


@dataclass(frozen=True)
class Shot:
    """One picture: its file, the page, the part of it that is seen (the window where none is named), dark or light.

    `{lead}`, `{key}` and `{other}` in a page stand for a lead with a long way, its commonest number, and one like it;
    `{first}` and `{last}` for two days within it.
    """

    name: str
    page: str
    part: str = ""
    dark: bool = False


SHOTS = (
    Shot("desk-queue.png", "/leads"),
    Shot("desk-lead.png", "/leads/{lead}", dark=True),
    Shot("desk-time.png", "/leads/{lead}?from={first}&to={last}", "#time"),
    Shot("desk-map.png", "/leads/{lead}", "#movement"),
    Shot("desk-network.png", "/leads/{lead}", "#network"),
    Shot("desk-evidence.png", "/leads/{lead}", "#evidence .scroll"),
    Shot("desk-split.png", "/leads/{lead}/split"),
    Shot("desk-compare.png", "/compare?left={lead}&right={other}"),
    Shot("desk-key.png", "/keys/{key}"),
    Shot("desk-import.png", f"/imports/file?name={DELIVERY}"),
)


def main() -> None:
    """Write all pictures and say which."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit(f"There is no browser here: none of {', '.join(BROWSERS)}.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        workspace = make_world(Path(folder))
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with served(workspace) as address:
            look(browser, address)
        browser.close()


def make_world(folder: Path) -> Path:
    """Make the demo world and return its workspace."""
    felinar("--workspace", folder / "demo", "demo", "--adverts", ADVERTS, "--no-browser", cwd=folder)
    inbox = folder / "demo" / "inbox"
    inbox.mkdir()
    (inbox / DELIVERY).write_text(_delivery(), encoding="utf-8")
    return folder / "demo"


def _delivery() -> str:
    """Return a small file with what real ones have: own names of columns, a date that is none, a row without a text."""
    rows = ["Ref;Datum;Headline;Text;Ort;Telefon"]
    for number in range(24):
        posted = "soon" if number == 7 else f"{number + 1:02d}.03.2026"
        text = "" if number == 11 else f"Windows and offices cleaned in a day, offer {number}"
        rows.append(f"m{number};{posted};Cleaning, week {number};{text};Leeds;07700 9001{number:02d}")
    return "\n".join(rows) + "\n"


def felinar(*words: Any, cwd: Path) -> None:
    """Call the command line; what it prints is not shown."""
    command = [sys.executable, "-m", "felinar", *map(str, words)]
    subprocess.run(command, cwd=cwd, env=_environment(), check=True, stdout=subprocess.DEVNULL)  # noqa: S603


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """Serve a workspace; gives the address that opens the desk."""
    command = [sys.executable, "-m", "felinar", "--workspace", str(workspace), "serve", "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield (process.stdout.readline() if process.stdout else "").split()[-1]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _environment() -> dict[str, str]:
    return {**os.environ, "FELINAR_ACTOR": PERSON, "PYTHONUNBUFFERED": "1"}


def look(browser: Any, address: str) -> None:
    """Sign in, state a purpose, and take every picture."""
    page = browser.new_context(viewport=WINDOW).new_page()
    base = "/".join(address.split("/")[:3])
    page.goto(address)
    page.goto(f"{base}/purpose")
    page.fill("[name=purpose]", PURPOSE)
    page.click("main button")
    names = chosen(page, base)
    for shot in SHOTS:
        page.emulate_media(color_scheme="dark" if shot.dark else "light")
        page.goto(base + shot.page.format(**names))
        # The bar at the top would lie over a part that is longer than the window.
        page.evaluate("document.querySelector('.top').style.position = 'static'")
        target = page.locator(shot.part).first if shot.part else page
        target.screenshot(path=PICTURES / shot.name)
        shrink(PICTURES / shot.name)
        sys.stdout.write(f"{shot.name}\n")


def chosen(page: Any, base: str) -> dict[str, Any]:
    """Return the lead with most moves among the first ten, its commonest number, one like it, and two days within."""
    asked = page.request
    leads = asked.get(f"{base}/leads.json").json()["leads"][:10]
    told = [asked.get(f"{base}/leads/{lead['operation_id']}.json").json() for lead in leads if not lead["gate"]]
    told = [one for one in told if one["movement"] and one["alike"]] or told
    lead = max(told, key=lambda one: (len(one["movement"]["moves"]) if one["movement"] else 0, one["operation_id"]))
    numbers = [key["key_id"] for key in lead["keys"] if key["kind"] == "phone"]
    others = [one["operation_id"] for one in lead["alike"]] or [leads[-1]["operation_id"]]
    seen = (lead["timeline"]["first"], lead["timeline"]["last"]) if lead["timeline"] else ("2026-01-01", "2026-12-31")
    ends = [date.fromisoformat(day) for day in seen]
    third = (ends[1] - ends[0]) / 3
    first, last = ends[0] + third, ends[1] - third
    return {"lead": lead["operation_id"], "key": numbers[0], "other": others[0], "first": first, "last": last}


def shrink(file: Path) -> None:
    """Write a picture anew with few colours."""
    from PIL import Image

    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
