"""Pictures that are alike, from narrow to wide: each group of one step stands as one picture in the next.

| step          | alike are                                                     | key           |
|---------------|---------------------------------------------------------------|---------------|
| same file     | files with the same bytes                                     | picture       |
| copy          | PDQ hashes within 31 bits, whole or without border, mirrored  | picture_copy  |
| small copy    | hashes of the picture at 64 x 64 pixels within 31 bits        | picture_small |
| part          | parts in common: cropped, framed, on a screen, in a collage   | picture_part  |

A group is named by the file in its middle, its medoid. Pictures that were not read, or in which there is little to see,
are alike to none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from felinar.ids import canonical_json
from felinar.link.copies import LIST_HASHES, SMALL_HASHES, copies
from felinar.link.laid import Laid
from felinar.link.parts import parts

RULES = "alike/2"  # counted on when other pictures come to be alike
COPY, SMALL_COPY, PART = WIDER = ("picture_copy", "picture_small", "picture_part")
PICTURE_KINDS = ("picture", *WIDER)
HASHES_OF = {COPY: LIST_HASHES, SMALL_COPY: SMALL_HASHES}
# What of PICTURES is compared.
COMPARED = (
    "sha256", "state", "quality", "points", "points_mirrored",
    *(name for kinds in (LIST_HASHES, SMALL_HASHES) for pair in kinds for name in pair),
)  # fmt: skip
# `millibits` is what the group says of this file at most, `evidence` how it is alike to the medoid.
GROUPS = pa.schema(
    [
        ("sha256", pa.string()),
        ("key_kind", pa.string()),
        ("medoid", pa.string()),
        ("millibits", pa.int64()),
        ("evidence", pa.string()),
    ]
)
# Below this quality (0 to 100) there is next to nothing to see: one colour, a slow shade.
BLANK = 5
MOST_OF_A_COPY, PER_BIT = 9_500, 50
MOST_OF_A_SMALL_COPY = 9_000
# Eight points may agree by chance once in very many pairs; from about twenty on the part alone joins two adverts.
FEWEST_POINTS, OF_FEWEST_POINTS, PER_POINT, MOST_OF_A_PART = 8, 3_000, 170, 7_000


@dataclass(frozen=True)
class Alike:
    """`groups`: a row for each file and each group that it is in. `blank`: files that show next to nothing."""

    groups: pa.Table
    blank: pa.Array

    @classmethod
    def nothing(cls) -> Alike:
        """Return what is alike where there are no pictures."""
        return cls(GROUPS.empty_table(), pa.array([], pa.string()))


def alike(pictures: pa.Table, *, threads: int = 1, laid: Laid | None = None) -> Alike:
    """Return what is alike among these PICTURES (the columns COMPARED), by kind of group, then file.

    `laid` knows which were laid over each other before, and learns those of today.
    """
    if not pictures.num_rows:
        return Alike.nothing()
    read = pc.equal(pictures["state"], "read")
    blank = pictures.filter(pc.and_(read, pc.less(pictures["quality"], BLANK)))["sha256"]
    left, found = pictures.filter(read), []
    stands_for: dict[str, list[str]] = {}
    for kind in WIDER:
        step = parts(left, laid) if kind == PART else copies(left, HASHES_OF[kind], threads=threads)
        found.append(_with_all(kind, step, stands_for))
        left = left.filter(pc.invert(pc.is_in(left["sha256"], _others(step))))
    return Alike(pa.concat_tables(found), blank.combine_chunks().sort())


def _others(step: pa.Table) -> pa.Array:
    """Return the members of groups that are not their medoid, which stands for them from here on."""
    return step.filter(pc.not_equal(step["sha256"], step["medoid"]))["sha256"].combine_chunks()


def _with_all(kind: str, step: pa.Table, stands_for: dict[str, list[str]]) -> pa.Table:
    """Return GROUPS of one step: each member brings the files that it stands for, of which what it is is said too."""
    rows = []
    for row in step.to_pylist():
        said = (row["medoid"], *_said(kind, row))
        rows += [(sha256, kind, *said) for sha256 in [row["sha256"], *stands_for.get(row["sha256"], ())]]
    for row in step.to_pylist():
        if row["sha256"] != row["medoid"]:
            mine = [row["sha256"], *stands_for.pop(row["sha256"], ())]
            stands_for.setdefault(row["medoid"], []).extend(mine)
    columns = list(zip(*sorted(rows), strict=True)) or [()] * len(GROUPS)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, GROUPS, strict=True)], schema=GROUPS)


def _said(kind: str, row: dict[str, Any]) -> tuple[int, str]:
    """Return what being in the group says at most, in millibits, and how the file is alike to the medoid."""
    full = {COPY: MOST_OF_A_COPY, SMALL_COPY: MOST_OF_A_SMALL_COPY, PART: MOST_OF_A_PART}[kind]
    if row["sha256"] == row["medoid"]:
        return full, ""
    told = {name: row[name] for name in ("distance", "agreeing", "mirrored") if name in row}
    if kind == PART:
        return min(full, OF_FEWEST_POINTS + PER_POINT * (row["agreeing"] - FEWEST_POINTS)), canonical_json(told)
    return full - PER_BIT * row["distance"], canonical_json(told)
