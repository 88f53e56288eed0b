"""The tables of the page on extraction, from what the benchmarks measured: by kind of disguise, language and speed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = dict[str, str]
RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"
STEMS = (
    "phones", "phones_failures", "reading", "reading_failures", "reading_speed", "reading_length", "fields",
    "fields_failures",
)  # fmt: skip
ENGINES = ("felinar", "libphonenumber VALID", "libphonenumber POSSIBLE", "digit pattern", "commonregex")
HEAD = "<!-- Made from benchmarks/results/*.csv by docs/reading_tables.py. -->"


def reading_page() -> str:
    """Return all tables, each under its heading; `extract.md` includes them."""
    parts = [
        [HEAD],
        _section("Telephone numbers: open cases", "phones", _cases("public_cases", ("all", "disguise", "country"))),
        _section(
            "Telephone numbers: synthetic cases", "phones", _cases("synthetic_cases", ("all", "disguise", "country"))
        ),
        _section("Telephone numbers: a synthetic world, by kind of writing", "reading", _ways()),
        _section("Telephone numbers: a synthetic world, by language", "reading", _languages()),
        _section(
            "What Felinar misses or reads wrongly in that world", "reading_failures", _table(_rows("reading_failures"))
        ),
        _section(
            "Its failures on the cases, by line of their files", "phones_failures", _table(_rows("phones_failures"))
        ),
        _section("Other mentions, F1 by language", "fields", _fields()),
        _section("What fails there", "fields_failures", _table(_rows("fields_failures"))),
        _section("Texts per second of processor time", "reading_speed", _table(_rows("reading_speed"))),
        _section("Time and length", "reading_length", _lengths()),
    ]
    return "\n".join(line for part in parts for line in part) + "\n"


def _section(title: str, stem: str, table: list[str]) -> list[str]:
    return ["", f"### {title}", "", *table, "", f"All rows: [`{stem}.csv`](../benchmarks/results/{stem}.csv)."]


def _rows(stem: str) -> list[Row]:
    with (RESULTS / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(rows: Sequence[Row]) -> list[str]:
    """Return rows as a table in Markdown; a bar inside a cell would end it."""
    if not rows:
        return ["None."]
    cells = [[name.replace("_", " ") for name in rows[0]], ["---"] * len(rows[0])]
    cells += [[cell.replace("|", "\\|").replace("<", "&lt;") for cell in row.values()] for row in rows]
    return [f"| {' | '.join(line)} |" for line in cells]


def _pivot(rows: Iterable[Row], names: tuple[str, ...], across: str, value: str, order: Sequence[str]) -> list[Row]:
    """Return one row for each different `names`, with a column for each value of `across` in this order."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if row[across] in order:
            found.setdefault(tuple(row[name] for name in names), {})[row[across]] = row[value]
    return [dict(zip(names, key, strict=True)) | {n: cells.get(n, "") for n in order} for key, cells in found.items()]


def _cases(file: str, groups: tuple[str, ...]) -> list[str]:
    """Return F1, or exact texts where there is nothing to find, by disguise and country; the country is given."""
    rows = [row for row in _rows("phones") if row["file"] == file and row["by"] in groups]
    rows = [row | {"f1 or exact": row["f1"] if row["recall"] else row["exact"]} for row in rows]
    given = [row for row in rows if row["country"] == "given"]
    unknown = [row | {"group": "all, country unknown"} for row in rows if row not in given and row["by"] == "all"]
    order = sorted(given, key=lambda row: groups.index(row["by"]))
    return _table(_pivot([*unknown, *order], ("by", "group", "texts"), "engine", "f1 or exact", ENGINES))


def _ways() -> list[str]:
    """Return recall by kind of writing, and what share Felinar calls obscured; the country is given where stated."""
    rows = [row for row in _rows("reading") if row["country"] == "given" and row["by"] in ("all", "writing", "way")]
    called = {row["group"]: row["called_obscured"] for row in rows if row["engine"] == "felinar"}
    table = _pivot(rows, ("by", "group", "shown"), "engine", "recall", ENGINES)
    return _table([row | {"felinar calls obscured": called[row["group"]]} for row in table])


def _languages() -> list[str]:
    """Return precision / recall by language, the country given where stated; last line without any country."""
    rows = [row | {"p / r": f"{row['precision']} / {row['recall']}"} for row in _rows("reading")]
    given = [row for row in rows if row["country"] == "given" and row["by"] in ("all", "language")]
    unknown = [row | {"group": "all, country unknown"} for row in rows if row["country"] == "unknown"]
    return _table(
        _pivot([*given, *(r for r in unknown if r["by"] == "all")], ("group", "shown"), "engine", "p / r", ENGINES)
    )


def _fields() -> list[str]:
    rows = _rows("fields")
    languages = sorted({row["language"] for row in rows} - {"all"})
    return _table(_pivot(rows, ("reader", "kind"), "language", "f1", ("all", *languages)))


def _lengths() -> list[str]:
    """Return seconds per advert by its length."""
    rows = _rows("reading_length")
    lengths = sorted({row["characters"] for row in rows}, key=int)
    return _table(_pivot(rows, ("reads", "reader"), "characters", "seconds_per_advert", lengths))
