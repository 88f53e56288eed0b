"""The whole way on synthetic worlds of four families: linking, ranking, harm, languages, over sizes, evasion, seeds.

python benchmarks/worlds.py [--family demo second third fourth] [--adverts 1000 20000]
    [--evasion 0 .3 .6 .9] [--seeds 50 51]

A row per world goes to results/worlds.csv, a row per world and kind to results/worlds_kinds.csv; rows of other worlds
stay there. No rule was chosen on seeds 50 to 59. Every figure is agreement with the author of a world, not a
statement about trafficking.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path
from typing import Any

from felinar.demo import write_world
from felinar.evaluate import Scorecard, evaluate
from fourth_world import write_fourth_world
from second_world import write_second_world
from third_world import write_third_world

RESULTS = Path(__file__).parent / "results"
EXPORTS = ("memberships", "mentions", "leads")
WORLD = ("family", "adverts", "evasion", "seed")
Row = dict[str, object]


def demo(out: Path, adverts: int, seed: int, evasion: float) -> tuple[Path, Path]:
    """Write a world of the package's own generator and return the paths of adverts and truth."""
    world = write_world(out, adverts=adverts, seed=seed, evasion=evasion)
    return world.adverts, world.truth


def second(out: Path, adverts: int, seed: int, evasion: float) -> tuple[Path, Path]:
    """Write a world of the second family, by another author's habits."""
    return write_second_world(out, adverts=adverts, seed=seed, evasion=evasion)


def third(out: Path, adverts: int, seed: int, evasion: float) -> tuple[Path, Path]:
    """Write a world of the third family: few and small planted operations; seeds 60 to 63 are those of development."""
    return write_third_world(out, adverts=adverts, seed=seed, evasion=evasion)


def fourth(out: Path, adverts: int, seed: int, evasion: float) -> tuple[Path, Path]:
    """Write a world of the fourth family, made from the literature; held out for ranking."""
    return write_fourth_world(out, adverts=adverts, seed=seed, evasion=evasion)


FAMILIES: dict[str, Callable[[Path, int, int, float], tuple[Path, Path]]] = {
    "demo": demo,
    "second": second,
    "third": third,
    "fourth": fourth,
}


def felinar(workspace: Path, *arguments: str) -> None:
    """Call the command line in a process of its own, as a user does."""
    command = [sys.executable, "-m", "felinar", "--quiet", "--workspace", str(workspace), *arguments]
    subprocess.run(command, check=True, env={**os.environ, "FELINAR_PURPOSE": "benchmark"}, stdout=subprocess.DEVNULL)


def measure(family: str, adverts: int, evasion: float, seed: int) -> tuple[Row, list[Row]]:
    """Return the row of one world, and its rows by kind of true operation."""
    with tempfile.TemporaryDirectory() as folder:
        records, truth = FAMILIES[family](Path(folder) / "world", adverts, seed, evasion)
        workspace = Path(folder) / "workspace"
        felinar(workspace, "run", str(records))
        files = [Path(folder) / f"{name}.csv" for name in EXPORTS]
        for file in files:
            felinar(workspace, "export", file.stem, "--out", str(file))
        card = evaluate(truth, *files)
    world: Row = dict(zip(WORLD, (family, adverts, evasion, seed), strict=True))
    return {**world, **figures(card)}, [{**world, **row} for row in by_kind(card)]


def figures(card: Scorecard) -> Row:
    """Return the figures of a scorecard, all with three decimals but the counts."""
    data: dict[str, Any] = card.data()
    links, phones, leads, languages = data["links"], data["phones"], data["leads"], data["languages"]
    shares = {
        "b_cubed_f1": links["b_cubed"]["f1"],
        "b_cubed_precision": links["b_cubed"]["precision"],
        "b_cubed_recall": links["b_cubed"]["recall"],
        "pairwise_f1": links["pairwise"]["f1"],
        "adjusted_rand": links["adjusted_rand"],
        "false_component_share": links["false_component_share"],
        "largest_predicted_to_true": links["largest_cluster"] / max(1, links["largest_operation"]),
        "phone_f1": phones["score"]["f1"],
        "lead_average_precision": leads["average_precision"],
        "language_gap": languages["gap"] if languages else 0.0,
        "language_gap_low": languages["low"] if languages else 0.0,
        "language_gap_high": languages["high"] if languages else 0.0,
        "false_lead_gap": languages["false_lead_gap"] if languages else 0.0,
    }
    counts = {"leads": leads["leads"], "planted": leads["planted"]}
    for top, precision in leads["precision"].items():
        shares[f"lead_precision_{top}"] = precision
        shares[f"independents_and_duos_{top}"] = leads["private_share"][top]
        counts[f"planted_found_{top}"] = leads["found"][top]
        counts[f"found_per_1000_adverts_{top}"] = round(leads["found_per_1000_adverts"][top])
        counts[f"innocent_operations_exposed_{top}"] = leads["exposed"][top]["operations"]
        counts[f"private_operations_exposed_{top}"] = leads["exposed"][top]["private_operations"]
    return {**{name: f"{value:.3f}" for name, value in shares.items()}, **counts}


def by_kind(card: Scorecard) -> Iterable[Row]:
    """Return for each kind of true operation how well it was linked, and how many of the planted ones were found."""
    data: dict[str, Any] = card.data()
    found = data["leads"]["found_by_group"]
    kinds = data["links"]["by_kind"]
    for kind in sorted({*kinds, *found}):
        score = kinds.get(kind, {})
        told = {f"b_cubed_{name}": f"{score[name]:.3f}" if score else "" for name in ("precision", "recall", "f1")}
        of = found.get(kind, ("", ""))
        yield {"kind_or_size": kind, **told, "found": of[0], "planted": of[1]}


def kept(path: Path, rows: list[Row]) -> list[Row]:
    """Return the rows with those of other worlds that the file held before, in the order of worlds."""
    measured = {tuple(str(row[name]) for name in WORLD) for row in rows}
    before: list[Row] = []
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            before = [dict(row) for row in csv.DictReader(file)]
    same = [row for row in before if list(row) == list(rows[0]) and tuple(row[name] for name in WORLD) not in measured]
    order = lambda row: (row["family"], int(str(row["adverts"])), float(str(row["evasion"])), int(str(row["seed"])))  # noqa: E731
    return sorted([*same, *rows], key=order)


def write(name: str, rows: list[Row]) -> None:
    path = RESULTS / f"{name}.csv"
    rows = kept(path, rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Measure every combination and write the rows as they come."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--family", nargs="+", choices=list(FAMILIES), default=list(FAMILIES))
    parser.add_argument("--adverts", type=int, nargs="+", default=[1000, 20000])
    parser.add_argument("--evasion", type=float, nargs="+", default=[0.0, 0.3, 0.6, 0.9])
    parser.add_argument("--seeds", type=int, nargs="+", default=[50, 51, 52])
    wanted = parser.parse_args()
    for family, size, evasion, seed in product(wanted.family, wanted.adverts, wanted.evasion, wanted.seeds):
        row, kinds = measure(family, size, evasion, seed)
        write("worlds", [row])
        write("worlds_kinds", kinds)
        print(*(f"{name}={value}" for name, value in row.items()), flush=True)


if __name__ == "__main__":
    main()
