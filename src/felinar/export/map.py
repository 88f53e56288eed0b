"""Lay out the map of an operation: land, a dot for each place, an arrow for each move. Numbers for an SVG, no drawing.

Longitudes are shrunk by the cosine of the middle latitude: shapes are right in the middle of the picture, and no
place lies beyond an edge of the projection, whatever the extent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt

from felinar.export.borders import View, land
from felinar.export.labels import Label, Spot, place
from felinar.export.moves import Move, Place
from felinar.extract.coordinates import Where, where

WIDTH, HEIGHT, LETTERS = 1000, 560, 16
MOST_PLACES, MOST_ARROWS = 60, 24
_LEAST_DEGREES = 5.0  # south to north: less shows no shape that anybody knows
_MARGIN = 0.18  # of the extent, on each side


@dataclass(frozen=True)
class Dot:
    """A place on the map; `label` is None where its name has no room."""

    name: str
    x: float
    y: float
    radius: float
    title: str
    label: Label | None


@dataclass(frozen=True)
class Arrow:
    """A move on the map: its number in the order of dates, paths of line and tip, where the number stands.

    Width and age run from 1 (rare, old) to 4.
    """

    number: int
    path: str
    tip: str
    x: float
    y: float
    width: int
    age: int
    title: str


@dataclass(frozen=True)
class Map:
    """Everything that the drawing needs, and what it leaves out."""

    width: int
    height: int
    letters: int
    land: str
    dots: tuple[Dot, ...]
    arrows: tuple[Arrow, ...]
    more_places: int
    more_arrows: int


def drawn(places: Sequence[Place], moves: Sequence[Move]) -> Map | None:
    """Return the layout of these places and moves (in their order); None where the gazetteer knows none of the places.

    Of more than 60 places those with the most adverts are drawn, of more than 24 moves the most frequent ones.
    """
    lie = where(one.name for one in places)
    shown = [one for one in places if one.name in lie][:MOST_PLACES]
    if not shown:
        return None
    view = _view([lie[one.name] for one in shown])
    dots = _dots(shown, lie, view)
    numbered = [(number, move) for number, move in enumerate(moves, 1) if move.start in dots and move.end in dots]
    frequent = sorted(numbered, key=lambda one: (-len(one[1].days), one[0]))[:MOST_ARROWS]
    arrows = tuple(_arrow(number, move, dots, len(moves)) for number, move in sorted(frequent, key=lambda one: one[0]))
    left_out = len(places) - len(shown), len(moves) - len(arrows)
    return Map(WIDTH, HEIGHT, LETTERS, land(view), tuple(dots.values()), arrows, *left_out)


def _view(points: list[Where]) -> View:
    """Return the part of the globe that holds all points with a margin, in the shape of the picture."""
    south, north = min(p.latitude for p in points), max(p.latitude for p in points)
    west, east = min(p.longitude for p in points), max(p.longitude for p in points)
    middle, centre = (south + north) / 2, (west + east) / 2
    shrink = max(0.2, cos(radians(middle)))
    tall = max(north - south, (east - west) * shrink * HEIGHT / WIDTH) * (1 + 2 * _MARGIN)
    down = HEIGHT / max(tall, _LEAST_DEGREES)
    across = down * shrink
    return View(centre - WIDTH / across / 2, middle + HEIGHT / down / 2, across, down, WIDTH, HEIGHT)


def _dots(places: Sequence[Place], lie: dict[str, Where], view: View) -> dict[str, Dot]:
    spots = [Spot(*view.point(*lie[one.name]), _radius(one.adverts), _short(one.name)) for one in places]
    labels = place(spots, WIDTH, HEIGHT, LETTERS)
    return {
        one.name: Dot(one.name, spot.x, spot.y, spot.radius, _title(one), label)
        for one, spot, label in zip(places, spots, labels, strict=True)
    }


def _radius(adverts: int) -> float:
    return round(min(20.0, 4 + 1.5 * sqrt(adverts)), 1)


def _short(name: str) -> str:
    """Return a place without its country: the map shows that."""
    return name.rpartition(", ")[0] or name


def _title(one: Place) -> str:
    count = f"{one.adverts:,} advert{'' if one.adverts == 1 else 's'}"
    when = f", {one.first} to {one.last}" if one.first and one.first != one.last else f", {one.first}" * bool(one.first)
    return f"{one.name}: {count}{when}"


def _arrow(number: int, move: Move, dots: dict[str, Dot], in_all: int) -> Arrow:
    """Return a bent arrow from the edge of one dot to the edge of the other; the way back bends to the other side."""
    start, end = dots[move.start], dots[move.end]
    across, down = end.x - start.x, end.y - start.y
    long = hypot(across, down) or 1.0
    bend_x, bend_y = (start.x + end.x) / 2 - down * 0.18, (start.y + end.y) / 2 + across * 0.18
    from_x, from_y = _towards(start, bend_x, bend_y, start.radius)
    to_x, to_y = _towards(end, bend_x, bend_y, min(end.radius + 8, long / 2))
    middle_x, middle_y = (from_x + 2 * bend_x + to_x) / 4, (from_y + 2 * bend_y + to_y) / 4
    path = f"M{from_x:.0f} {from_y:.0f}Q{bend_x:.0f} {bend_y:.0f} {to_x:.0f} {to_y:.0f}"
    times = len(move.days)
    age = 1 + 4 * (number - 1) // max(in_all, 1)
    tip = _tip(to_x, to_y, end)
    return Arrow(number, path, tip, round(middle_x, 1), round(middle_y, 1), min(4, times.bit_length()), age, said(move))


def _tip(x: float, y: float, dot: Dot) -> str:
    """Return a triangle that begins at a point and looks at the middle of a dot."""
    tip_x, tip_y = _towards(dot, x, y, dot.radius)
    wide_x, wide_y = (tip_y - y) * 0.5, (x - tip_x) * 0.5
    corners = ((x + wide_x, y + wide_y), (tip_x, tip_y), (x - wide_x, y - wide_y))
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in corners) + "z"


def _towards(dot: Dot, x: float, y: float, step: float) -> tuple[float, float]:
    """Return the point that lies one step from the middle of a dot towards another point."""
    long = hypot(x - dot.x, y - dot.y) or 1.0
    return dot.x + (x - dot.x) / long * step, dot.y + (y - dot.y) / long * step


def said(move: Move) -> str:
    """Return a move in words: from where to where, how often, when first."""
    times = f"{len(move.days)} times, first {move.days[0]}" if len(move.days) > 1 else move.days[0]
    return f"{move.start} to {move.end}, {times}"
