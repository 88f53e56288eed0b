"""Stored pictures that are alike to one that somebody asks for: by its file, or by a hash alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.pdq import QUALITY, RADIUS, TURN_NAMES, from_hex

if TYPE_CHECKING:
    from felinar.pictures.looked import Looked
    from felinar.store.picture_hashes import Near, PictureHashes

_BY_LENGTH = {32: ("md5",), 40: ("sha1",), 64: ("sha256", "pdq")}
MIRRORED = TURN_NAMES[5]
_SMALL = 2 + RADIUS  # the rank of a small copy, behind all other copies


class Match(NamedTuple):
    """A stored picture, and in which way it is alike; `rank` puts the surest first."""

    rank: int
    sha256: str
    how: str


def by_hash(stored: PictureHashes, text: str) -> list[Match]:
    """Return the stored pictures with this hash, or within 31 bits of it as a PDQ hash, the surest first."""
    digits = text.strip().lower()
    found = []
    for kind in _BY_LENGTH[len(digits)]:
        if kind == "pdq":
            found += _within(stored.near("pdq"), digits, "a copy")
            found += _within(stored.near("trimmed"), digits, "a copy in a frame")
        else:
            found += [Match(0, sha256, "the same file") for sha256 in stored.exact(kind, digits)]
    return _each_once(found)


def by_file(stored: PictureHashes, asked: Looked) -> list[Match]:
    """Return the stored pictures that are the same file, a copy, a small copy, or show a part of it, the surest first.

    A mirrored one is found as well. Of a picture in which there is little to see only the same file is found.
    """
    found = [Match(0, sha256, "the same file") for sha256 in stored.exact("sha256", asked.sha256)]
    if asked.quality >= QUALITY:
        found += _copies(stored, asked)
    found = _each_once(found)
    found += _parts(stored, asked, {match.sha256 for match in found})
    return _each_once(found)


def _copies(stored: PictureHashes, asked: Looked) -> list[Match]:
    """Return the copies; small ones rank behind all others, since their hash says less."""
    found = []
    for kind in ("pdq", "trimmed"):
        there = stored.near(kind)
        for name in ("pdq", "trimmed"):
            found += _within(there, getattr(asked, name), "a copy")
            found += _within(there, getattr(asked, f"{name}_mirrored"), f"a copy, {MIRRORED}")
    small, how = stored.near("canonical"), "a copy in another size"
    found += _within(small, asked.canonical, how, _SMALL)
    return found + _within(small, asked.canonical_mirrored, f"{how}, {MIRRORED}", _SMALL)


def _each_once(found: list[Match]) -> list[Match]:
    best: dict[str, Match] = {}
    for match in sorted(found):
        best.setdefault(match.sha256, match)
    return sorted(best.values())


def _within(there: Near, asked: str, how: str, further: int = 1) -> list[Match]:
    """Return those within the radius of a hash; all are compared, a million in a tenth of a second.

    `further` is the rank of one that differs in no bit.
    """
    if not asked:
        return []
    away = np.bitwise_count(there.words ^ from_hex(asked)).sum(axis=1)
    near = np.flatnonzero(away <= RADIUS).tolist()
    return [Match(further + int(away[row]), there.names[row], f"{how}, {away[row]} of 256 bits differ") for row in near]


def _parts(stored: PictureHashes, asked: Looked, known: set[str]) -> list[Match]:
    """Return those with a part in common that are not `known` to be alike already."""
    from felinar.kernels.points import unpacked
    from felinar.kernels.same_part import overlap

    ways = [(asked.points, ""), (asked.points_mirrored, f", {MIRRORED}")] if asked.points else []
    found = []
    for some in stored.points() if ways else ():
        for data, how in ways:
            mine = unpacked(data)
            for row in _with_common_points([points for _, points in some], mine.words).tolist():
                sha256, points = some[row]
                seen = overlap(*mine, *unpacked(points))
                if sha256 not in known and seen.is_same:
                    found.append(Match(1_000 - seen.agreeing, sha256, f"a part, {seen.agreeing} points lie alike{how}"))
    return found


def _with_common_points(points: list[bytes], asked: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the rows of which several points are nearly those asked for."""
    from felinar.kernels.points import unpacked
    from felinar.kernels.shared_points import LEAST_SHARED, drawers

    mine = [unpacked(data).words for data in points]
    row = np.repeat(np.arange(len(mine)), [len(words) for words in mine])
    words, seen = np.concatenate(mine), np.zeros(len(row), dtype=np.bool_)
    for theirs, ours in zip(drawers(words), drawers(asked), strict=True):
        seen |= np.isin(theirs, ours)
    return np.flatnonzero(np.bincount(row[seen], minlength=len(mine)) >= LEAST_SHARED)
