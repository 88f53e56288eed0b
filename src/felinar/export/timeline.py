"""Lay out the postings of an operation as rows of dots: numbers for an SVG, no drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, LEFT, ROW_HEIGHT, TOP = 720, 190, 22, 8
MOST_ROWS, MOST_DOTS = 8, 120  # more dots in a row than these would lie upon each other


@dataclass(frozen=True)
class Dot:
    """Postings of one day, or of a few days, in one row."""

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
    """Everything that the drawing needs; `ticks` are (x, label), `days` how many days a dot stands for."""

    rows: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    hidden: int
    first: str
    last: str
    days: int


def timeline(rows: Sequence[tuple[str, Mapping[str, int]]]) -> Timeline | None:
    """Return the layout of these rows (label, adverts by day); None where fewer than two days are known."""
    days = {day for _, counts in rows for day in counts}
    if len(days) < 2:
        return None
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    step = -(-((last - first).days + 1) // MOST_DOTS)
    lines = tuple(_line(label, counts, n, (first, last), step) for n, (label, counts) in enumerate(rows[:MOST_ROWS]))
    height = TOP + ROW_HEIGHT * len(lines) + 24
    hidden = max(0, len(rows) - MOST_ROWS)
    return Timeline(lines, _ticks(first, last), height, hidden, first.isoformat(), last.isoformat(), step)


def by_day(times: Iterable[str | None]) -> Counter[str]:
    """Return how many of these times, as they are published, lie on each day."""
    return Counter([time[:10] for time in times if time])


def _line(label: str, counts: Mapping[str, int], place: int, ends: tuple[date, date], step: int) -> Line:
    """Return a row; the days that share a dot are counted together, and the dot stands at the first of them."""
    together: dict[int, int] = {}
    for day in sorted(counts):
        at = (date.fromisoformat(day) - ends[0]).days // step * step
        together[at] = together.get(at, 0) + counts[day]
    dots = tuple(_dot(ends[0] + timedelta(at), number, ends, step) for at, number in together.items())
    return Line(label, TOP + ROW_HEIGHT * place + ROW_HEIGHT // 2, dots)


def _dot(day: date, number: int, ends: tuple[date, date], step: int) -> Dot:
    until = min(day + timedelta(step - 1), ends[1])
    when = f"{day} to {until}" if until > day else f"{day}"
    title = f"{when}: {number} advert{'s' if number > 1 else ''}"
    return Dot(_x(day, *ends), round(min(8.0, 2.6 + 1.1 * number**0.5), 1), title)


def x_of(day: str, first: str, last: str) -> float:
    """Return where a day lies on the timeline that runs from the first to the last of these days."""
    return _x(*map(date.fromisoformat, (day, first, last)))


def _x(day: date, first: date, last: date) -> float:
    share = (day - first).days / (last - first).days
    return round(LEFT + 12 + share * (WIDTH - LEFT - 40), 1)


def _ticks(first: date, last: date) -> tuple[tuple[float, str], ...]:
    span = (last - first).days
    count = min(5, span + 1)
    days = [date.fromordinal(first.toordinal() + span * i // (count - 1)) for i in range(count)]
    return tuple((_x(day, first, last), day.isoformat()) for day in days)
