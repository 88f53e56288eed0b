"""The tables of the worlds, from what `benchmarks/worlds.py` measured: mean and range over seeds, and by kind."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean, stdev

Row = dict[str, str]
RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"
STEMS = ("worlds", "worlds_kinds")
HEAD = "<!-- Made from benchmarks/results/worlds*.csv by docs/world_tables.py. -->"
LINKING = {
    "B-cubed F1": "b_cubed_f1",
    "pairwise F1": "pairwise_f1",
    "ARI": "adjusted_rand",
    "largest false component": "false_component_share",
    "largest predicted ÷ largest true": "largest_predicted_to_true",
}
RANKING = {
    "average precision": "lead_average_precision",
    "P@20": "lead_precision_20",
    "P@100": "lead_precision_100",
    "planted found in 100": "planted_found_100",
    "planted per 1,000 adverts read": "found_per_1000_adverts_100",
    "independents and duos in 100": "independents_and_duos_100",
    "innocent operations exposed": "innocent_operations_exposed_100",
    "language gap": "language_gap",
}
FAMILIES = {
    "demo": "demo generator",
    "second": "second family",
    "third": "third family",
    "fourth": "fourth family (ranking held out)",
}


def linking_page() -> str:
    """Return the table of linking, by family, size and evasion, and B-cubed by kind of true operation."""
    return _page([("", _summary(LINKING)), ("B-cubed F1 by kind of true operation, worst first", _kinds())])


def ranking_page() -> str:
    """Return the table of ranking, and which planted operations were found."""
    parts = [
        ("", _summary(RANKING)),
        ("Language gap over all worlds of a family and size", _pooled_gap()),
        ("Planted operations in the whole list", _found()),
    ]
    return _page(parts)


def _page(parts: Sequence[tuple[str, list[str]]]) -> str:
    lines = [HEAD]
    for title, table in parts:
        lines += ["", *([f"**{title}**", ""] if title else []), *table]
    links = ", ".join(f"[`{stem}.csv`](../benchmarks/results/{stem}.csv)" for stem in STEMS)
    return "\n".join([*lines, "", f"Mean (range over seeds). All rows: {links}."]) + "\n"


def _rows(stem: str) -> list[Row]:
    path = RESULTS / f"{stem}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _summary(columns: dict[str, str]) -> list[str]:
    """Return a line per family, size and evasion."""
    groups: dict[tuple[str, int, float], list[Row]] = {}
    for row in _rows("worlds"):
        groups.setdefault((row["family"], int(row["adverts"]), float(row["evasion"])), []).append(row)
    lines = [["worlds", "adverts", "evasion", "seeds", *columns], ["---", *["---:"] * (3 + len(columns))]]
    for (family, adverts, evasion), rows in sorted(groups.items()):
        cells = [_spread([row[name] for row in rows]) for name in columns.values()]
        lines.append([FAMILIES[family], f"{adverts:,}", f"{evasion:g}", str(len(rows)), *cells])
    return [f"| {' | '.join(line)} |" for line in lines]


def _spread(values: Sequence[str]) -> str:
    """Return "0.52 (0.49 to 0.55)", with as many decimals as it takes to see something."""
    numbers = [float(value) for value in values]
    whole = all("." not in value for value in values)
    show: Callable[[float], str] = lambda n: f"{n:.0f}" if whole else f"{n:.3f}"  # noqa: E731
    mean, low, high = show(sum(numbers) / len(numbers)), show(min(numbers)), show(max(numbers))
    return mean if low == high else f"{mean} ({low} to {high})"


def _pooled_gap() -> list[str]:
    """Return the mean gap of each family and size with its interval: two standard errors over the worlds."""
    groups: dict[tuple[str, int], list[Row]] = {}
    for row in _rows("worlds"):
        groups.setdefault((row["family"], int(row["adverts"])), []).append(row)
    lines = [
        "| worlds | adverts | number | mean gap | interval | worlds whose own interval leaves out 0 |",
        "|---|---:|---:|---:|---|---:|",
    ]
    for (family, adverts), rows in sorted(groups.items()):
        gaps = [float(row["language_gap"]) for row in rows]
        if len(gaps) < 3:
            continue
        mean, error = fmean(gaps), 2 * stdev(gaps) / len(gaps) ** 0.5
        sure = sum(float(row["language_gap_low"]) > 0 or float(row["language_gap_high"]) < 0 for row in rows)
        told = f"{mean:+.3f} | {mean - error:+.3f} to {mean + error:+.3f} | {sure}"
        lines.append(f"| {FAMILIES[family]} | {adverts:,} | {len(rows)} | {told} |")
    return lines


def _kinds() -> list[str]:
    by_kind: dict[tuple[str, str], list[float]] = {}
    for row in _rows("worlds_kinds"):
        if row["b_cubed_f1"]:
            by_kind.setdefault((row["family"], row["kind_or_size"]), []).append(float(row["b_cubed_f1"]))
    means = sorted((sum(v) / len(v), min(v), family, kind) for (family, kind), v in by_kind.items())
    lines = ["| worlds | kind | mean | worst world |", "|---|---|---:|---:|"]
    return lines + [
        f"| {FAMILIES[family]} | {kind} | {mean:.3f} | {least:.3f} |" for mean, least, family, kind in means
    ]


def _found() -> list[str]:
    counts: dict[tuple[str, str], list[int]] = {}
    for row in _rows("worlds_kinds"):
        if row["planted"]:
            count = counts.setdefault((row["family"], row["kind_or_size"]), [0, 0])
            count[0] += int(row["found"])
            count[1] += int(row["planted"])
    lines = ["| worlds | kind or size | found | planted | share |", "|---|---|---:|---:|---:|"]
    order = sorted(counts.items(), key=lambda item: (item[0][0], item[1][0] / max(1, item[1][1])))
    return lines + [
        f"| {FAMILIES[family]} | {kind} | {found} | {planted} | {found / max(1, planted):.0%} |"
        for (family, kind), (found, planted) in order
    ]


if __name__ == "__main__":
    for name, make in (("worlds-linking", linking_page), ("worlds-ranking", ranking_page)):
        (Path(__file__).parent / f"figures-{name}.md").write_text(make(), encoding="utf-8", newline="\n")
