"""How well are names, places, ages, prices, handles and addresses read? Precision, recall and F1 by kind and language.

The texts are in fields_cases.txt beside this file: short, neutral, written for this project, so this is a small sample
of one author's sentences and not of real adverts. Run `python benchmarks/fields.py`; it writes results/fields.csv.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from felinar.extract import extract
from felinar.extract.place import chosen
from felinar.extract.words import folded
from felinar.tables import ADVERTS

HERE = Path(__file__).parent
KINDS = ("name", "place", "age", "price", "handle", "email", "iban", "wallet")

Case = tuple[str, str, Counter[tuple[str, str]]]


def cases() -> list[Case]:
    """Return (language, text, expected (kind, value))."""
    found = []
    for line in (HERE / "fields_cases.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, text, *expected = line.split("\t")
            pairs = (e.partition("=") for e in expected)
            found.append((language, text, Counter((k, town(v) if k == "place" else v) for k, _, v in pairs)))
    return found


def town(expected: str) -> str:
    """Return the gazetteer's own name of a town that is written here in another spelling (`Napoli, IT`)."""
    name, _, country = expected.rpartition(", ")
    return chosen(folded(name).replace("-", " "), "", country)[0].name


def read(texts: list[str]) -> list[Counter[tuple[str, str]]]:
    """Return what is read in each text."""
    adverts = ADVERTS.from_rows([{"advert_id": i, "body": text} for i, text in enumerate(texts)])
    found: list[Counter[tuple[str, str]]] = [Counter() for _ in texts]
    for mention in extract(adverts, kinds=KINDS).to_pylist():
        found[mention["advert_id"]][mention["kind"], mention["value"]] += 1
    return found


def main() -> None:
    """Print the failures, worst kind first, and write the table."""
    right: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    known = cases()
    for (language, text, expected), got in zip(known, read([text for _, text, _ in known]), strict=True):
        for (kind, value), times in (expected | got).items():
            hit = min(expected[kind, value], got[kind, value])
            for group in (language, "all"):
                right[kind, group] += hit
                wrong[kind, group] += got[kind, value] - hit
                missed[kind, group] += expected[kind, value] - hit
            if times > hit:
                print(f"{'false' if got[kind, value] else 'missed'} {kind} {value!r}: {text}")
    with (HERE / "results" / "fields.csv").open("w", encoding="utf-8", newline="") as target:
        table = csv.writer(target, lineterminator="\n")
        table.writerow(["kind", "language", "right", "false", "missed", "precision", "recall", "f1"])
        for kind in KINDS:
            for group in ("all", *sorted({language for language, _, _ in known})):
                key = (kind, group)
                row = scores(right[key], wrong[key], missed[key])
                table.writerow([kind, group, right[key], wrong[key], missed[key], *row])
                if group == "all":
                    print(kind, right[key], wrong[key], missed[key], *row)


def scores(right: int, wrong: int, missed: int) -> tuple[str, str, str]:
    """Return precision, recall and F1 with three decimals; empty where there was nothing to find."""
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}"


if __name__ == "__main__":
    main()
