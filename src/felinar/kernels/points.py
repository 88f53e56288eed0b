"""Points of a picture, as they are kept: how each looks, and where it lies."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WORDS = 4  # of 64 bits, that say how a point looks


class Points(NamedTuple):
    """Descriptions (points, 4 words of 64 bits), places (points, x and y in a picture of 400 pixels)."""

    words: NDArray[np.uint64]
    places: NDArray[np.float32]


def packed(words: NDArray[np.uint64], places: NDArray[np.float32]) -> bytes:
    """Return points as bytes: per point 32 bytes of description, then x and y in quarters of a pixel, 2 bytes each."""
    quarters = np.clip(np.rint(places * 4), 0, 65_535).astype("<u2")
    return words.astype("<u8").tobytes() + quarters.tobytes()


def unpacked(data: bytes) -> Points:
    """Return the points that `packed` made bytes of."""
    count = len(data) // (8 * WORDS + 4)
    words = np.frombuffer(data, "<u8", count * WORDS).reshape(count, WORDS).astype(np.uint64)
    quarters = np.frombuffer(data, "<u2", count * 2, offset=8 * WORDS * count).reshape(count, 2)
    return Points(words, (quarters / 4).astype(np.float32))
