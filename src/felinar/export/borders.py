"""The land and its borders as one SVG path (Natural Earth, public domain), made by scripts/build_borders.py."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

_FINE, _COARSE = 2, 200  # units between two points of a border inside the picture, and far outside of it
_LEAST = 4  # units that an island must measure to be seen
_BEYOND = 5  # how many pictures away points are moved nearer; no border runs straight for so long


class View(NamedTuple):
    """What a map shows: its corner, and how many units of the picture a degree takes either way."""

    west: float
    north: float
    across: float
    down: float
    width: int
    height: int

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point on the globe lies in the picture."""
        return round((longitude - self.west) * self.across, 1), round((self.north - latitude) * self.down, 1)


def land(view: View) -> str:
    """Return the path of all countries that reach into the picture; coordinates are whole units, about 20 to 60 KB."""
    points, starts, boxes = _rings()
    ends = np.append(starts[1:], len(points))
    east, south = view.west + view.width / view.across, view.north - view.height / view.down
    near = (boxes[:, 0] < east) & (boxes[:, 2] > view.west) & (boxes[:, 1] < view.north) & (boxes[:, 3] > south)
    size = (boxes[:, 2:] - boxes[:, :2]) * (view.across, view.down)
    near &= size.max(axis=1) >= _LEAST
    return "".join(_path(points[starts[ring] : ends[ring]], view) for ring in np.flatnonzero(near))


def _path(ring: Points, view: View) -> str:
    """Return one ring as a closed path of whole steps, without the points that nobody could tell apart."""
    drawn = (ring - (view.west, view.north)) * (view.across, -view.down)
    size = np.array((view.width, view.height))
    drawn = np.clip(drawn, -_BEYOND * size, (_BEYOND + 1) * size)
    outside = np.any((drawn < -_COARSE) | (drawn > size + _COARSE), axis=1, keepdims=True)
    grid = np.where(outside, _COARSE, _FINE)
    units = (np.rint(drawn / grid) * grid).astype(np.int64)
    steps = np.diff(units, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < 2:
        return ""
    return f"M{units[0, 0]} {units[0, 1]}l{' '.join(map(str, steps.ravel().tolist()))}z"


@lru_cache(maxsize=1)
def _rings() -> tuple[Points, npt.NDArray[np.int32], Points]:
    """Return all points (longitude, latitude), where each ring begins, and its box: west, south, east, north."""
    with resources.files("felinar.export").joinpath("data/borders.npz").open("rb") as file, np.load(file) as stored:
        points, starts = np.cumsum(stored["steps"], axis=0) / 100, stored["starts"]
    boxes = np.hstack([np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)])
    return points, starts, boxes
