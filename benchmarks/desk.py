"""How long do people at the desk wait, alone and while a run brings a batch in and publishes it?

python benchmarks/desk.py --world FOLDER [--batch 100000] [--workspace FOLDER]
python benchmarks/desk.py --workspace FOLDER --only-publish

The adverts of the world (FOLDER/adverts.jsonl, any size) but for the last --batch of them make a workspace; a finished
one of them may be given instead, which is copied. Then, each alone first and again while `felinar run` works on the
rest: a key looked up and words searched in this process, pages asked of a served desk with their entry in the log, and
judgements. Milliseconds on the clock of whoever waits, and of the processor of the process that answers: on a machine
that others use too only the latter say much. `publishing` are the requests while a new published file was written.
With --only-publish the writer does nothing else: the tables of the workspace are newer than its published file.
Writes results/desk.csv (on Linux, which lets one read another process's clock).
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count, cycle
from pathlib import Path
from urllib.parse import quote

from _hand import Served
from felinar.search.look_up import look_up
from felinar.search.words import find_words
from felinar.store.index import WordIndex
from felinar.store.published_desk import DeskReading

RESULTS = Path(__file__).parent / "results" / "desk.csv"
COLUMNS = ("adverts", "what", "when", "times", "median_ms", "p95_ms", "worst_ms", "cpu_median_ms", "cpu_p95_ms")
SOME, LIST = 300, 10_000
WARM_SECONDS = 8
_PUBLISH = """
import sys
from pathlib import Path
from felinar.store.lake import Lake
from felinar.store.publish import publish
lake = Lake(Path(sys.argv[1]) / "tables")
publish(Path(sys.argv[1]) / "published.sqlite", lake, generation=lake.generation, epoch=lake.manifest().epoch)
"""
Taken = dict[tuple[str, str], list[tuple[float, float]]]
Clock = Callable[[], float]


def processor_of(served: Served) -> Clock:
    """Return the clock of a desk's processor time, as Linux numbers the clocks of processes."""
    return lambda: time.clock_gettime((~served.process.pid << 3) | 2)


class Asked:
    """What is asked for: numbers, words, pages and pairs of adverts of a workspace, each in an endless round."""

    def __init__(self, workspace: Path) -> None:
        with closing(DeskReading.at(workspace / "published.sqlite")) as reading:
            self.numbers = [key["value"] for key in reading.contacts("phone") if key["value"].startswith("+")]
            leads = reading.leads(SOME)
            largest = max(leads, key=lambda lead: (lead["adverts"], lead["rank"]))
            hub = reading.hubs()[0]
            shown = [reading.light_adverts(lead["operation_id"]) for lead in leads[:SOME]]
        self.titles = cycle([" ".join(rows[0]["title"].split()[:2]) for rows in shown if len(rows[0]["title"]) > 8])
        self.looked_up = cycle(self.numbers[:SOME])
        self.pairs = cycle([(rows[0]["advert_id"], rows[1]["advert_id"]) for rows in shown if len(rows) > 1])
        one = leads[min(7, len(leads) - 1)]["operation_id"]
        self.pages = {
            "queue": "/leads", "queue with a filter": "/leads?language=en", "lead": f"/leads/{one}",
            "largest lead": f"/leads/{largest['operation_id']}", "advert": f"/adverts/{shown[7][0]['advert_id']}",
            "largest hub": f"/keys/{hub['key_id']}", "hubs": "/hubs", "search": f"/search?q={quote(self.numbers[3])}",
            "words": "/search?q=massage", "patterns": "/patterns", "log": "/log",
        }  # fmt: skip


def ask(workspace: Path, served: Served, asked: Asked, taken: Taken, when: Callable[[], str]) -> Iterator[None]:
    """Ask for one thing after another, each time noting what it took, for as long as somebody goes on asking."""
    hand, marks, worked = served.hand, count(), processor_of(served)
    while True:
        with closing(DeskReading.at(workspace / "published.sqlite")) as reading:
            index = WordIndex.open(workspace)
            for _ in range(10):
                note(taken, "key look-up", when, lambda: look_up(reading, next(asked.looked_up)))
                note(taken, "ranked words", when, lambda words=index: find_words(reading, words, next(asked.titles)))
        for name, path in asked.pages.items():
            note(taken, name, when, lambda path=path: hand.get(path), worked)
            yield
        for _ in range(3):
            left, right = next(asked.pairs)
            said = {"said": f"advert {left} {right} unsure", "reason": f"benchmark {next(marks)}"}
            note(taken, "judgement", when, lambda said=said: hand.post("/judge", **said), worked)
            yield


def note(
    taken: Taken, what: str, when: Callable[[], str], work: Callable[[], object], worked: Clock = time.thread_time
) -> None:
    """Do the work and note its milliseconds, on the clock and by the processor's clock `worked`."""
    before, clock, processor = when(), time.perf_counter(), worked()
    work()
    spent = 1000 * (time.perf_counter() - clock), 1000 * (worked() - processor)
    taken["publishing" if "publishing" in (before, when()) else before, what].append(spent)


def measured(workspace: Path, writer: list[str]) -> Taken:
    """Return what everything took: the start, the first request of each kind, alone, and with a writer at work."""
    taken: Taken = defaultdict(list)
    began = time.perf_counter()
    served = Served(workspace)
    taken["start", "until signed in"].append((1000 * (time.perf_counter() - began), 1000 * processor_of(served)()))
    try:
        asked = Asked(workspace)
        time.sleep(WARM_SECONDS)
        listed = "\n".join(asked.numbers[SOME:][:LIST])
        first = ask(workspace, served, asked, taken, lambda: "first")
        for _ in asked.pages:
            next(first)
        send_it = partial(send, served, listed)
        for when in ("first", "alone"):
            note(taken, f"list of {len(listed.splitlines()):,}", lambda when=when: when, send_it, processor_of(served))
        alone = ask(workspace, served, asked, taken, lambda: "alone")
        for _ in range(10 * (len(asked.pages) + 3)):
            next(alone)
        with_a_writer(workspace, writer, served, asked, taken)
    finally:
        served.end()
    return taken


def send(served: Served, listed: str) -> None:
    """Look a list up on the desk."""
    status, _, text = served.hand._ask("POST", "/lists.json", f"values={quote(listed)}")
    assert status == 200, text[:200]


def with_a_writer(workspace: Path, writer: list[str], served: Served, asked: Asked, taken: Taken) -> None:
    """Go on asking while another process writes."""
    coming = workspace / "published.sqlite.new"
    began, published = time.perf_counter(), 0.0
    running = subprocess.Popen(writer, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    asking = ask(workspace, served, asked, taken, lambda: "publishing" if coming.exists() else "with a run")
    while running.poll() is None:
        was, clock = coming.exists(), time.perf_counter()
        next(asking)
        published += (time.perf_counter() - clock) if was and coming.exists() else 0.0
    assert running.returncode == 0, "the run that was to disturb has failed"
    taken["with a run", "all of the writer"].append((1000 * (time.perf_counter() - began), 0.0))
    taken["with a run", "of it publishing"].append((1000 * published, 0.0))


def published_adverts(workspace: Path) -> int:
    """Return how many adverts are published."""
    with closing(DeskReading.at(workspace / "published.sqlite")) as reading:
        return int(reading.facts["adverts"])


def rows_of(taken: Taken, adverts: int) -> list[dict[str, object]]:
    """Return the table, what was noted first first."""
    rows = []
    for (when, what), spent in taken.items():
        waited, worked = sorted(one for one, _ in spent), sorted(one for _, one in spent)
        at = [len(spent) // 2, min(len(spent) - 1, int(len(spent) * 0.95)), -1]
        told = dict(zip(COLUMNS[4:7], (round(waited[i], 1) for i in at), strict=True))
        named = {"adverts": adverts, "what": what, "when": when, "times": len(spent)}
        rows.append({**named, **told, "cpu_median_ms": round(worked[at[0]], 1), "cpu_p95_ms": round(worked[at[1]], 1)})
    return rows


def made(folder: Path, world: Path, batch: int, finished: Path | None) -> tuple[Path, list[str]]:
    """Return a workspace without the last adverts of the world, and the command that brings these in."""
    lines = (world / "adverts.jsonl").read_bytes().splitlines(keepends=True)
    cut = len(lines) - min(batch, len(lines) // 5)
    before, after, workspace = folder / "before.jsonl", folder / "after.jsonl", folder / "workspace"
    before.write_bytes(b"".join(lines[:cut]))
    after.write_bytes(b"".join(lines[cut:]))
    if finished is not None:
        shutil.copytree(finished, workspace)
    else:
        settings = {**os.environ, "FELINAR_PURPOSE": "benchmark"}
        command = [sys.executable, "-m", "felinar", "--quiet", "--workspace", str(workspace), "run", str(before)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=settings)
    return workspace, [sys.executable, "-m", "felinar", "--quiet", "--workspace", str(workspace), "run", str(after)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world", type=Path)
    parser.add_argument("--batch", type=int, default=100_000)
    parser.add_argument("--workspace", type=Path, help="a finished workspace of the world without its last adverts")
    parser.add_argument("--only-publish", action="store_true")
    asked = parser.parse_args()
    if not (asked.workspace if asked.only_publish else asked.world):
        parser.error("give a --world, or a --workspace and --only-publish")
    with tempfile.TemporaryDirectory() as folder:
        if asked.only_publish:
            workspace = Path(shutil.copytree(asked.workspace, Path(folder) / "workspace"))
            writer = [sys.executable, "-c", _PUBLISH, str(workspace)]
        else:
            workspace, writer = made(Path(folder), asked.world, asked.batch, asked.workspace)
        rows = rows_of(measured(workspace, writer), published_adverts(workspace))
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
