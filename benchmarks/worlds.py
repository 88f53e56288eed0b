"""The whole way on synthetic worlds: linking, reading, ranking, wall time and peak memory, over sizes, evasion, seeds.

python benchmarks/worlds.py [--adverts 1000 20000] [--evasion 0.3] [--seeds 1 2 3]; a row per world goes to
results/worlds.csv. Every figure is agreement with the author of the world, not a statement about trafficking.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

from felinar.demo import write_world
from felinar.evaluate import Scorecard, evaluate

RESULTS = Path(__file__).parent / "results" / "worlds.csv"
EXPORTS = ("memberships", "mentions", "leads")


def felinar(workspace: Path, *arguments: str) -> None:
    """Call the command line in a process of its own, as a user does."""
    command = [sys.executable, "-m", "felinar", "--quiet", "--workspace", str(workspace), *arguments]
    subprocess.run(command, check=True, env={**os.environ, "FELINAR_PURPOSE": "benchmark"}, stdout=subprocess.DEVNULL)


def measure(adverts: int, evasion: float, seed: int) -> dict[str, object]:
    """Return one row: the world, what it took and the scorecard."""
    with tempfile.TemporaryDirectory() as folder:
        world = write_world(Path(folder) / "world", adverts=adverts, seed=seed, evasion=evasion)
        workspace = Path(folder) / "workspace"
        begun = time.monotonic()
        felinar(workspace, "run", str(world.adverts))
        seconds = time.monotonic() - begun
        files = [Path(folder) / f"{name}.csv" for name in EXPORTS]
        for file in files:
            felinar(workspace, "export", file.stem, "--out", str(file))
        card = evaluate(world.truth, *files)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    about = {"adverts": adverts, "evasion": evasion, "seed": seed, "seconds": f"{seconds:.1f}", "peak_mb": peak}
    return about | row(card)


def row(card: Scorecard) -> dict[str, object]:
    """Return the headline figures of a scorecard."""
    data = card.data()
    links, phones, leads = data["links"], data["phones"], data["leads"]
    figures = {
        "b_cubed_f1": links["b_cubed"]["f1"],
        "false_component_share": links["false_component_share"],
        "phone_precision": phones["score"]["precision"],
        "phone_recall": phones["score"]["recall"],
        "lead_average_precision": leads["average_precision"],
    }
    counts = {"leads": leads["leads"], "planted": leads["planted"]}
    for top, precision in leads["precision"].items():
        figures[f"lead_precision_{top}"] = precision
        figures[f"independents_and_duos_{top}"] = leads["private_share"][top]
        counts[f"planted_found_{top}"] = leads["found"][top]
    return {name: f"{value:.3f}" for name, value in figures.items()} | counts


def main() -> None:
    """Measure every combination and write the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adverts", type=int, nargs="+", default=[1000, 20000])
    parser.add_argument("--evasion", type=float, nargs="+", default=[0.3])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    wanted = parser.parse_args()
    rows = []
    for size, evasion, seed in product(wanted.adverts, wanted.evasion, wanted.seeds):
        rows.append(measure(size, evasion, seed))
        print(*(f"{name}={value}" for name, value in rows[-1].items()))
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
