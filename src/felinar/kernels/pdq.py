"""PDQ, the perceptual hash of lists of known pictures: 256 bits and a quality, of a picture and its seven other turns.

Facebook 2019, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm"; the arithmetic is that of the
reference implementation, sum by sum in 32-bit floats, so that hashes are equal and not only alike.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.kernels.shrink import SIDE, shrink

BITS_SIDE, BITS, WORDS, TURNS = 16, 256, 4, 8
RADIUS = 31  # bits in which the hashes of one picture may differ
QUALITY = 50  # below it a hash says little
# What a turn is called, in the order in which they are returned (that of the reference's `compute_dihedral`).
TURN_NAMES = (
    "as it is", "turned 90°", "turned 180°", "turned 270°", "upside down", "mirrored", "turned 90° and mirrored",
    "turned 270° and mirrored",
)  # fmt: skip
MIRRORED = TURN_NAMES.index("mirrored")
FEWEST = 5  # pixels along a side; what is smaller has no hash (all zeros, quality 0), as in the reference
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
    (shrink.plain if plain else shrink)(as_rows(rgb), small)
    return of_small(small, plain=plain)


def as_rows(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture as rows of numbers, three for each pixel, that may be written to: one form, compiled once."""
    return np.require(rgb.reshape(len(rgb), -1), requirements=("C", "W"))


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
    flat = np.empty(BITS, dtype=np.float32)
    for bit in range(BITS):
        flat[bit] = found[bit // BITS_SIDE, bit % BITS_SIDE]
    median = nth_smallest(flat.copy(), BITS // 2 - 1)
    for word in range(WORDS):
        bits = np.uint64(0)
        for k in range(64):
            bit = BITS - 1 - (64 * word + k)
            bits = (bits << np.uint64(1)) | np.uint64(flat[bit] > median)
        words[word] = bits


@kernel
def nth_smallest(values, n):  # type: ignore[no-untyped-def]
    """Return the value that would stand at place n if they were sorted; their order is changed (Hoare's selection)."""
    low, high = 0, len(values) - 1
    while low < high:
        pivot = values[(low + high) // 2]
        left, right = low, high
        while left <= right:
            while values[left] < pivot:
                left += 1
            while values[right] > pivot:
                right -= 1
            if left <= right:
                values[left], values[right] = values[right], values[left]
                left += 1
                right -= 1
        if n <= right:
            high = right
        elif n >= left:
            low = left
        else:
            break
    return values[n]


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
