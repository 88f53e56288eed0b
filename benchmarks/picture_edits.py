"""Which edited copies of a picture are found, kind by kind, and how many pairs of unrelated pictures are.

All pictures and edits stand in one pile and are grouped as in a run; an edit is found when a group holds it with its
original. Half of the pictures are abstract, half behave like photographs (`_photographs.py`). Beside it:
threatexchange's rule, PDQ within 31 bits of the stored file. Usage: picture_edits.py [PICTURES OF EACH]
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from _photographs import photograph
from _pictures import EDITS, abstract, jpeg
from felinar.kernels.pdq import QUALITY, RADIUS
from felinar.kernels.points import unpacked
from felinar.kernels.same_part import overlap
from felinar.link.alike import COMPARED, WIDER, alike
from felinar.pictures.intake import look
from felinar.pictures.looked import Looked

RESULTS = Path(__file__).parent / "results"
MUST_HOLD = {"recompressed, tone": 98, "border, mirror": 92, "crop, banner, screenshot, collage": 70, "combined": 65}
MADE = {"abstract": abstract, "photograph": photograph}
WAYS = ("pdq", *WIDER, "any")
HEADER = ("pictures", "kind", "edit", "files", "pdq_alone", "copy", "small_copy", "part", "found", "must_hold")


class What(NamedTuple):
    """Which picture a file shows, and how it was edited; no kind: as it is."""

    made: str
    number: int
    kind: str
    edit: str


def pile(pictures: int) -> tuple[dict[str, What], list[Looked]]:
    """Return what each file is, by SHA-256, and what is known of the files."""
    what: dict[str, What] = {}
    files = []
    for made, make in MADE.items():
        for number in range(pictures):
            picture = make(number)
            data = {("", ""): jpeg(picture)}
            data |= {(kind, name): edit(picture) for kind, edits in EDITS.items() for name, edit in edits.items()}
            for (kind, name), one in data.items():
                files.append(look(one))
                what[files[-1].sha256] = What(made, number, kind, name)
    return what, files


def found_by(what: dict[str, What], files: list[Looked]) -> tuple[Counter[tuple[str, ...]], dict[str, int]]:
    """Return how many edits each way finds, by (way, pictures, kind, edit); and how many unrelated files it groups."""
    table = pa.table({name: [getattr(one, name) for one in files] for name in COMPARED})
    rows = alike(table).groups.to_pylist()
    groups = {kind: {r["sha256"]: r["medoid"] for r in rows if r["key_kind"] == kind} for kind in WIDER}
    original = {what[one.sha256][:2]: one for one in files if not what[one.sha256].kind}
    found: Counter[tuple[str, ...]] = Counter()
    for one in files:
        made, number, kind, edit = what[one.sha256]
        first = original[made, number].sha256
        ways = [way for way, group in groups.items() if one.sha256 in group and group[one.sha256] == group.get(first)]
        for way in (*ways[:1], *(["any"] if ways else []), *(["pdq"] if within(one, original[made, number]) else [])):
            found[way, made, kind, edit] += 1
    wrong = {way: sum(what[a][:2] != what[b][:2] for a, b in group.items()) for way, group in groups.items()}
    return found, wrong


def within(one: Looked, other: Looked) -> bool:
    return (int(one.pdq, 16) ^ int(other.pdq, 16)).bit_count() <= RADIUS and one.quality >= QUALITY


def unrelated_parts(what: dict[str, What], files: list[Looked]) -> tuple[int, int]:
    """Return how many pairs of unrelated files were laid over each other, edit by edit, and how many seemed a part."""
    pairs = wrong = 0
    by_edit: dict[tuple[str, str], list[Looked]] = {}
    for one in files:
        by_edit.setdefault(what[one.sha256][2:], []).append(one)
    for same in by_edit.values():
        for left, right in combinations([unpacked(one.points) for one in same], 2):
            pairs, wrong = pairs + 1, wrong + overlap(*left, *right).is_same
    return pairs, wrong


def rows_of(found: Counter[tuple[str, ...]], made: str, pictures: int) -> list[tuple[object, ...]]:
    """Return a row for each edit of these pictures, and one for all edits of a kind, which is printed."""
    rows: list[tuple[object, ...]] = []
    for kind, edits in EDITS.items():
        for name in [*edits, "all"]:
            names = edits if name == "all" else [name]
            shares = [100 * sum(found[way, made, kind, one] for one in names) / (pictures * len(names)) for way in WAYS]
            told = [f"{share:.1f}" for share in shares]
            rows.append((made, kind, name, pictures * len(names), *told, MUST_HOLD[kind] if name == "all" else ""))
        print(*rows[-1], flush=True)
    return rows


def main() -> None:
    pictures = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    what, files = pile(pictures)
    found, wrong = found_by(what, files)
    rows = [row for made in MADE for row in rows_of(found, made, pictures)]
    rows.append(("both", "unrelated files grouped", "all", len(files), "", *wrong.values(), sum(wrong.values()), 0))
    pairs, parts = unrelated_parts(what, files)
    rows.append(("both", "unrelated pairs laid over each other", "all", pairs, "", "", "", parts, parts, pairs // 1000))
    with (RESULTS / "picture_edits.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])
    for row in rows[-2:]:
        print(*row)


if __name__ == "__main__":
    main()
