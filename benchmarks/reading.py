"""Phones in a synthetic world: how many are read of each kind of writing and in each language, beside five others?

python benchmarks/reading.py [--adverts 5000] [--evasion 0.3] [--seed 11]

Writes results/reading.csv and results/reading_failures.csv (some failures of each kind of writing). The author of the
world is ours: these are marks of agreement with him. A language is the one that Felinar reads the advert in.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa

from _rivals import ENGINES, match, rates, same, values
from felinar.demo import write_world
from felinar.demo.disguise import is_disguise
from felinar.extract import extract
from felinar.sources import read
from phones import write

Row = dict[str, Any]
FIELDS = ("title", "body", "contact_text")
SHOWN = 8  # failures of a kind


class World:
    """The adverts of a world, and by advert the numbers that it shows with their ways of writing."""

    def __init__(self, adverts: int, evasion: float, seed: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            world = write_world(Path(folder) / "world", adverts=adverts, seed=seed, evasion=evasion)
            self.adverts = pa.concat_tables([batch.adverts for batch in read(world.adverts, source="demo")])
            rows = list(csv.DictReader(world.ways.read_text(encoding="utf-8").splitlines()))
        self.ids = self.adverts["source_id"].to_pylist()
        self.ways: dict[str, dict[str, str]] = {}
        for row in rows:
            self.ways.setdefault(row["source_id"], {})[row["phone"]] = row["way"]
        columns = (self.adverts[name].to_pylist() for name in FIELDS)
        self.texts = ["\n".join(parts) for parts in zip(*columns, strict=True)]
        self.countries = self.adverts["country_hint"].to_pylist()

    def without_countries(self) -> pa.Table:
        """Return the adverts as one sees them who knows neither country nor place nor site."""
        table = self.adverts
        for name in ("country_hint", "place_text", "site"):
            table = table.set_column(table.column_names.index(name), name, pa.array([""] * table.num_rows))
        return table


def felinar(world: World, given: bool) -> tuple[list[list[str]], list[dict[str, bool]]]:
    """Return the numbers by advert, and whether they were called obscured."""
    table = world.adverts if given else world.without_countries()
    row_of = {advert_id: i for i, advert_id in enumerate(table["advert_id"].to_pylist())}
    mentions = extract(table, kinds=("phone",))
    found: list[list[str]] = [[] for _ in world.ids]
    called = [dict[str, bool]() for _ in world.ids]
    for mention in mentions.to_pylist():
        row = row_of[mention["advert_id"]]
        found[row].append(mention["value"])
        called[row][mention["value"]] = called[row].get(mention["value"], False) or mention["obscured"]
    return found, called


def languages(world: World) -> list[str]:
    order = pa.array(range(len(world.ids)), pa.int64())
    table = world.adverts.set_column(0, "advert_id", order)
    found = values(extract(table, kinds=("language",)), len(world.ids))
    return [" + ".join(sorted(set(read))) or "?" for read in found]


def measure(world: World, engine: str, given: bool, spoken: list[str]) -> tuple[list[Row], list[Row]]:
    """Return the figures of one engine and its failures."""
    texts = list(zip(world.texts, world.countries if given else [""] * len(world.texts), strict=True))
    ours = engine == "felinar"
    answers, called = felinar(world, given) if ours else (ENGINES[engine](texts), [{}] * len(texts))
    totals: Counter[tuple[str, str, str]] = Counter()
    failures: list[Row] = []
    for i, found in enumerate(answers):
        ways = world.ways.get(world.ids[i], {})
        right, missed, wrong = match(found, sorted(ways))
        tongue = spoken[i] if " + " not in spoken[i] else "several"
        groups = [("all", "all"), ("language", tongue)]
        flagged = [n for n in right if any(called[i][v] and same(v, n) for v in called[i])]
        for what, numbers in (("right", right), ("missed", missed), ("wrong", wrong), ("flagged", flagged)):
            for number in numbers:
                way = ways.get(number, "")
                kinds = [("way", way), ("writing", "disguised" if disguised(way) else "plain")] if way else []
                totals.update((*group, what) for group in (*groups, *kinds))
        failures += [{"way": ways[n], "what": "missed", "number": n, "text": around(world.texts[i])} for n in missed]
        failures += [{"way": "", "what": "false", "number": n, "text": around(world.texts[i])} for n in wrong]
    about = {"country": "given" if given else "unknown", "engine": engine}
    return [about | row | ({} if ours else {"called_obscured": ""}) for row in rows(totals)], failures


def disguised(way: str) -> bool:
    """Whether a plain reader of digits would miss it: a footer and the number of a hub are written plainly."""
    return is_disguise(way) and way not in ("footer", "hub")


def rows(totals: Counter[tuple[str, str, str]]) -> list[Row]:
    keys = sorted(
        {key[:2] for key in totals}, key=lambda key: (("all", "writing", "way", "language").index(key[0]), key)
    )
    found = []
    for key in keys:
        right, missed, wrong = (totals[(*key, what)] for what in ("right", "missed", "wrong"))
        called = {"called_obscured": f"{totals[(*key, 'flagged')] / right:.3f}" if right else ""}
        row = {"by": key[0], "group": key[1], "shown": right + missed} | rates(right, wrong, missed) | called
        # A number that stands nowhere was written in no way, so ways have a recall only.
        found.append(row | ({"precision": "", "f1": ""} if key[0] in ("way", "writing") else {}))
    return found


def around(text: str) -> str:
    """Return the stretch of a text that has the most digits in long or mixed words: the number is there, or nearly."""
    words = text.split()
    digits = [sum(c.isdigit() for c in word) for word in words]
    likely = [d >= 3 or (d > 0 and any(c.isalpha() for c in word)) for d, word in zip(digits, words, strict=True)]
    times = [":" in word or "." in word for word in words]
    weights = [len(w) if ok and not time else 0 for w, ok, time in zip(words, likely, times, strict=True)]
    sums = [sum(weights[i : i + 8]) for i in range(max(1, len(words) - 7))]
    best = sums.index(max(sums))
    return " ".join(words[max(0, best - 1) : best + 9])


def main() -> None:
    """Print the figures, Felinar's failures, and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adverts", type=int, default=5000)
    parser.add_argument("--evasion", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=11)
    wanted = parser.parse_args()
    world = World(wanted.adverts, wanted.evasion, wanted.seed)
    spoken = languages(world)
    table: list[Row] = []
    shown: list[Row] = []
    for engine in ENGINES:
        for given in (True, False):
            measured, failures = measure(world, engine, given, spoken)
            table += measured
            if engine == "felinar" and given:
                counts: Counter[str] = Counter()
                for failure in sorted(failures, key=lambda f: (f["way"], f["text"])):
                    counts[failure["way"]] += 1
                    shown += [failure] if counts[failure["way"]] <= SHOWN else []
            for row in measured if engine == "felinar" else measured[:3]:
                print(*row.values(), sep="\t")
    write("reading", table)
    write("reading_failures", shown)


if __name__ == "__main__":
    main()
