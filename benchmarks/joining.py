"""Which way of joining keeps operations whole without gluing strangers: the same weighted links, hubs out, for all.

    python benchmarks/joining.py [ADVERTS[:SEED[:EVASION]]…]     # writes benchmarks/results/joining.csv

Links are those of this version on demo worlds (default: 1,000 and 20,000 adverts, seeds 1 to 3, evasion .3 and .9), as
they are, and with chains put in: 3 of 100 adverts also show some key of another, as a recycled or misread number does.
Thresholds of the rivals are swept and all shown. Every figure is agreement with the author of the world.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from _ways_of_joining import WAYS
from felinar.demo import write_world
from felinar.evaluate.partition import adjusted_rand, b_cubed, contingency, largest_false_component, pairwise
from felinar.store.lake import Lake

RESULT = Path(__file__).parent / "results" / "joining.csv"
NAMES = (
    "adverts", "seed", "evasion", "strangers_percent", "way", "b_cubed_f1", "precision", "recall", "pairwise_f1", "ari",
    "largest_false_component_percent", "largest_predicted_to_largest_true", "cpu_seconds",
)  # fmt: skip
STRANGERS_PERCENT = 3
DEFAULT = [f"{adverts}:{seed}:{evasion}" for adverts in (1000, 20_000) for evasion in (0.3, 0.9) for seed in (1, 2, 3)]


def main() -> None:
    """Measure all worlds; write after each."""
    rows: list[tuple[object, ...]] = []
    for world in sys.argv[1:] or DEFAULT:
        adverts, seed, evasion = [*world.split(":"), "1", "0.3"][:3] if world.count(":") == 0 else world.split(":")
        rows += measure(int(adverts), int(seed), float(evasion))
        with RESULT.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([NAMES, *rows])


def measure(adverts: int, seed: int, evasion: float) -> list[tuple[object, ...]]:
    """Return a row per way, for one world."""
    with tempfile.TemporaryDirectory() as folder:
        world = write_world(Path(folder) / "world", adverts=adverts, seed=seed, evasion=evasion)
        workspace = Path(folder) / "workspace"
        command = [sys.executable, "-m", "felinar", "--quiet", "--workspace", str(workspace), "--purpose", "benchmark"]
        subprocess.run([*command, "run", str(world.adverts)], check=True, stdout=subprocess.DEVNULL)
        with world.truth.open(encoding="utf-8", newline="") as file:
            truth = {row["source_id"]: row["operation_id"] for row in csv.DictReader(file)}
        true, *links = read(Lake(workspace / "tables"), truth)
    rows = []
    for strangers in (0, STRANGERS_PERCENT):
        shown = with_strangers(len(true), *links, strangers)
        for name, way in WAYS.items():
            begun = time.process_time()
            label = way(len(true), *shown)
            seconds = f"{time.process_time() - begun:.2f}"
            rows.append((adverts, seed, evasion, strangers, name, *score(true, label), seconds))
            print(*rows[-1], sep="\t", flush=True)
    return rows


def with_strangers(
    adverts: int, advert: np.ndarray, key: np.ndarray, bits: np.ndarray, percent: int
) -> tuple[np.ndarray, ...]:
    """Return the links with one more for so many per cent of the adverts, each to a key drawn from all links."""
    draw = np.random.default_rng(1)
    chosen = draw.choice(adverts, adverts * percent // 100, replace=False)
    rows = draw.integers(0, len(key), len(chosen))
    advert, key = np.concatenate([advert, chosen]), np.concatenate([key, key[rows]])
    bits = np.concatenate([bits, bits[rows]])
    order = np.lexsort((bits, advert, key))
    twice = np.zeros(len(order), bool)
    twice[1:] = (key[order][1:] == key[order][:-1]) & (advert[order][1:] == advert[order][:-1])
    order = order[~twice]
    return advert[order], key[order], bits[order]


def read(lake: Lake, truth: dict[str, str]) -> tuple[np.ndarray, ...]:
    """Return the true label of each advert, and advert, key and millibits of each link, by key, then advert."""
    table = lake.read("adverts", ["advert_id", "source_id"]).sort_by("advert_id")
    true = np.unique([truth[i] for i in table["source_id"].to_pylist()], return_inverse=True)[1]
    links = lake.read("links", ["advert_id", "key_kind", "key_id", "millibits"])
    names = np.array(
        [f"{k}{i}" for k, i in zip(links["key_kind"].to_pylist(), links["key_id"].to_pylist(), strict=True)]
    )
    key = np.unique(names, return_inverse=True)[1]
    advert = np.searchsorted(table["advert_id"].to_numpy(), links["advert_id"].to_numpy())
    bits = links["millibits"].to_numpy().astype(np.int64)
    order = np.lexsort((advert, key))
    order = order[bits[order] > 0]
    return true, advert[order], key[order], bits[order]


def score(true: np.ndarray, label: np.ndarray) -> tuple[str, ...]:
    """Return the measures of one way."""
    table = contingency(true, label)
    found, false = b_cubed(table), largest_false_component(table)
    measures = found.f1, found.precision, found.recall, pairwise(table).f1, adjusted_rand(table)
    ratio = false[1] / max(1, int(table.true_sizes.max()))
    return (*(f"{m:.3f}" for m in measures), f"{100 * false[0] / len(true):.2f}", f"{ratio:.2f}")


if __name__ == "__main__":
    main()
