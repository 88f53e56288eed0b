"""How well are names, places, ages, prices, handles, addresses, accounts and wallets read, by kind and language?

The texts are in fields_cases.txt beside this file: short, neutral, written for this project, so this is a small sample
of one author's sentences and not of real adverts. Run `python benchmarks/fields.py`; it writes results/fields.csv and
results/fields_failures.csv. Beside it stand commonregex (addresses, amounts) and price-parser (its first amount).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import commonregex
from price_parser import Price

from _rivals import rates
from felinar.extract import extract
from felinar.extract.place import chosen
from felinar.extract.words import folded
from felinar.tables import ADVERTS
from phones import write

HERE = Path(__file__).parent
KINDS = ("name", "place", "age", "price", "handle", "email", "iban", "wallet")
AMOUNT = "amount of a price"

Things = Counter[tuple[str, str]]
Case = tuple[str, str, Things]


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


def felinar(texts: list[str]) -> list[Things]:
    """Return what Felinar reads in each text."""
    adverts = ADVERTS.from_rows([{"advert_id": i, "body": text} for i, text in enumerate(texts)])
    found: list[Things] = [Counter() for _ in texts]
    for mention in extract(adverts, kinds=KINDS).to_pylist():
        found[mention["advert_id"]][mention["kind"], mention["value"]] += 1
    return [things + amounts(things) for things in found]


def amounts(things: Things) -> Things:
    """Return the amounts alone: price-parser and commonregex know no unit."""
    return Counter(
        (AMOUNT, value.partition(" ")[0].partition("/")[0]) for kind, value in things.elements() if kind == "price"
    )


def other(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield reader, kind and value of what the two others read."""
    price = Price.fromstring(text)
    if price.amount is not None and price.currency:
        yield "price-parser", AMOUNT, f"{price.amount.normalize():f}"
    for found in commonregex.price.findall(text):
        yield "commonregex", AMOUNT, found.strip("$ ").replace(",", "")
    for found in commonregex.email.findall(text):
        yield "commonregex", "email", found.lower()


def main() -> None:
    """Print Felinar's failures and all figures over all languages; write both tables."""
    known = cases()
    answers = {"felinar": felinar([text for _, text, _ in known])}
    for reader in ("price-parser", "commonregex"):
        answers[reader] = [Counter((k, v) for r, k, v in other(text) if r == reader) for _, text, _ in known]
    rows: list[dict[str, object]] = []
    failures: list[dict[str, object]] = []
    for reader, found in answers.items():
        kinds = {"felinar": (*KINDS, AMOUNT), "price-parser": (AMOUNT,), "commonregex": (AMOUNT, "email")}[reader]
        counts: Counter[tuple[str, str, str]] = Counter()
        for (language, text, expected), got in zip(known, found, strict=True):
            everything = expected + amounts(expected)
            for kind, value in sorted(everything | got):
                hit = min(everything[kind, value], got[kind, value])
                more, less = got[kind, value] - hit, everything[kind, value] - hit
                for group in (language, "all"):
                    counts.update(
                        {(kind, group, "right"): hit, (kind, group, "false"): more, (kind, group, "missed"): less}
                    )
                if reader == "felinar" and more + less and kind != AMOUNT:
                    what = {"what": "false" if more else "missed", "kind": kind, "value": value}
                    failures.append({"language": language, **what, "text": text})
        rows += table(reader, kinds, sorted({language for language, _, _ in known}), counts)
    for failure in failures:
        print(*failure.values(), sep="\t")
    for row in rows:
        if row["language"] == "all":
            print(*row.values(), sep="\t")
    write("fields", rows)
    write("fields_failures", failures)


def table(
    reader: str, kinds: tuple[str, ...], languages: list[str], counts: Counter[tuple[str, str, str]]
) -> Iterator[dict[str, object]]:
    """Yield precision, recall and F1 by kind and language."""
    for kind in kinds:
        for group in ("all", *languages):
            right, wrong, missed = (counts[kind, group, what] for what in ("right", "false", "missed"))
            about = {"reader": reader, "kind": kind, "language": group}
            yield about | {"right": right, "false": wrong, "missed": missed} | rates(right, wrong, missed)


if __name__ == "__main__":
    main()
