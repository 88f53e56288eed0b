"""Abstract pictures, flat shapes on a slow shade; and what people do to a picture before they post it again.

Pixels are (rows, columns, red green blue). Written as PNG by hand, so that the world needs no package for pictures.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from random import Random

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
HEIGHT, WIDTH, SHAPES = 180, 240, 48
INK, PAPER = (20, 20, 20), (245, 245, 245)


def drawn(name: str) -> Pixels:
    """Return the abstract picture of this name: always the same one."""
    rng = Random(f"picture {name}")  # noqa: S311 - a world that can be made again, nothing secret
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    corners = [[rng.randrange(256) for _ in range(3)] for _ in range(2)]
    slope = ((x / WIDTH + y / HEIGHT) / 2)[:, :, None]
    shade = np.array(corners[0]) * (1 - slope) + np.array(corners[1]) * slope
    pixels: Pixels = shade.astype(np.uint8) & np.uint8(0xF8)
    for _ in range(SHAPES):
        high, wide = 8 + rng.randrange(44), 8 + rng.randrange(56)
        top, left = rng.randrange(-10, HEIGHT - 10), rng.randrange(-10, WIDTH - 10)
        inside = (y >= top) & (y < top + high) & (x >= left) & (x < left + wide)
        if rng.random() < 0.4:
            inside &= ((y - top) / high - 0.5) ** 2 + ((x - left) / wide - 0.5) ** 2 < 0.25
        pixels[inside] = [rng.randrange(256) & 0xF0 for _ in range(3)]
    return pixels


def card(name: str) -> Pixels:
    """Return a card as sites put it where no picture is: bars on plain paper."""
    rng = Random(f"card {name}")  # noqa: S311
    pixels = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    pixels[:] = PAPER
    for column in range(30, WIDTH - 30, 18):
        pixels[70 : 90 + rng.randrange(24), column : column + 5 + rng.randrange(9)] = INK
    return pixels


def mirrored(pixels: Pixels) -> Pixels:
    """Return the mirror image."""
    return pixels[:, ::-1]


def cropped(pixels: Pixels) -> Pixels:
    """Return the picture with a tenth cut off at three sides and a sixth below, where marks stand."""
    high, wide = pixels.shape[:2]
    return pixels[high // 10 : high - high // 6, wide // 10 : wide - wide // 10]


def bannered(pixels: Pixels) -> Pixels:
    """Return the picture with a dark band below, with bars where others write a number."""
    changed = pixels.copy()
    high, wide = pixels.shape[:2]
    changed[high - high // 7 :] = INK
    for column in range(wide // 6, wide - wide // 6, 14):
        changed[high - high // 10 : high - high // 20, column : column + 7] = PAPER
    return changed


def bordered(pixels: Pixels) -> Pixels:
    """Return the picture in a pale frame."""
    high, wide = pixels.shape[:2]
    framed = np.empty((high + high // 5, wide + wide // 5, 3), dtype=np.uint8)
    framed[:] = PAPER
    framed[high // 10 : high // 10 + high, wide // 10 : wide // 10 + wide] = pixels
    return framed


def halved(pixels: Pixels) -> Pixels:
    """Return the picture half as large."""
    high, wide = pixels.shape[0] // 2 * 2, pixels.shape[1] // 2 * 2
    fours = pixels[:high, :wide].reshape(high // 2, 2, wide // 2, 2, 3).astype(np.uint16)
    return np.asarray(fours.sum(axis=(1, 3)) // 4, dtype=np.uint8)


def brightened(pixels: Pixels) -> Pixels:
    """Return the picture in a lighter tone."""
    return np.minimum(255, pixels.astype(np.uint16) * 9 // 8 + 12).astype(np.uint8)


EDITS: dict[str, Callable[[Pixels], Pixels]] = {
    edit.__name__: edit for edit in (mirrored, cropped, bannered, bordered, halved, brightened)
}


def png(pixels: Pixels) -> bytes:
    """Return the picture as a PNG file."""
    high, wide = pixels.shape[:2]
    rows = np.zeros((high, 1 + 3 * wide), dtype=np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = np.ascontiguousarray(pixels).reshape(high, 3 * wide)
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
