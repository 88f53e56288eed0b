"""Windows of 7 to 15 digits over a run, scored; the best set that does not overlap is what the run says.

Points are integers; a window needs `ENOUGH`. Work is bounded: a window has at most 17 digits, a run at most 64.
"""

from __future__ import annotations

from dataclasses import dataclass

from felinar.extract.phone_atoms import Run
from felinar.extract.phone_edges import Gaps, edges, gaps_of
from felinar.extract.phone_plans import Reading
from felinar.extract.phone_readings import Budget, Hints, read_digits
from felinar.extract.phone_shape import shape

ENOUGH = 50
CERTAIN, ALIKE = 85, 65
LONGEST = 17


@dataclass(slots=True)
class Window:
    """Atoms first..last (inclusive) read as one number; `rests_on` and `region_from` become evidence."""

    first: int
    last: int
    digits: str
    score: int
    reading: Reading | None
    rests_on: str
    region_from: str


def best_windows(text: str, run: Run, hints: Hints, budget: Budget) -> list[Window]:
    """Return the windows that together score highest without overlap, in order; equal scores keep the earlier one."""
    gaps = gaps_of(text, run.atoms)
    if (one := _whole(run, gaps, hints)) is not None:
        return [one]
    return _best(_windows(run, gaps, hints, budget), 0, len(run.atoms) - 1)


def whole_window(text: str, run: Run, hints: Hints, least: int = 0) -> Window | None:
    """Return the whole run where it is beyond doubt one number, so that its parts need no look.

    With `least` it is enough that the whole run has so many points.
    """
    gaps = gaps_of(text, run.atoms)
    if not least:
        return _whole(run, gaps, hints)
    window = _score(run, (0, len(run.atoms) - 1), "".join([a.digits for a in run.atoms]), gaps, hints)
    return window if window is not None and window.score >= least else None


def _whole(run: Run, gaps: Gaps, hints: Hints) -> Window | None:
    digits = "".join([a.digits for a in run.atoms])
    if not 7 <= len(digits) <= 15:
        return None
    last = len(run.atoms) - 1
    window = _score(run, (0, last), digits, gaps, hints)
    if window is None or window.reading is None or max(gaps.widths, default=0) >= 3:
        return None
    if not window.reading.typical or (window.region_from == "number" and not run.atoms[0].plus):
        return None
    return window if window.score >= (ALIKE if len(set(gaps.texts)) <= 1 else CERTAIN) else None


def _windows(run: Run, gaps: Gaps, hints: Hints, budget: Budget) -> list[Window]:
    windows: list[Window] = []
    last = len(run.atoms) - 1
    for start in range(last + 1):
        if budget.windows <= 0:
            break
        digits = ""
        for stop in range(start, last + 1):
            digits += run.atoms[stop].digits
            if len(digits) > LONGEST:
                break
            if len(digits) < 7:
                continue
            budget.windows -= 1
            if (window := _score(run, (start, stop), digits, gaps, hints)) is not None:
                windows.append(window)
    return windows


def _score(run: Run, place: tuple[int, int], digits: str, gaps: Gaps, hints: Hints) -> Window | None:
    start, stop = place
    first = run.atoms[start]
    if digits[:3] == "000" or (digits[:2] == "00" and first.plus):
        return None
    around = 20 * hints.cue + 15 * hints.odd - hints.ordered * (start == 0) + edges(run, start, stop, gaps)
    if around + 108 < ENOUGH:
        return None
    around += shape(run.atoms[start : stop + 1], digits) - 10 * (max(gaps.widths[start:stop], default=0) >= 3)
    points, reading, region_from = read_digits(digits, first.plus, hints, ENOUGH - around)
    points += around
    if points < ENOUGH:
        return None
    rests_on = reading.rank if reading else "length"
    return Window(start, stop, digits, points, reading, rests_on, region_from)


def _best(windows: list[Window], first: int, last: int) -> list[Window]:
    """Choose among windows by dynamic programming over the atoms."""
    by_end: dict[int, list[Window]] = {}
    for window in windows:
        by_end.setdefault(window.last, []).append(window)
    totals: list[tuple[int, Window | None]] = []
    for i in range(first, last + 1):
        best: tuple[int, Window | None] = (totals[-1][0] if totals else 0, None)
        for window in by_end.get(i, ()):
            before = totals[window.first - first - 1][0] if window.first > first else 0
            value = before + (window.score - 30) * len(window.digits)
            if value > best[0]:
                best = (value, window)
        totals.append(best)
    chosen, at = [], last - first
    while at >= 0:
        taken = totals[at][1]
        if taken is not None:
            chosen.append(taken)
            at = taken.first - first - 1
        else:
            at -= 1
    return chosen[::-1]
