"""Windows of 7 to 15 digits over a run, scored; the best set that does not overlap is what the run says.

Points are integers; a window needs `ENOUGH`. Work is bounded: a window has at most 17 digits, a run at most 64.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from felinar.extract.phone_plans import Reading
from felinar.extract.phone_readings import Hints, read_digits
from felinar.extract.phone_atoms import DIGITS, GUESS, Atom, Run

ENOUGH = 50
CERTAIN = 85


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


def best_windows(text: str, run: Run, hints: Hints) -> list[Window]:
    """Return the windows that together score highest without overlap, in order; equal scores keep the earlier one."""
    last = len(run.atoms) - 1
    if hints.given and (whole := _whole(text, run, hints)) is not None:
        return [whole]
    return _best(_windows(text, run, 0, last, hints), 0, last)


def _whole(text: str, run: Run, hints: Hints) -> Window | None:
    """Return the whole run where it is beyond doubt one number, so that its parts need no look."""
    digits = "".join(a.digits for a in run.atoms)
    if len(digits) > 15:
        return None
    gaps = [_width(text, left, right) for left, right in pairwise(run.atoms)]
    last = len(run.atoms) - 1
    window = _score(text, run, (0, 0, last, last), digits, gaps, hints)
    return window if window is not None and window.score >= CERTAIN and max(gaps, default=0) < 3 else None


def _windows(text: str, run: Run, first: int, last: int, hints: Hints) -> list[Window]:
    windows = []
    gaps = [_width(text, run.atoms[i], run.atoms[i + 1]) for i in range(first, last)]
    for start in range(first, last + 1):
        digits = ""
        for stop in range(start, last + 1):
            digits += run.atoms[stop].digits
            if len(digits) > 18:
                break
            if len(digits) >= 6 and (window := _score(text, run, (first, start, stop, last), digits, gaps, hints)):
                windows.append(window)
    return windows


def _width(text: str, left: Atom, right: Atom) -> int:
    gap = text[left.end : right.start]
    if len(gap) <= 1:
        return 3 if gap == "\n" else len(gap)
    return 3 if "\n" in gap or (gap[0] in ".,:;!?" and gap[-1] == " ") else 2


def _score(
    text: str, run: Run, place: tuple[int, int, int, int], digits: str, gaps: list[int], hints: Hints
) -> Window | None:
    first, start, stop, _ = place
    around = 20 * hints.cue + _edges(run, place, gaps)
    if around + 108 < ENOUGH:
        return None
    around += _shape(run.atoms[start : stop + 1], digits) - 10 * (
        max(gaps[start - first : stop - first], default=0) >= 3
    )
    points, reading, region_from = read_digits(digits, run.atoms[start].plus, hints, ENOUGH - around)
    points += around
    if points < ENOUGH:
        return None
    rests_on = reading.rank if reading else "length"
    return Window(start, stop, digits, points, reading, rests_on, region_from)


def _edges(run: Run, place: tuple[int, int, int, int], gaps: list[int]) -> int:
    """Return points for a window that ends where the run ends, or at gaps wider than its own."""
    first, start, stop, last = place
    inside = max(gaps[start - first : stop - first], default=0)
    before = gaps[start - 1 - first] if start > first else 4
    after = gaps[stop - first] if stop < last else 4
    points = 15 if min(before, after) >= max(3, inside + 1) else 0
    points -= sum(0 if gap >= 3 and gap > inside else 5 if gap > inside else 25 for gap in (before, after))
    points -= 10 * (start == 0 and run.letters[0]) + 10 * (stop == len(run.atoms) - 1 and run.letters[1])
    return points - 12 * (run.atoms[start].kind == GUESS) - 12 * (run.atoms[stop].kind == GUESS)


def _shape(atoms: list[Atom], digits: str) -> int:
    """Return points against what looks like a list of figures, a placeholder or a date."""
    points = 0
    if len(set(digits[-7:])) <= 2:
        points -= 15 if len(set(digits[-7:])) == 2 else 40
    groups = [a.digits for a in atoms if a.kind == DIGITS]
    if 2 <= len(groups) <= 5 and len(groups) == len(atoms) and all(2 <= len(g) <= 5 for g in groups):
        points += 8
    return points - 60 * _figures(groups)


def _figures(groups: list[str]) -> bool:
    """Say whether the groups are a list or a range of figures: 700 800 900, 10 20 30, 35000-75000."""
    if len(groups) < 2 or not all(len(g) >= 2 and g[0] != "0" for g in groups):
        return False
    numbers = [int(g) for g in groups]
    if numbers != sorted(numbers):
        return False
    if len(groups) == 2:
        return all(len(g) >= 4 and g.endswith("00") for g in groups)
    if numbers[0] == numbers[-1]:
        return False
    steps = {b - a for a, b in pairwise(numbers)}
    return len(steps) == 1 or all(n % 10 == 0 for n in numbers)


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
