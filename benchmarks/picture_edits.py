"""Which edited copies of a picture are found, kind by kind, and how many pairs of unrelated pictures are.

All pictures and edits stand in one pile and are grouped as in a run; an edit is found when a group holds it with its
original. Beside it: threatexchange's rule, PDQ within 31 bits of the stored file. Usage: picture_edits.py [PICTURES]
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa

from _pictures import EDITS, abstract, jpeg
from felinar.kernels.pdq import QUALITY, RADIUS
from felinar.link.alike import COMPARED, WIDER, alike
from felinar.pictures.intake import look
from felinar.pictures.looked import Looked

RESULTS = Path(__file__).parent / "results"
MUST_HOLD = {"recompressed, tone": 98, "border, mirror": 92, "crop, banner, screenshot, collage": 70, "combined": 65}


def pile(pictures: int) -> tuple[dict[str, tuple[int, str, str]], list[Looked]]:
    """Return which picture, kind of edit and edit each file is, by SHA-256, and what is known of the files."""
    what: dict[str, tuple[int, str, str]] = {}
    files = []
    for seed in range(pictures):
        picture = abstract(seed)
        made = {("", ""): jpeg(picture)}
        made |= {(kind, name): edit(picture) for kind, edits in EDITS.items() for name, edit in edits.items()}
        for (kind, name), data in made.items():
            files.append(look(data))
            what[files[-1].sha256] = (seed, kind, name)
    return what, files


def within(one: Looked, other: Looked) -> bool:
    return (int(one.pdq, 16) ^ int(other.pdq, 16)).bit_count() <= RADIUS and one.quality >= QUALITY


def main() -> None:
    pictures = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    what, files = pile(pictures)
    table = pa.table({name: [getattr(one, name) for one in files] for name in COMPARED})
    rows = alike(table).groups.to_pylist()
    group_of = {kind: {r["sha256"]: r["medoid"] for r in rows if r["key_kind"] == kind} for kind in WIDER}
    original = {what[one.sha256][0]: one for one in files if not what[one.sha256][1]}
    found: dict[str, Counter[tuple[str, str]]] = {way: Counter() for way in ("pdq", *WIDER, "any")}
    for one in files:
        seed, kind, name = what[one.sha256]
        first = original[seed]
        ways = [way for way, groups in group_of.items() if one.sha256 in groups
                and groups[one.sha256] == groups.get(first.sha256)]  # fmt: skip
        for way in (*ways[:1], *(["any"] if ways else []), *(["pdq"] if within(one, first) else [])):
            found[way][kind, name] += 1
    wrong = {way: sum(what[a][0] != what[b][0] for a, b in groups.items()) for way, groups in group_of.items()}
    path = RESULTS / "picture_edits.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "edit", "files", "pdq_alone", "copy", "small_copy", "part", "found", "must_hold"))
        for kind, edits in EDITS.items():
            names = list(edits)
            for name in [*names, "all"]:
                cells = [(kind, one) for one in (names if name == "all" else [name])]
                count = pictures * len(cells)
                shares = [f"{100 * sum(found[way][cell] for cell in cells) / count:.1f}" for way in found]
                row = (kind, name, count, *shares, MUST_HOLD[kind] if name == "all" else "")
                writer.writerow(row)
                if name == "all":
                    print(*row, flush=True)
        told = ("unrelated pictures grouped", "all", len(files), "", *wrong.values(), sum(wrong.values()), 0)
        writer.writerow(told)
        print(*told)


if __name__ == "__main__":
    main()
