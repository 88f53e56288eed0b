"""PDQ, the perceptual hash of lists of known pictures: 256 bits and a quality, of a picture and its seven other turns.

Facebook 2019, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm"; the arithmetic is that of the
reference implementation, sum by sum in 32-bit floats, so that hashes are equal and not only alike. The picture is read
once, row by row, and never copied as a whole: what is kept are a few rows and 64 columns.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

SIDE, BITS_SIDE, BITS, WORDS, TURNS = 64, 16, 256, 4, 8
# What a turn is called, in the order in which they are returned (that of the reference's `compute_dihedral`).
TURN_NAMES = (
    "as it is", "turned 90°", "turned 180°", "turned 270°", "upside down", "mirrored", "turned 90° and mirrored",
    "turned 270° and mirrored",
)  # fmt: skip
MIRRORED = TURN_NAMES.index("mirrored")
FEWEST = 5  # pixels along a side; what is smaller has no hash (all zeros, quality 0), as in the reference
TOGETHER = 4  # rows whose running sums are taken at once: one sum alone waits for itself
RED, GREEN, BLUE = np.float32(0.299), np.float32(0.587), np.float32(0.114)
_PER_CENT, _WHITE, _NONE = np.float32(100), np.float32(255), np.float32(0)


class Pdq(NamedTuple):
    """Hashes of the eight turns (8 rows of 4 words of 64 bits, bit 255 first) and the quality, 0 to 100."""

    turns: NDArray[np.uint64]
    quality: int


def pdq(rgb: NDArray[np.uint8], *, plain: bool = False) -> Pdq:
    """Return the PDQ hashes of a picture (rows, columns, red green blue); below quality 50 they say little.

    Raises ValueError for a picture without pixels.
    """
    if rgb.ndim != 3 or rgb.shape[2] != 3 or not rgb.size:
        raise ValueError(f"a picture of shape {rgb.shape} has no pixels in red, green and blue")
    if min(rgb.shape[:2]) < FEWEST:
        return Pdq(np.zeros((TURNS, WORDS), dtype=np.uint64), 0)
    small = np.empty((SIDE, SIDE), dtype=np.float32)
    (shrink.plain if plain else shrink)(np.ascontiguousarray(rgb), small)
    return of_small(small, plain=plain)


def of_small(small: NDArray[np.float32], *, plain: bool = False) -> Pdq:
    """Return the PDQ hashes of a picture that is already 64 x 64 luma."""
    turns = np.empty((TURNS, WORDS), dtype=np.uint64)
    quality = (hash_small.plain if plain else hash_small)(small, cosines(), turns)
    return Pdq(turns, int(quality))


def as_hex(words: NDArray[np.uint64]) -> str:
    """Return 64 hexadecimal digits, as lists write them."""
    return "".join(f"{word:016x}" for word in words.tolist())


def from_hex(text: str) -> NDArray[np.uint64]:
    """Return the four words of 64 hexadecimal digits of either case; raises ValueError for anything else."""
    if len(text) != BITS // 4:
        raise ValueError(f"a PDQ hash has 64 hexadecimal digits, not {len(text)}")
    return np.frombuffer(bytes.fromhex(text), dtype=">u8").astype(np.uint64)


@lru_cache(maxsize=1)
def cosines() -> NDArray[np.float32]:
    """Return the 16 x 64 matrix of the cosine transform, without its constant row."""
    row, column = np.arange(1, BITS_SIDE + 1)[:, None], np.arange(SIDE)[None, :]
    matrix = np.sqrt(2 / SIDE) * np.cos(np.pi / (2 * SIDE) * row * (2 * column + 1))
    return np.asarray(matrix, dtype=np.float32)


@kernel
def window(length):  # type: ignore[no-untyped-def]
    """Return how many pixels are averaged along a side of this length."""
    return (length + 2 * SIDE - 1) // (2 * SIDE)


@kernel
def shrink(rgb, small):  # type: ignore[no-untyped-def]
    """Write the picture as 64 x 64 luma: twice averaged along rows and columns, then every so many pixels taken."""
    height, width = rgb.shape[0], rgb.shape[1]
    across, down = window(width), window(height)
    half = (down + 2) // 2
    kept = (down + 2 * TOGETHER - 1) // TOGETHER * TOGETHER
    averaged = np.empty((kept, width), dtype=np.float32)  # the last rows, averaged along themselves
    block = np.empty((TOGETHER, width), dtype=np.float32)
    sums = np.zeros(width, dtype=np.float32)
    narrow = np.empty((height, SIDE), dtype=np.float32)
    for step in range(height + half - 1):
        if step < height:
            if step % TOGETHER == 0:
                average_rows(rgb, step, across, averaged, step % kept)
            add_row(averaged, step % kept, sums)
        if step >= down:
            take_row(averaged, (step - down) % kept, sums)
        if step >= half - 1:
            row = step - half + 1
            count = min(step + 1, height) - max(0, step + 1 - down)
            divide_row(sums, np.float32(count), block, row % TOGETHER)
            if row % TOGETHER == TOGETHER - 1 or row == height - 1:
                average_narrow(block, across, narrow, row - row % TOGETHER, row + 1)
    average_columns(narrow, down, small)


@kernel
def average_rows(rgb, first, across, averaged, slot):  # type: ignore[no-untyped-def]
    """Write the luma of the rows from `first` on, averaged along the rows."""
    width = rgb.shape[1]
    half = (across + 2) // 2
    luma = np.empty((TOGETHER, width), dtype=np.float32)
    for k in range(TOGETHER):
        write_luma(rgb[min(first + k, len(rgb) - 1)].reshape(3 * width), luma[k])
    a, b, c, d = luma[0], luma[1], luma[2], luma[3]
    to_a, to_b, to_c, to_d = averaged[slot], averaged[slot + 1], averaged[slot + 2], averaged[slot + 3]
    sum_a = sum_b = sum_c = sum_d = _NONE
    for x in range(half - 1):
        sum_a, sum_b, sum_c, sum_d = sum_a + a[x], sum_b + b[x], sum_c + c[x], sum_d + d[x]
    for x in range(half - 1, across):
        sum_a, sum_b, sum_c, sum_d = sum_a + a[x], sum_b + b[x], sum_c + c[x], sum_d + d[x]
        to = x - half + 1
        to_a[to], to_b[to], to_c[to], to_d[to] = sum_a, sum_b, sum_c, sum_d
    for x in range(across, width):
        out, to = x - across, x - half + 1
        sum_a = sum_a + a[x] - a[out]
        sum_b = sum_b + b[x] - b[out]
        sum_c = sum_c + c[x] - c[out]
        sum_d = sum_d + d[x] - d[out]
        to_a[to], to_b[to], to_c[to], to_d[to] = sum_a, sum_b, sum_c, sum_d
    for x in range(width, width + half - 1):
        out, to = x - across, x - half + 1
        sum_a, sum_b, sum_c, sum_d = sum_a - a[out], sum_b - b[out], sum_c - c[out], sum_d - d[out]
        to_a[to], to_b[to], to_c[to], to_d[to] = sum_a, sum_b, sum_c, sum_d
    for k in range(TOGETHER):
        divide_along(averaged[slot + k], across, half)


@kernel
def write_luma(row, luma):  # type: ignore[no-untyped-def]
    """Write how light each pixel of a row is; flat and unsigned places let the compiler take many at once."""
    for x in range(len(luma)):
        at = np.uint64(3 * x)
        luma[x] = (
            RED * np.float32(row[at])
            + GREEN * np.float32(row[at + np.uint64(1)])
            + BLUE * np.float32(row[at + np.uint64(2)])
        )


@kernel
def divide_along(row, across, half):  # type: ignore[no-untyped-def]
    """Divide the sums of a row by how many pixels stood in each window."""
    width = len(row)
    for x in range(across - half + 1):
        row[x] /= np.float32(x + half)
    for x in range(across - half + 1, width - half + 1):
        row[x] /= np.float32(across)
    for x in range(max(width - half + 1, across - half + 1), width):
        row[x] /= np.float32(width - (x + half - across))


@kernel
def add_row(rows, row, sums):  # type: ignore[no-untyped-def]
    """Add a row to the sums of the columns."""
    one = rows[row]
    for x in range(len(sums)):
        sums[x] += one[x]


@kernel
def take_row(rows, row, sums):  # type: ignore[no-untyped-def]
    """Take a row from the sums of the columns."""
    one = rows[row]
    for x in range(len(sums)):
        sums[x] -= one[x]


@kernel
def divide_row(sums, count, rows, row):  # type: ignore[no-untyped-def]
    """Write the averages of the columns."""
    one = rows[row]
    for x in range(len(sums)):
        one[x] = sums[x] / count


@kernel
def average_narrow(block, across, narrow, first, stop):  # type: ignore[no-untyped-def]
    """Write rows averaged along themselves, of each only the 64 pixels that are taken in the end."""
    width = block.shape[1]
    half = (across + 2) // 2
    a, b, c, d = block[0], block[1], block[2], block[3]
    sum_a = sum_b = sum_c = sum_d = _NONE
    step = 0
    found = np.empty((TOGETHER, SIDE), dtype=np.float32)
    for column in range(SIDE):
        last = sampled(column, width) + half - 1  # the step at which the window of this pixel is complete
        for x in range(step, min(last + 1, across)):
            sum_a, sum_b, sum_c, sum_d = sum_a + a[x], sum_b + b[x], sum_c + c[x], sum_d + d[x]
        for x in range(max(step, across), min(last + 1, width)):
            out = x - across
            sum_a, sum_b = sum_a + a[x] - a[out], sum_b + b[x] - b[out]
            sum_c, sum_d = sum_c + c[x] - c[out], sum_d + d[x] - d[out]
        for x in range(max(step, width), last + 1):
            out = x - across
            sum_a, sum_b, sum_c, sum_d = sum_a - a[out], sum_b - b[out], sum_c - c[out], sum_d - d[out]
        step = last + 1
        count = np.float32(min(last + 1, width) - max(0, last + 1 - across))
        found[0, column], found[1, column] = sum_a / count, sum_b / count
        found[2, column], found[3, column] = sum_c / count, sum_d / count
    narrow[first:stop] = found[: stop - first]


@kernel
def average_columns(narrow, down, small):  # type: ignore[no-untyped-def]
    """Write the 64 rows that are taken of 64 columns, averaged along the columns."""
    height = len(narrow)
    half = (down + 2) // 2
    sums = np.zeros(SIDE, dtype=np.float32)
    step = 0
    for row in range(SIDE):
        last = sampled(row, height) + half - 1
        while step <= last:
            if step < height:
                add_row(narrow, step, sums)
            if step >= down:
                take_row(narrow, step - down, sums)
            step += 1
        count = np.float32(min(last + 1, height) - max(0, last + 1 - down))
        divide_row(sums, count, small, row)


@kernel
def sampled(number, length):  # type: ignore[no-untyped-def]
    """Return the pixel that is taken as this one of 64."""
    return np.int64((number + 0.5) * length / SIDE)


@kernel
def hash_small(small, cosine, turns):  # type: ignore[no-untyped-def]
    """Write the hashes of the eight turns and return the quality."""
    half_way = np.zeros((BITS_SIDE, SIDE), dtype=np.float32)
    for i in range(BITS_SIDE):
        for k in range(SIDE):
            for j in range(SIDE):
                half_way[i, j] += cosine[i, k] * small[k, j]
    found = np.empty((BITS_SIDE, BITS_SIDE), dtype=np.float32)
    for i in range(BITS_SIDE):
        for j in range(BITS_SIDE):
            total = _NONE
            for k in range(SIDE):
                total += half_way[i, k] * cosine[j, k]
            found[i, j] = total
    turned = np.empty((BITS_SIDE, BITS_SIDE), dtype=np.float32)
    for turn in range(TURNS):
        turn_to(found, turn, turned)
        write_bits(turned, turns[turn])
    return quality_of(small)


@kernel
def turn_to(found, turn, turned):  # type: ignore[no-untyped-def]
    """Write the transform of the picture turned: rows and columns change places, odd ones change their sign."""
    flipped = turn == 1 or turn == 3 or turn >= 6
    rows = turn == 1 or turn == 2 or turn == 4 or turn == 7
    columns = turn == 2 or turn == 3 or turn == 5 or turn == 7
    for i in range(BITS_SIDE):
        for j in range(BITS_SIDE):
            value = found[j, i] if flipped else found[i, j]
            if rows and i % 2 == 0:
                value = -value
            if columns and j % 2 == 0:
                value = -value
            turned[i, j] = value


@kernel
def write_bits(found, words):  # type: ignore[no-untyped-def]
    """Write a bit for each coefficient above the median, which is the lower of the two middle ones."""
    flat = found.copy().reshape(BITS)
    median = np.sort(flat)[BITS // 2 - 1]
    for word in range(WORDS):
        bits = np.uint64(0)
        for k in range(64):
            bit = BITS - 1 - (64 * word + k)
            bits = (bits << np.uint64(1)) | np.uint64(flat[bit] > median)
        words[word] = bits


@kernel
def quality_of(small):  # type: ignore[no-untyped-def]
    """Return how much there is to see, 0 to 100: the sum of steps between neighbouring pixels."""
    total = np.int64(0)
    for i in range(SIDE):
        for j in range(SIDE):
            if i + 1 < SIDE:
                total += abs(np.int64((small[i, j] - small[i + 1, j]) * _PER_CENT / _WHITE))
            if j + 1 < SIDE:
                total += abs(np.int64((small[i, j] - small[i, j + 1]) * _PER_CENT / _WHITE))
    return min(100, total // 90)
