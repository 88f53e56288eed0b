"""Phones: F1 on the shared cases beside libphonenumber's matcher and a digit pattern, and texts per CPU second.

    python benchmarks/phones.py     # writes benchmarks/results/phones.csv

A match is equal after up to three leading digits are dropped on either side; micro-F1 over (row, number).
The texts stay where they are (FELINAR_SHARED, default ../shared): some may not be passed on.
"""

import csv
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import phonenumbers

from felinar.extract.contract import Context
from felinar.extract.phone import PHONE
from felinar.kernels.fold import fold

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FELINAR_SHARED", ROOT.parent / "shared")) / "data" / "phones"
RESULT = Path(__file__).parent / "results" / "phones.csv"
NAIVE = re.compile(r"\+?\d(?:[ ().\-/]{0,2}\d){6,14}")


def ours(text: str, country: str) -> list[str]:
    return [found.value for found in PHONE.find(fold(text), Context(country=country))]


def libphonenumber(leniency: int) -> Callable[[str, str], list[str]]:
    def read(text: str, country: str) -> list[str]:
        matches = phonenumbers.PhoneNumberMatcher(text, country or None, leniency=leniency)
        return [phonenumbers.format_number(m.number, phonenumbers.PhoneNumberFormat.E164) for m in matches]

    return read


def naive(text: str, country: str) -> list[str]:
    return NAIVE.findall(text)


ENGINES: dict[str, Callable[[str, str], list[str]]] = {
    "felinar": ours,
    "libphonenumber VALID": libphonenumber(phonenumbers.Leniency.VALID),
    "libphonenumber POSSIBLE": libphonenumber(phonenumbers.Leniency.POSSIBLE),
    "digit pattern": naive,
}


def same(a: str, b: str) -> bool:
    a, b = (re.sub(r"\D", "", number) for number in (a, b))
    return any(a[i:] == b[j:] for i in range(4) for j in range(4))


def count(found: list[str], expected: list[str]) -> tuple[int, int, int]:
    """Return right, wrong and missed; one number found twice counts once."""
    left, distinct = list(expected), []
    for number in found:
        if not any(same(number, other) for other in distinct):
            distinct.append(number)
    right = 0
    for number in distinct:
        match = next((e for e in left if same(number, e)), None)
        if match is not None:
            right += 1
            left.remove(match)
    return right, len(distinct) - right, len(left)


def measure(name: str, cases: list[dict[str, object]], engine: str, with_country: bool) -> list[dict[str, object]]:
    totals: dict[str, list[int]] = {}
    began = time.process_time()
    read = ENGINES[engine]
    answers = [read(str(c["text"]), str(c["country"]).replace("ZZ", "") if with_country else "") for c in cases]
    seconds = time.process_time() - began
    for case, found in zip(cases, answers, strict=True):
        counts = count(found, list(case["expected"]))  # type: ignore[call-overload]
        for kind in ("all", str(case["kind"])):
            row = totals.setdefault(kind, [0, 0, 0, 0, 0])
            exact = counts[1] == counts[2] == 0
            totals[kind] = [a + b for a, b in zip(row, (*counts, 1, exact), strict=True)]
    return [
        {
            "file": name,
            "country": "given" if with_country else "unknown",
            "engine": engine,
            "kind": kind,
            "texts": texts,
            "precision": round(right / (right + wrong), 3) if right + wrong else "",
            "recall": round(right / (right + missed), 3) if right + missed else "",
            "f1": round(2 * right / (2 * right + wrong + missed), 3) if right + wrong + missed else "",
            "exact": round(exact / texts, 3),
            "texts_per_cpu_second": round(len(cases) / seconds) if kind == "all" else "",
        }
        for kind, (right, wrong, missed, texts, exact) in totals.items()
    ]


def main() -> None:
    rows: list[dict[str, object]] = []
    for read in ENGINES.values():
        read("warm up: 07700 900123, +33 6 39 98 12 34", "GB")
    for name in ("public_cases", "synthetic_cases"):
        cases = [json.loads(line) for line in (SHARED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for engine in ENGINES:
            for with_country in (True, False):
                rows += measure(name, cases, engine, with_country)
    RESULT.parent.mkdir(exist_ok=True)
    with RESULT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        if row["kind"] == "all":
            print(*row.values(), sep="\t")


if __name__ == "__main__":
    main()
