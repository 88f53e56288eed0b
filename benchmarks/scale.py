"""What every stage of a run costs as the pile grows: seconds on the clock, processor seconds, peak memory.

python benchmarks/scale.py [--adverts 100000 1000000] [--world FOLDER] [--threads N]

Each size is a synthetic world (seed 2, evasion 0.3) read from JSONL by a process of its own, from an empty workspace to
the published file. Memory is that of the whole tree of processes, looked at ten times a second.
Writes results/scale.csv. A folder with a world (`felinar demo --out FOLDER`) spares making one.
"""

from __future__ import annotations

import argparse
import csv
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from felinar.demo import write_world
from felinar.pipeline.progress import Advance, Silent, Timed

RESULTS = Path(__file__).parent / "results" / "scale.csv"
COLUMNS = ("adverts", "stage", "seconds", "cpu_seconds", "peak_mb")


class Watched(Timed):
    """Remembers the peak of memory of each stage too."""

    def __init__(self) -> None:
        super().__init__(Silent())
        self.stage, self.peaks = "start", {"start": 0.0}
        threading.Thread(target=self._watch, daemon=True).start()

    def begin(self, what: str, total: int | None = None) -> Advance:
        self.stage = what
        self.peaks.setdefault(what, 0.0)
        return super().begin(what, total)

    def _watch(self) -> None:
        while True:
            self.peaks[self.stage] = max(self.peaks[self.stage], megabytes())
            time.sleep(0.1)


def megabytes() -> float:
    """Return the memory of this process and its workers; of mapped files, which they share, the most that one maps.

    The kernel keeps these counts; adding up pages (smaps) would cost a third of a processor at this rate.
    """
    processes = [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
    counts = [_of_process(process) for process in processes]
    own = sum(count.get("RssAnon", 0) + count.get("RssShmem", 0) for count in counts)
    return (own + max(count.get("RssFile", 0) for count in counts)) / 1024


def _of_process(process: int | None) -> dict[str, int]:
    """Return the kilobytes of a process by the kernel's names; none once it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return {}
    return {
        name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines) if name[:3] == "Rss"
    }


def measured(adverts: int, world: Path, workspace: Path) -> list[dict[str, object]]:
    """Return a row per stage, and one for all of them; run in a fresh process."""
    from felinar.pipeline import ingest, run
    from felinar.store.workspace import Workspace

    opened = Workspace.open(workspace, "benchmark")
    watched = Watched()
    with opened.writing("benchmark"):
        ingest(opened, [world], ahead=True, progress=watched)
        run(opened, progress=watched)
    costs = watched.costs()
    rows = [
        {"stage": c.stage, "seconds": c.seconds, "cpu_seconds": c.cpu_seconds, "peak_mb": round(watched.peaks[c.stage])}
        for c in costs
    ]
    whole = {"stage": "all", "peak_mb": round(max(watched.peaks.values()))}
    whole |= {name: round(sum(getattr(c, name) for c in costs), 2) for name in ("seconds", "cpu_seconds")}
    return [{"adverts": adverts, **row} for row in (*rows, whole)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adverts", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--world", type=Path, help="folder with adverts.jsonl; then --adverts is one number")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--one", nargs=2, type=Path, metavar=("WORLD", "WORKSPACE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.adverts[0], *asked.one)))
        return
    rows = [row for adverts in asked.adverts for row in apart(adverts, asked.world, asked.threads)]
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(RESULTS.read_text(encoding="utf-8"))


def apart(adverts: int, world: Path | None, threads: int) -> list[dict[str, object]]:
    """Return the rows of one size, measured by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        if world is None:
            world = Path(folder) / "world"
            write_world(world, adverts=adverts, seed=2, evasion=0.3)
        command = [sys.executable, __file__, "--adverts", str(adverts)]
        command += ["--one", str(world / "adverts.jsonl"), f"{folder}/workspace"]
        environment = {**os.environ, **({"FELINAR_THREADS": str(threads)} if threads else {})}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
