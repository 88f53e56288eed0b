"""Put names beside dots so that none covers another: the first of four sides with room, the important ones first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# As wide as the digits of a wide system font; narrower fonts leave more room between names.
LETTER, LINE = 0.64, 1.2  # of the size of the letters


class Box(NamedTuple):
    """A rectangle that is taken: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


class Label(NamedTuple):
    """Where a name stands: the point of its baseline, and which end of it is there (start, middle or end)."""

    x: float
    y: float
    anchor: str


class Spot(NamedTuple):
    """A dot that wants a name."""

    x: float
    y: float
    radius: float
    text: str


def place(spots: Iterable[Spot], width: float, height: float, size: float) -> list[Label | None]:
    """Return where the name of each dot stands, None where no side has room; earlier dots choose first.

    Names keep within the picture and cover neither a name nor a dot. `size` is the height of the letters.
    """
    spots = list(spots)
    taken = [Box(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    placed: list[Label | None] = []
    for spot in spots:
        fitting = (side for side in _sides(spot, size) if _fits(side[1], taken, width, height))
        label, box = next(fitting, (None, None))
        placed.append(label)
        if box is not None:
            taken.append(box)
    return placed


def _sides(spot: Spot, size: float) -> list[tuple[Label, Box]]:
    """Return the four places of a name with the room it takes: right, left, above, below."""
    gap, wide, high = spot.radius + size * 0.3, len(spot.text) * size * LETTER, size * LINE
    low, half = spot.y + size * 0.35, wide / 2
    level = (low - high * 0.8, low + high * 0.2)
    above, below = spot.y - gap, spot.y + gap + high * 0.7
    return [
        (Label(spot.x + gap, low, "start"), Box(spot.x + gap, level[0], spot.x + gap + wide, level[1])),
        (Label(spot.x - gap, low, "end"), Box(spot.x - gap - wide, level[0], spot.x - gap, level[1])),
        (Label(spot.x, above, "middle"), Box(spot.x - half, above - high * 0.8, spot.x + half, above + high * 0.2)),
        (Label(spot.x, below, "middle"), Box(spot.x - half, below - high * 0.8, spot.x + half, below + high * 0.2)),
    ]


def _fits(box: Box, taken: Iterable[Box], width: float, height: float) -> bool:
    """Return whether a name keeps within the picture and off everything that is there; its own dot it never meets."""
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > width or bottom > height:
        return False
    return not any(left < r and x < right and top < b and y < bottom for x, y, r, b in taken)
