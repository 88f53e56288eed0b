"""Stored pictures that are alike to one that somebody asks for: by its file, or by a hash alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.pdq import QUALITY, RADIUS, TURN_NAMES, from_hex

if TYPE_CHECKING:
    from felinar.pictures.looked import Looked
    from felinar.store.lake import Lake

_BY_LENGTH = {32: ("md5",), 40: ("sha1",), 64: ("sha256", "pdq")}
_HASHES = ("sha256", "md5", "sha1", "state", "quality", "pdq", "trimmed", "canonical")
# In more pictures than these, which takes some seconds, parts are not looked for.
MOST_FOR_PARTS = 50_000
MIRRORED = TURN_NAMES[5]


class Match(NamedTuple):
    """A stored picture, and in which way it is alike; `rank` puts the surest first."""

    rank: int
    sha256: str
    how: str


def by_hash(lake: Lake, text: str) -> list[Match]:
    """Return the stored pictures with this hash, or within 31 bits of it as a PDQ hash, the surest first."""
    stored, digits = lake.read("pictures", _HASHES), text.strip().lower()
    found = []
    for kind in _BY_LENGTH[len(digits)]:
        if kind == "pdq":
            found += _near(stored, "pdq", digits, "a copy") + _near(stored, "trimmed", digits, "a copy in a frame")
        else:
            same = stored.filter(pc.equal(stored[kind], digits))["sha256"].to_pylist()
            found += [Match(0, sha256, "the same file") for sha256 in same]
    return _each_once(found)


def by_file(lake: Lake, asked: Looked) -> list[Match]:
    """Return the stored pictures that are the same file, a copy, a small copy, or show a part of it, the surest first.

    A mirrored one is found as well. Of a picture in which there is little to see only the same file is found.
    """
    stored = lake.read("pictures", _HASHES)
    same = stored.filter(pc.equal(stored["sha256"], asked.sha256))["sha256"].to_pylist()
    found = [Match(0, sha256, "the same file") for sha256 in same]
    if asked.quality >= QUALITY:
        for name, how in (("pdq", "a copy"), ("trimmed", "a copy"), ("canonical", "a copy in another size")):
            for column in ("canonical",) if name == "canonical" else ("pdq", "trimmed"):
                found += _near(stored, column, getattr(asked, name), how)
                found += _near(stored, column, getattr(asked, f"{name}_mirrored"), f"{how}, {MIRRORED}")
    found = _each_once(found)
    if 0 < stored.num_rows <= MOST_FOR_PARTS:
        found += _parts(lake, asked, {match.sha256 for match in found})
    return _each_once(found)


def _each_once(found: list[Match]) -> list[Match]:
    best: dict[str, Match] = {}
    for match in sorted(found):
        best.setdefault(match.sha256, match)
    return sorted(best.values())


def _near(stored: pa.Table, column: str, asked: str, how: str) -> list[Match]:
    """Return those within the radius by one of their hashes; all are compared, a million in a tenth of a second."""
    if not asked:
        return []
    there = pc.and_(pc.not_equal(stored[column], ""), pc.greater_equal(stored["quality"], QUALITY))
    rows = stored.filter(there)
    words = np.frombuffer(bytes.fromhex("".join(rows[column].to_pylist())), ">u8").reshape(-1, 4)
    away = np.bitwise_count(words.astype(np.uint64) ^ from_hex(asked)).sum(axis=1)
    near = np.flatnonzero(away <= RADIUS)
    names = rows["sha256"].take(pa.array(near)).to_pylist()
    return [
        Match((1 if column != "canonical" else 2 + RADIUS) + bits, name, f"{how}, {bits} of 256 bits differ")
        for name, bits in zip(names, away[near].tolist(), strict=True)
    ]


def _parts(lake: Lake, asked: Looked, known: set[str]) -> list[Match]:
    """Return those with a part in common that are not `known` to be alike already."""
    from felinar.kernels.points import unpacked
    from felinar.kernels.same_part import overlap

    if not asked.points:
        return []
    found = []
    for data, how in ((asked.points, ""), (asked.points_mirrored, f", {MIRRORED}")):
        mine = unpacked(data)
        for part in lake.manifest().tables["pictures"]:
            rows = lake.read_part(part, ["sha256", "points"])
            for row in _with_common_points(rows["points"], mine.words).tolist():
                sha256 = rows["sha256"][row].as_py()
                seen = overlap(*mine, *unpacked(rows["points"][row].as_py()))
                if sha256 not in known and seen.is_same:
                    found.append(Match(1_000 - seen.agreeing, sha256, f"a part, {seen.agreeing} points lie alike{how}"))
    return found


def _with_common_points(points: pa.ChunkedArray, asked: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the rows of which several points are nearly those asked for."""
    from felinar.kernels.points import unpacked
    from felinar.kernels.shared_points import LEAST_SHARED, drawers

    mine = [unpacked(data).words for data in points.to_pylist()]
    if not mine:
        return np.zeros(0, dtype=np.int64)
    row = np.repeat(np.arange(len(mine)), [len(words) for words in mine])
    words, seen = np.concatenate(mine), np.zeros(len(row), dtype=np.bool_)
    for theirs, ours in zip(drawers(words), drawers(asked), strict=True):
        seen |= np.isin(theirs, ours)
    return np.flatnonzero(np.bincount(row[seen], minlength=len(mine)) >= LEAST_SHARED)
