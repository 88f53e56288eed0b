"""Lay out the postings of an operation as rows of dots: numbers for an SVG, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

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
    days = sorted({d for _, adverts in rows for a in adverts if (d := _day(a["posted_at"]))})
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]
    lines = tuple(_line(label, adverts, n, first, last) for n, (label, adverts) in enumerate(rows[:MOST_ROWS]))
    height = TOP + ROW_HEIGHT * len(lines) + 24
    return Timeline(lines, _ticks(first, last), height, max(0, len(rows) - MOST_ROWS))


def _line(label: str, adverts: list[Row], number: int, first: date, last: date) -> Line:
    counts: dict[date, int] = {}
    for advert in adverts:
        day = _day(advert["posted_at"])
        if day:
            counts[day] = counts.get(day, 0) + 1
    dots = tuple(
        Dot(_x(day, first, last), min(8.0, 2.6 + 1.1 * count**0.5), f"{day}: {count} advert{'s' if count > 1 else ''}")
        for day, count in sorted(counts.items())
    )
    return Line(label, TOP + ROW_HEIGHT * number + ROW_HEIGHT // 2, dots)


def _x(day: date, first: date, last: date) -> float:
    share = (day - first).days / (last - first).days
    return round(LEFT + 12 + share * (WIDTH - LEFT - 40), 1)


def _ticks(first: date, last: date) -> tuple[tuple[float, str], ...]:
    span = (last - first).days
    count = min(5, span + 1)
    days = [date.fromordinal(first.toordinal() + span * i // (count - 1)) for i in range(count)]
    return tuple((_x(day, first, last), day.isoformat()) for day in days)


def _day(time: str | None) -> date | None:
    return datetime.fromisoformat(time).date() if time else None
