"""The table of the README: Felinar beside its rivals, each line measured in one run of one benchmark."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
BEGIN, END = "<!-- rivals: made by docs/rivals.py -->", "<!-- end of rivals -->"
Row = dict[str, str]


@dataclass(frozen=True)
class Line:
    """One line: what is done, the result and cell that say it, and what Felinar and its rivals are called there."""

    what: str
    stem: str
    where: Row
    engine: str
    cell: str
    ours: str
    rivals: tuple[tuple[str, str], ...]  # name in the result, name on the page
    told: Callable[[str], str] = str


def _thousands(cell: str) -> str:
    return f"{round(float(cell), -2):,.0f}"


def _two(cell: str) -> str:
    return f"{float(cell):.2f}"


_PHONES = {"country": "given", "by": "all", "group": "all"}
_READERS = (("libphonenumber VALID", "libphonenumber"), ("commonregex", "commonregex"))
LINES = (
    Line(
        "Telephone numbers in open adverts, F1", "phones", _PHONES | {"file": "public_cases"}, "engine", "f1",
        "felinar", _READERS, _two,
    ),
    Line(
        "Disguised telephone numbers, synthetic, F1", "phones", _PHONES | {"file": "synthetic_cases"}, "engine", "f1",
        "felinar", _READERS, _two,
    ),
    Line(
        "Adverts of 400 characters read for numbers, a CPU second", "reading_speed", {"reads": "phones"}, "reader",
        "texts_per_cpu_second", "felinar, native", _READERS, _thousands,
    ),
    Line(
        "Near-duplicate texts, documents a CPU second", "near_duplicates", {}, "engine", "documents_per_cpu_second",
        "felinar", (("rensa", "rensa"), ("datasketch", "datasketch")), _thousands,
    ),
    Line(
        "Operations in a synthetic world of 20,000, B-cubed F1", "linking", {"family": "demo", "adverts": "20000"},
        "way", "b_cubed_f1", "all keys, hubs out, joined by bits (felinar)",
        (("Splink 5.0.0 on all keys", "Splink 5"), ("components over telephone numbers", "same number")),
        _two,
    ),
    Line(
        "Pictures read and hashed (PDQ), a CPU second", "pictures", {}, "engine", "per_cpu_second",
        "felinar, decode and PDQ in 8 turns",
        (("threatexchange, 1 turn", "threatexchange"), ("perception, 1 turn", "perception")),
    ),
    Line(
        "Look-ups among 1,000,000 picture hashes, a CPU second", "picture_search",
        {"hashes": "even", "stored": "1000000"}, "engine", "per_cpu_second", "felinar",
        (("faiss flat", "faiss"),), _thousands,
    ),
)  # fmt: skip


def table() -> str:
    """Return the table in Markdown, with the marks around it."""
    lines = ["| | Felinar | rivals, in the same run |", "|---|---|---|", *map(_row, LINES)]
    return "\n".join([BEGIN, "", *lines, "", END])


def readme() -> str:
    """Return the README with the table as it is measured today."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    return before + table() + rest.partition(END)[2]


def _row(line: Line) -> str:
    rivals = ", ".join(f"{name} {line.told(_cell(line, engine))}" for engine, name in line.rivals)
    return f"| {line.what} | **{line.told(_cell(line, line.ours))}** | {rivals} |"


def _cell(line: Line, engine: str) -> str:
    """Return the last such cell of the result: the largest pile stands last."""
    with (RESULTS / f"{line.stem}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (line.where | {line.engine: engine}).items() <= row.items()]
    return rows[-1][line.cell]
