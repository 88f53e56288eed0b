"""Lay out the postings of an operation as rows of dots: numbers for an SVG, no drawing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from felinar.store.published import Row

WIDTH, LEFT, ROW_HEIGHT, TOP = 720, 190, 22, 8
MOST_ROWS = 8


@dataclass(frozen=True)
class Dot:
    """Postings of one day in one row."""

    x: float
    radius: float
    title: str


@dataclass(frozen=True)
class Line:
    """One row: a contact or a text."""

    label: str
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Timeline:
    """Everything that the drawing needs; `ticks` are (x, label)."""

    rows: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    hidden: int


def timeline(rows: list[tuple[str, list[Row]]]) -> Timeline | None:
    """Return the layout of these rows (label, adverts); None where fewer than two days are known."""
    counted = [(label, _by_day(adverts)) for label, adverts in rows]
    days = sorted({day for _, counts in counted for day in counts})
    if len(days) < 2:
        return None
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    lines = tuple(_line(label, counts, n, first, last) for n, (label, counts) in enumerate(counted[:MOST_ROWS]))
    height = TOP + ROW_HEIGHT * len(lines) + 24
    return Timeline(lines, _ticks(first, last), height, max(0, len(rows) - MOST_ROWS))


def _by_day(adverts: list[Row]) -> Counter[str]:
    return Counter([advert["posted_at"][:10] for advert in adverts if advert["posted_at"]])


def _line(label: str, counts: Counter[str], place: int, first: date, last: date) -> Line:
    dots = tuple(
        Dot(
            _x(date.fromisoformat(day), first, last),
            min(8.0, 2.6 + 1.1 * number**0.5),
            f"{day}: {number} advert{'s' if number > 1 else ''}",
        )
        for day, number in sorted(counts.items())
    )
    return Line(label, TOP + ROW_HEIGHT * place + ROW_HEIGHT // 2, dots)


def _x(day: date, first: date, last: date) -> float:
    share = (day - first).days / (last - first).days
    return round(LEFT + 12 + share * (WIDTH - LEFT - 40), 1)


def _ticks(first: date, last: date) -> tuple[tuple[float, str], ...]:
    span = (last - first).days
    count = min(5, span + 1)
    days = [date.fromordinal(first.toordinal() + span * i // (count - 1)) for i in range(count)]
    return tuple((_x(day, first, last), day.isoformat()) for day in days)
