"""Whether two pictures show a part in common: points that look alike and lie alike, shifted, turned and scaled as one.

Every pair of matches proposes one way of laying the pictures over each other; the way that most matches agree to is
taken. All are tried in a fixed order, so the answer does not depend on chance (as RANSAC, Fischler and Bolles 1981,
would).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.kernels.bands import distance
from felinar.kernels.bits import ones
from felinar.kernels.compile import kernel

MOST_BITS = 64  # in which two descriptions of one point may differ
RATIO = 8  # tenths: the next best description must be that much further away
NEAR = np.float32(6)  # pixels, in a picture of 400, within which a point agrees
LEAST_APART = np.float32(20)  # pixels between the two points of a proposal
LEAST_SCALE, MOST_SCALE = np.float32(0.2), np.float32(5)
CELLS = 6  # the space in which a picture has points is cut into 6 x 6 cells, in which agreeing ones are counted


# Matches that must agree, and how far they must lie apart: in so many cells of one of the pictures (a line of writing
# fills six), or so many pixels in every direction (writing and marks reach 5 to 15).
LEAST_AGREEING, LEAST_CELLS, LEAST_REACH = 10, 7, 20.0
# Where most of what agrees lies at the same place in both, while most of the pictures differs, it is a frame or a mark.
SAME_PLACE, FRAME_PER_HUNDRED, REST_PER_HUNDRED = np.float32(4), 60, 50


class Overlap(NamedTuple):
    """Matches that agree, out of how many; cells of either picture that they lie in; scale and turn (degrees).

    `reach`: how far they lie from their middle where they reach least far, in the picture where that is more (standard
    deviation, pixels). `frame`: only what lies at the same place in both is the same, and most is not: a frame, a mark,
    a banner.
    """

    agreeing: int
    matches: int
    cells: int
    other_cells: int
    scale: float
    turn: float
    reach: float
    frame: bool

    @property
    def is_same(self) -> bool:
        """Whether the pictures show a part in common that is more than a frame or a line of writing."""
        far = max(self.cells, self.other_cells) >= LEAST_CELLS or self.reach >= LEAST_REACH
        return self.agreeing >= LEAST_AGREEING and far and not self.frame


def overlap(
    words: NDArray[np.uint64],
    places: NDArray[np.float32],
    other_words: NDArray[np.uint64],
    other_places: NDArray[np.float32],
    *,
    plain: bool = False,
) -> Overlap:
    """Return how well the points of two pictures (descriptions of 4 words, places in a picture of 400 pixels) agree."""
    found = np.zeros(8, dtype=np.float64)
    (lay_over.plain if plain else lay_over)(words, places, other_words, other_places, found)
    agreeing, matches, cells, other_cells, scale, turn, in_place, reach = found.tolist()
    few = agreeing * 100 < REST_PER_HUNDRED * min(len(words), len(other_words))
    frame = few and in_place * 100 >= FRAME_PER_HUNDRED * agreeing
    return Overlap(int(agreeing), int(matches), int(cells), int(other_cells), scale, turn, reach, frame)


@kernel
def lay_over(words, places, other_words, other_places, found):  # type: ignore[no-untyped-def]
    """Write what is told of the best way to lay one picture over the other, in the order of `Overlap`."""
    pairs = np.empty((len(words), 2), dtype=np.int64)
    n = matches(words, other_words, pairs)
    found[1] = n
    best: Any = np.int64(0)
    for i in range(n):
        for j in range(i + 1, n):
            a, b = places[pairs[i, 0]], places[pairs[j, 0]]
            c, d = other_places[pairs[i, 1]], other_places[pairs[j, 1]]
            across, down = b[0] - a[0], b[1] - a[1]
            to_across, to_down = d[0] - c[0], d[1] - c[1]
            length = across * across + down * down
            if length < LEAST_APART * LEAST_APART:
                continue
            even = (across * to_across + down * to_down) / length  # scale * cos(turn)
            odd = (across * to_down - down * to_across) / length  # scale * sin(turn)
            scale = even * even + odd * odd
            if scale < LEAST_SCALE * LEAST_SCALE or scale > MOST_SCALE * MOST_SCALE:
                continue
            shift = c[0] - (even * a[0] - odd * a[1]), c[1] - (odd * a[0] + even * a[1])
            agreeing = count_agreeing(pairs, n, places, other_places, even, odd, shift[0], shift[1], found, False)
            if agreeing > best:
                best = agreeing
                count_agreeing(pairs, n, places, other_places, even, odd, shift[0], shift[1], found, True)


@kernel
def matches(words, other_words, pairs):  # type: ignore[no-untyped-def]
    """Write the pairs of points that look most alike, each the other's best, and return how many."""
    n = 0
    taken = np.full(len(other_words), -1, dtype=np.int64)
    for i in range(len(words)):
        best: Any = np.int64(257)  # more bits than there are
        second: Any = np.int64(257)
        which: Any = np.int64(-1)
        for j in range(len(other_words)):
            away = distance(words, i, other_words, j, np.int64(256))
            if away < best:
                best, second, which = away, best, j
            elif away < second:
                second = away
        if best < MOST_BITS and 10 * best < RATIO * second:
            before = taken[which]
            if before >= 0:
                if distance(words, pairs[before, 0], other_words, which, np.int64(256)) > best:
                    pairs[before, 0] = i
                continue
            taken[which] = n
            pairs[n, 0], pairs[n, 1] = i, which
            n += 1
    return n


@kernel
def count_agreeing(pairs, n, places, other_places, even, odd, right, below, found, write):  # type: ignore[no-untyped-def]
    """Return how many matches agree to a way of laying over; `write` also what is told of it."""
    agreeing = in_place = np.int64(0)
    cells = other_cells = np.uint64(0)
    sums = np.zeros((2, 5), dtype=np.float64)
    for k in range(n):
        a, c = places[pairs[k, 0]], other_places[pairs[k, 1]]
        away_x = even * a[0] - odd * a[1] + right - c[0]
        away_y = odd * a[0] + even * a[1] + below - c[1]
        if away_x * away_x + away_y * away_y <= NEAR * NEAR:
            agreeing += 1
            if write:
                in_place += np.int64(abs(a[0] - c[0]) <= SAME_PLACE and abs(a[1] - c[1]) <= SAME_PLACE)
                cells |= cell_of(places, pairs[k, 0])
                other_cells |= cell_of(other_places, pairs[k, 1])
                add_place(sums, 0, np.float64(a[0]), np.float64(a[1]))
                add_place(sums, 1, np.float64(c[0]), np.float64(c[1]))
    if write:
        found[0] = agreeing
        found[2], found[3] = ones(cells), ones(other_cells)
        found[4] = np.sqrt(np.float64(even * even + odd * odd))
        found[5] = np.degrees(np.arctan2(np.float64(odd), np.float64(even)))
        found[6] = in_place
        found[7] = max(reach_of(sums, 0, agreeing), reach_of(sums, 1, agreeing))
    return agreeing


@kernel
def add_place(sums, row, x, y):  # type: ignore[no-untyped-def]
    """Add a place to the sums from which `reach_of` is told."""
    sums[row, 0] += x
    sums[row, 1] += y
    sums[row, 2] += x * x
    sums[row, 3] += x * y
    sums[row, 4] += y * y


@kernel
def reach_of(sums, row, count):  # type: ignore[no-untyped-def]
    """Return the standard deviation of the places in the direction in which it is least."""
    across, down = sums[row, 0] / count, sums[row, 1] / count
    xx, yy = sums[row, 2] / count - across * across, sums[row, 4] / count - down * down
    xy = sums[row, 3] / count - across * down
    least = (xx + yy) / 2 - np.sqrt((xx - yy) * (xx - yy) / 4 + xy * xy)
    return np.sqrt(max(0.0, least))


@kernel
def cell_of(places, point):  # type: ignore[no-untyped-def]
    """Return the cell of a point as one bit of 36, by where it lies among all points of its picture."""
    number = np.int64(0)
    for k in range(1, -1, -1):
        low, high = places[:, k].min(), places[:, k].max()
        size = max(np.float32(1), high - low)
        at = np.int64((places[point, k] - low) * np.float32(CELLS) / size)
        number = CELLS * number + min(np.int64(CELLS - 1), at)
    return np.uint64(1) << np.uint64(number)
