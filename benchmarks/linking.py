"""What each step of linking is worth, beside plain components and Splink, all on the same keys: B-cubed and seconds.

    python benchmarks/linking.py [ADVERTS…]     # writes benchmarks/results/linking.csv; default 1000, 3000, 20000

All ways see the same keys, read by this version from the same worlds of evasion 0.3 (seed 50 of both families).
Components join two adverts as soon as they share one key. Seconds are processor time from the keys and links on, for
Felinar with the description of each operation. Every figure is agreement with the author of the world.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from _splink import VERSION, splink_labels
from felinar.evaluate.partition import adjusted_rand, b_cubed, contingency, largest_false_component, pairwise
from felinar.kernels.components import components
from felinar.resolve import resolve
from felinar.store.lake import Lake
from worlds import FAMILIES

RESULT = Path(__file__).parent / "results" / "linking.csv"
SEED, EVASION = 50, 0.3
CONTACTS = ("phone", "email", "handle", "url", "wallet", "iban", "masked")
NAMES = (
    "family", "adverts", "way", "b_cubed_f1", "precision", "recall", "pairwise_f1", "adjusted_rand",
    "largest_false_component_percent", "cpu_seconds",
)  # fmt: skip

Labels = np.ndarray[tuple[int], np.dtype[np.int64]]
Key = tuple[str, int]
Shown = list[tuple[int, Key]]


def main() -> None:
    """Measure all sizes, write and print."""
    sizes = [int(a) for a in sys.argv[1:]] or [1000, 3000, 20_000]
    rows = [row for family in FAMILIES for size in sizes for row in measure(family, size)]
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([NAMES, *rows])
    for row in rows:
        print(*row, sep="\t")


def measure(family: str, adverts: int) -> list[tuple[object, ...]]:
    """Return a row per way of linking, for one world."""
    with tempfile.TemporaryDirectory() as folder:
        records, truth_file = FAMILIES[family](Path(folder) / "world", adverts, SEED, EVASION)
        workspace = Path(folder) / "workspace"
        command = [sys.executable, "-m", "felinar", "--quiet", "--workspace", str(workspace), "--purpose", "benchmark"]
        subprocess.run([*command, "run", str(records)], check=True, stdout=subprocess.DEVNULL)
        with truth_file.open(encoding="utf-8", newline="") as file:
            truth = {row["source_id"]: row["operation_id"] for row in csv.DictReader(file)}
        ways, source_ids = labels(Lake(workspace / "tables"))
    true = np.unique([truth[source_id] for source_id in source_ids], return_inverse=True)[1].astype(np.int64)
    return [(family, adverts, way, *score(true, label), seconds) for way, (label, seconds) in ways.items()]


def labels(lake: Lake) -> tuple[dict[str, tuple[Labels, str]], list[str]]:
    """Return a label per advert and the seconds for each way, and the source ids in the order of the labels."""
    table = lake.read("adverts").select(["advert_id", "source_id"]).sort_by("advert_id")
    place = {advert: at for at, advert in enumerate(table["advert_id"].to_pylist())}
    links = lake.read("links").to_pydict()
    keys = zip(links["key_kind"], links["key_id"], strict=True)
    shown: Shown = [(place[advert], key) for advert, key in zip(links["advert_id"], keys, strict=True)]
    hubs = {(key["key_kind"], key["key_id"]) for key in lake.read("keys").to_pylist() if key["hub"]}
    left: Shown = [pair for pair in shown if pair[1] not in hubs]
    ways: dict[str, Callable[[], Labels]] = {
        "components over telephone numbers": lambda: connected(len(place), _of(shown, ("phone",))),
        "components over contacts": lambda: connected(len(place), _of(shown, CONTACTS)),
        "components over all keys": lambda: connected(len(place), shown),
        f"Splink {VERSION} on all keys": lambda: splink_labels(by_kind(shown, len(place)), len(place)),
        "contacts, hubs out": lambda: connected(len(place), _of(left, CONTACTS)),
        "all keys, hubs out": lambda: connected(len(place), left),
        f"Splink {VERSION} on all keys, hubs out": lambda: splink_labels(by_kind(left, len(place)), len(place)),
    }
    ways["all keys, hubs out, joined by bits (felinar)"] = lambda: joined(lake)
    joined(lake)  # the kernels are compiled or loaded before they are timed
    told = {way: timed(work) for way, work in ways.items()}
    return told, table["source_id"].to_pylist()


def _of(shown: Shown, kinds: Iterable[str]) -> Shown:
    return [pair for pair in shown if pair[1][0] in kinds]


def timed(work: Callable[[], Labels]) -> tuple[Labels, str]:
    """Return what the work returns, and the processor time that it took."""
    began = time.process_time()
    found = work()
    return found, f"{time.process_time() - began:.2f}"


def joined(lake: Lake) -> Labels:
    """Return what Felinar joins."""
    adverts, mentions, keys, links = (lake.read(name) for name in ("adverts", "mentions", "keys", "links"))
    memberships = resolve(adverts, mentions, keys, links).memberships
    operation = memberships.sort_by("advert_id")["operation_id"].to_numpy()
    return np.unique(operation, return_inverse=True)[1].astype(np.int64)


def by_kind(shown: Shown, adverts: int) -> dict[str, list[list[int]]]:
    """Return for each kind of key the keys of every advert, contacts of all kinds as one."""
    lists: dict[str, list[list[int]]] = {
        name: [[] for _ in range(adverts)] for name in ("contacts", "texts", "pictures")
    }
    names = {"near_duplicate": "texts", "picture": "pictures"}
    for advert, (kind, key) in shown:
        lists[names.get(kind, "contacts")][advert].append(key)
    return lists


def connected(adverts: int, shown: Iterable[tuple[int, Key]]) -> Labels:
    """Return the connected component of each advert."""
    node: dict[Key, int] = {}
    edges = [(advert, adverts + node.setdefault(key, len(node))) for advert, key in shown]
    pairs = np.array(edges, dtype=np.int64).reshape(-1, 2)
    found: Labels = components(adverts + len(node), pairs[:, 0].copy(), pairs[:, 1].copy())[:adverts]
    return found


def score(true: Labels, label: Labels) -> tuple[str, ...]:
    """Return B-cubed F1, precision, recall, pairwise F1, ARI, and the largest false component in per cent."""
    table = contingency(true, label)
    found = b_cubed(table)
    false = 100 * largest_false_component(table)[0] / len(true)
    figures = (found.f1, found.precision, found.recall, pairwise(table).f1, adjusted_rand(table))
    return (*(f"{value:.3f}" for value in figures), f"{false:.1f}")


if __name__ == "__main__":
    main()
