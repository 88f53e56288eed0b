"""What each step of linking is worth: plain components, hubs taken out, groups joined by the bits that they share.

    python benchmarks/linking.py [ADVERTS…]     # writes benchmarks/results/linking.csv; default 1000, 3000, 20000

All ways see the same keys, read by this version from the same worlds of seed 1 and evasion 0.3. Components join two
adverts as soon as they share one key. Every figure is agreement with the author of the world.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from felinar.demo import write_world
from felinar.evaluate.partition import b_cubed, contingency, largest_false_component
from felinar.kernels.components import components
from felinar.store.lake import Lake

RESULT = Path(__file__).parent / "results" / "linking.csv"
CONTACTS = {"phone", "email", "handle", "url", "wallet", "iban", "masked"}
NAMES = ("adverts", "way", "b_cubed_f1", "precision", "recall", "largest_false_component_percent")

Labels = np.ndarray[tuple[int], np.dtype[np.int64]]
Key = tuple[str, int]


def main() -> None:
    """Measure all sizes, write and print."""
    rows = [row for size in [int(a) for a in sys.argv[1:]] or [1000, 3000, 20_000] for row in measure(size)]
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([NAMES, *rows])
    for row in rows:
        print(*row, sep="\t")


def measure(adverts: int) -> list[tuple[object, ...]]:
    """Return a row per way of linking, for one world."""
    with tempfile.TemporaryDirectory() as folder:
        world = write_world(Path(folder) / "world", adverts=adverts, seed=1, evasion=0.3)
        workspace = Path(folder) / "workspace"
        command = [sys.executable, "-m", "felinar", "--quiet", "--workspace", str(workspace), "--purpose", "benchmark"]
        subprocess.run([*command, "run", str(world.adverts)], check=True, stdout=subprocess.DEVNULL)
        with world.truth.open(encoding="utf-8", newline="") as file:
            truth = {row["source_id"]: row["operation_id"] for row in csv.DictReader(file)}
        ways, source_ids = labels(Lake(workspace / "tables"))
    true = np.unique([truth[source_id] for source_id in source_ids], return_inverse=True)[1].astype(np.int64)
    return [(adverts, way, *score(true, label)) for way, label in ways.items()]


def labels(lake: Lake) -> tuple[dict[str, Labels], list[str]]:
    """Return a label per advert for each way, and the source ids in the order of the labels."""
    table = lake.read("adverts").select(["advert_id", "source_id"]).sort_by("advert_id")
    ids = table["advert_id"].to_pylist()
    links = lake.read("links").to_pydict()
    shown = list(zip(links["advert_id"], zip(links["key_kind"], links["key_id"], strict=True), strict=True))
    hubs = {(key["key_kind"], key["key_id"]) for key in lake.read("keys").to_pylist() if key["hub"]}
    operation = {row["advert_id"]: row["operation_id"] for row in lake.read("memberships").to_pylist()}
    joined = np.unique([operation[i] for i in ids], return_inverse=True)[1].astype(np.int64)
    return {
        "components over contacts": connected(ids, (s for s in shown if s[1][0] in CONTACTS)),
        "components over all keys": connected(ids, shown),
        "contacts, hubs out": connected(ids, (s for s in shown if s[1][0] in CONTACTS and s[1] not in hubs)),
        "all keys, hubs out": connected(ids, (s for s in shown if s[1] not in hubs)),
        "all keys, hubs out, joined by bits (felinar)": joined,
    }, table["source_id"].to_pylist()


def connected(ids: list[int], shown: Iterable[tuple[int, Key]]) -> Labels:
    """Return the connected component of each advert."""
    place = {advert: at for at, advert in enumerate(ids)}
    node: dict[Key, int] = {}
    edges = [(place[advert], len(ids) + node.setdefault(key, len(node))) for advert, key in shown]
    pairs = np.array(edges, dtype=np.int64).reshape(-1, 2)
    found: Labels = components(len(ids) + len(node), pairs[:, 0].copy(), pairs[:, 1].copy())[: len(ids)]
    return found


def score(true: Labels, label: Labels) -> tuple[str, ...]:
    """Return B-cubed F1, precision, recall, and the largest false component in per cent of the adverts."""
    table = contingency(true, label)
    found = b_cubed(table)
    false = 100 * largest_false_component(table)[0] / len(true)
    return (*(f"{value:.3f}" for value in (found.f1, found.precision, found.recall)), f"{false:.1f}")


if __name__ == "__main__":
    main()
