"""A picture made small by averaging areas, and the plain border around it: for linking only, never for lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.pdq import as_rows

SIDE = 64
# A border row or column is one whose greys differ by at most so much; at most so much of a side is border.
PLAIN, MOST_PER_HUNDRED, LEAST_LEFT = 12, 35, 32
_1, _2 = np.uint64(1), np.uint64(2)


def small_64(pixels: NDArray[np.uint8], *, plain: bool = False) -> NDArray[np.float32]:
    """Return the picture as 64 x 64 pixels of three colours, each the average of its area."""
    small = np.empty((SIDE, SIDE, 3), dtype=np.float32)
    (average_areas.plain if plain else average_areas)(as_rows(pixels), small)
    return small


def luma(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how light each pixel is."""
    weights = np.array([0.299, 0.587, 0.114], dtype=np.float32)
    light = small[..., 0] * weights[0] + small[..., 1] * weights[1] + small[..., 2] * weights[2]
    return np.asarray(light, dtype=np.float32)


def trimmed(pixels: NDArray[np.uint8], *, plain: bool = False) -> NDArray[np.uint8] | None:
    """Return the picture without its plain border, None where it has none or hardly anything would be left."""
    edges = np.empty(4, dtype=np.int64)
    (find_border.plain if plain else find_border)(as_rows(pixels), edges)
    top, bottom, left, right = edges.tolist()
    if (top, left) == (0, 0) and (bottom, right) == pixels.shape[:2]:
        return None
    inside = pixels[top:bottom, left:right]
    return np.ascontiguousarray(inside) if min(inside.shape[:2]) > LEAST_LEFT else None


@kernel
def average_areas(pixels, small):  # type: ignore[no-untyped-def]
    """Write the average of each area; pixels on its edge count by the part that lies inside."""
    height, width, side = pixels.shape[0], pixels.shape[1] // 3, len(small)
    along = np.empty(3 * side, dtype=np.int64)
    total = np.zeros((side, 3 * side), dtype=np.int64)
    for y in range(height):
        add_along(pixels[y], width, along)
        for cell in range(y * side // height, ((y + 1) * side - 1) // height + 1):
            part = min((y + 1) * side, (cell + 1) * height) - max(y * side, cell * height)
            one = total[cell]
            for k in range(3 * side):
                one[k] += part * along[k]
    for i in range(side):
        for j in range(side):
            for colour in range(3):
                small[i, j, colour] = total[i, 3 * j + colour] / (np.float64(width) * height)


@kernel
def add_along(row, width, along):  # type: ignore[no-untyped-def]
    """Write the sums of a row's pixels by area, in parts of a pixel: whole ones count as many as there are areas."""
    side = len(along) // 3
    for cell in range(side):
        begin, end = cell * width, (cell + 1) * width
        first, last = begin // side, (end - 1) // side
        red = green = blue = np.int64(0)
        for x in range(first + 1, last):
            at = np.uint64(3 * x)
            red += np.int64(row[at])
            green += np.int64(row[at + _1])
            blue += np.int64(row[at + _2])
        red, green, blue = side * red, side * green, side * blue
        for edge in range(2 if last > first else 1):
            x = last if edge else first
            part = min((x + 1) * side, end) - max(x * side, begin)
            red += part * np.int64(row[3 * x])
            green += part * np.int64(row[3 * x + 1])
            blue += part * np.int64(row[3 * x + 2])
        along[3 * cell], along[3 * cell + 1], along[3 * cell + 2] = red, green, blue


@kernel
def grey(pixels, y, x):  # type: ignore[no-untyped-def]
    """Return how light a pixel is, 0 to 255."""
    red, green, blue = pixels[y, 3 * x], pixels[y, 3 * x + 1], pixels[y, 3 * x + 2]
    return (77 * np.int64(red) + 150 * np.int64(green) + 29 * np.int64(blue)) >> 8


@kernel
def is_plain(pixels, at, is_row, first, stop):  # type: ignore[no-untyped-def]
    """Say whether the greys of a row or column, between two places, hardly differ."""
    low, high = 255, 0
    for k in range(first, stop):
        value = grey(pixels, at, k) if is_row else grey(pixels, k, at)
        low, high = min(low, value), max(high, value)
        if high - low > PLAIN:
            return False
    return True


@kernel
def find_border(pixels, edges):  # type: ignore[no-untyped-def]
    """Write where the picture inside its border begins and stops: rows, then columns."""
    height, width = pixels.shape[0], pixels.shape[1] // 3
    top = 0
    while top < height * MOST_PER_HUNDRED // 100 and is_plain(pixels, top, True, 0, width):
        top += 1
    bottom = height
    while height - bottom < height * MOST_PER_HUNDRED // 100 and is_plain(pixels, bottom - 1, True, 0, width):
        bottom -= 1
    left = 0
    while left < width * MOST_PER_HUNDRED // 100 and is_plain(pixels, left, False, top, bottom):
        left += 1
    right = width
    while width - right < width * MOST_PER_HUNDRED // 100 and is_plain(pixels, right - 1, False, top, bottom):
        right -= 1
    edges[0], edges[1], edges[2], edges[3] = top, bottom, left, right
