"""Points of a picture that stay when it is cropped, framed or written over: ORB, Rublee et al. 2011.

They are looked for in the picture at 400 pixels and at 200, so that a copy that fills half a screen has points in
common. Kept are at most 320: of each 32 bytes of description and where it lies, in the picture of 400 pixels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from felinar.kernels.points import WORDS, Points, packed

# The longer side in pixels, and how many points are kept of that size.
SIZES = ((400, 224), (200, 96))
LONG_SIDE, LOOKED_FOR, FEWEST = 400, 1000, 24
# Differences in grey from which a corner counts (lower than usual, for smooth surfaces), and steps from size to size.
CONTRAST, LEVELS = 10, 4
# Points are taken cell by cell, the strongest of each first: a line of writing must not take them all.
CELLS = 10


def points_of(pixels: NDArray[np.uint8]) -> tuple[bytes, bytes]:
    """Return the points of a picture and of its mirror image, empty where too few tell it from another one."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = [_small(grey, side) for side, _ in SIZES]
    return _packed_points(small), _packed_points([np.ascontiguousarray(one[:, ::-1]) for one in small])


def _packed_points(small: list[Any]) -> bytes:
    found = [_found(one, kept) for one, (_, kept) in zip(small, SIZES, strict=True)]
    words, places = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return packed(words, places) if len(words) >= FEWEST else b""


def _small(grey: Any, side: int) -> Any:
    """Return a grey picture no longer than this along its longer side."""
    height, width = grey.shape
    scale = min(1.0, side / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return grey if scale == 1 else cv2.resize(grey, size, interpolation=cv2.INTER_AREA)


def _found(grey: Any, kept: int) -> Points:
    """Return the points of a small grey picture, placed as in the picture of 400 pixels."""
    found, words = _finder().detectAndCompute(grey, None)
    if words is None:
        return Points(np.zeros((0, WORDS), np.uint64), np.zeros((0, 2), np.float32))
    places = np.array([(*point.pt, point.response) for point in found], dtype=np.float32)
    best = spread(places, max(grey.shape))[:kept]
    in_common = LONG_SIDE / max(grey.shape)
    return Points(np.ascontiguousarray(words[best]).view(">u8").astype(np.uint64), places[best, :2] * in_common)


def spread(places: NDArray[np.float32], side: int) -> NDArray[np.int64]:
    """Return the order of points (x, y, strength) in which the strongest of every cell come first, then the second."""
    column, row = ((places[:, k] * CELLS / side).astype(np.int64) for k in (0, 1))
    cell = row * (CELLS + 1) + column
    by_cell = np.lexsort((places[:, 1], places[:, 0], -places[:, 2], cell))
    own = cell[by_cell]
    rank = np.empty(len(places), dtype=np.int64)
    rank[by_cell] = np.arange(len(own)) - np.searchsorted(own, own)
    return np.lexsort((places[:, 1], places[:, 0], -places[:, 2], rank))


@lru_cache(maxsize=1)
def _finder() -> Any:
    cv2.setNumThreads(1)
    finder: Any = cv2
    return finder.ORB_create(nfeatures=LOOKED_FOR, nlevels=LEVELS, fastThreshold=CONTRAST)
