"""Phones on the shared cases: how well and how fast, by disguise and country, beside five other readers?

python benchmarks/phones.py     # writes results/phones.csv and results/phones_failures.csv

A match is equal after up to three leading digits are dropped on either side; micro-F1 over (row, number). The texts
stay where they are (FELINAR_SHARED, default ../shared): some may not be passed on, so failures name file and line only.
"""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

from _clock import seconds
from _rivals import ENGINES, VERSIONS, match, rates

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FELINAR_SHARED", ROOT.parent / "shared")) / "data" / "phones"
RESULTS = Path(__file__).parent / "results"
FILES = ("public_cases", "synthetic_cases")

Row = dict[str, Any]


def cases(file: str) -> list[Row]:
    return [json.loads(line) for line in (SHARED / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()]


def measure(file: str, known: list[Row], engine: str, given: bool) -> tuple[list[Row], list[Row]]:
    """Return the figures of one engine on one file, and what it missed or read wrongly, line by line."""
    texts = [(case["text"], case["country"].replace("ZZ", "") if given else "") for case in known]
    read = ENGINES[engine]
    answers = read(texts)
    speed = round(len(texts) / seconds(lambda: read(texts)))
    totals: dict[tuple[str, str], list[int]] = {}
    failures = []
    about = {"file": file, "country": "given" if given else "unknown", "engine": engine}
    for number, (case, found) in enumerate(zip(known, answers, strict=True), start=1):
        right, missed, wrong = match(found, case["expected"])
        counts = (len(right), len(wrong), len(missed), 1, not missed and not wrong)
        for key in (("all", "all"), ("disguise", case["kind"]), ("country", case["country"])):
            totals[key] = [a + b for a, b in zip(totals.get(key, [0] * 5), counts, strict=True)]
        if missed or wrong:
            what = {"line": number, "disguise": case["kind"], "of": case["country"]}
            failures.append(about | what | {"missed": len(missed), "false": len(wrong)})
    rows = [about | figures(*key, counts, speed) for key, counts in totals.items()]
    return rows, failures


def figures(by: str, group: str, counts: list[int], speed: int) -> Row:
    right, wrong, missed, texts, exact = counts
    row = {"by": by, "group": group, "texts": texts} | rates(right, wrong, missed) | {"exact": f"{exact / texts:.3f}"}
    return row | {"texts_per_cpu_second": speed if by == "all" else ""}


def main() -> None:
    """Print the figures over all cases, then what Felinar fails on; write both tables."""
    if not SHARED.is_dir():
        print(f"SKIPPED: the shared telephone cases are not at {SHARED}.")
        return
    print(*(f"{name} {number}" for name, number in VERSIONS.items()), sep=", ")
    rows: list[Row] = []
    failures: list[Row] = []
    for read in ENGINES.values():
        read([("warm up: 07700 900123, +33 6 39 98 12 34", "GB")])
    for file in FILES:
        for engine in ENGINES:
            for given in (True, False):
                measured, failed = measure(file, cases(file), engine, given)
                rows += measured
                failures += failed if engine == "felinar" else []
                print(*measured[0].values(), sep="\t")
    for failure in failures:
        print("felinar fails:", *failure.values(), sep="\t")
    write("phones", rows)
    write("phones_failures", failures)


def write(name: str, rows: list[Row]) -> None:
    with (RESULTS / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
