"""Points of a picture that stay when it is cropped, framed or written over: ORB, Rublee et al. 2011.

Kept are at most 100 points: per point 32 bytes of description and where it lies, in a picture of 400 pixels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

LONG_SIDE, LOOKED_FOR, KEPT, FEWEST = 400, 400, 100, 60
_WORDS = 4


class Points(NamedTuple):
    """Descriptions (points, 4 words of 64 bits), places (points, x and y in a picture of 400 pixels)."""

    words: NDArray[np.uint64]
    places: NDArray[np.float32]


def points_of(pixels: NDArray[np.uint8]) -> bytes:
    """Return the points of a picture as bytes, empty where it has too few to be told from another one."""
    height, width = pixels.shape[:2]
    scale = LONG_SIDE / max(height, width)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    found, words = _finder().detectAndCompute(grey, None)
    if words is None or len(found) < FEWEST:
        return b""
    places = np.array([(*point.pt, point.response) for point in found], dtype=np.float32)
    best = np.lexsort((places[:, 1], places[:, 0], -places[:, 2]))[:KEPT]
    return packed(np.ascontiguousarray(words[best]).view(">u8").astype(np.uint64), places[best, :2])


def packed(words: NDArray[np.uint64], places: NDArray[np.float32]) -> bytes:
    """Return points as bytes: per point 32 bytes of description, then x and y in quarters of a pixel, 2 bytes each."""
    quarters = np.clip(np.rint(places * 4), 0, 65_535).astype("<u2")
    return words.astype("<u8").tobytes() + quarters.tobytes()


def unpacked(data: bytes) -> Points:
    """Return the points that `packed` made bytes of."""
    count = len(data) // (8 * _WORDS + 4)
    words = np.frombuffer(data, "<u8", count * _WORDS).reshape(count, _WORDS).astype(np.uint64)
    quarters = np.frombuffer(data, "<u2", count * 2, offset=8 * _WORDS * count).reshape(count, 2)
    return Points(words, (quarters / 4).astype(np.float32))


@lru_cache(maxsize=1)
def _finder() -> Any:
    cv2.setNumThreads(1)
    finder: Any = cv2
    return finder.ORB_create(nfeatures=LOOKED_FOR)
