"""Windows of 7 to 15 digits over a run, scored; the best set that does not overlap is what the run says.

Points are integers; a window needs `ENOUGH`. Work is bounded: a window has at most 17 digits, a run at most 64.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from felinar.extract.phone_plans import Reading
from felinar.extract.phone_words import ORDINARY
from felinar.extract.phone_readings import Hints, read_digits
from felinar.extract.phone_atoms import DIGITS, GUESS, Atom, Run

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


@dataclass(slots=True)
class _Gaps:
    """What stands between the atoms of a run: texts, and widths 0 to 2, 3 for a new line or sentence."""

    texts: list[str]
    widths: list[int]


def best_windows(text: str, run: Run, hints: Hints) -> list[Window]:
    """Return the windows that together score highest without overlap, in order; equal scores keep the earlier one."""
    gaps = _gaps(text, run.atoms)
    if (one := _whole(run, gaps, hints)) is not None:
        return [one]
    return _best(_windows(run, gaps, hints), 0, len(run.atoms) - 1)


def whole_window(text: str, run: Run, hints: Hints) -> Window | None:
    """Return the whole run where it is beyond doubt one number, so that its parts need no look."""
    return _whole(run, _gaps(text, run.atoms), hints)


def _gaps(text: str, atoms: list[Atom]) -> _Gaps:
    texts = [text[left.end : right.start] for left, right in pairwise(atoms)]
    return _Gaps(texts, [_width(gap) for gap in texts])


def _width(gap: str) -> int:
    if len(gap) <= 1:
        return 3 if gap == "\n" else len(gap)
    return 3 if "\n" in gap or (gap[0] in ".,:;!?" and gap[-1] == " ") else 2


def _whole(run: Run, gaps: _Gaps, hints: Hints) -> Window | None:
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


def _windows(run: Run, gaps: _Gaps, hints: Hints) -> list[Window]:
    windows = []
    last = len(run.atoms) - 1
    for start in range(last + 1):
        digits = ""
        for stop in range(start, last + 1):
            digits += run.atoms[stop].digits
            if len(digits) > LONGEST:
                break
            if len(digits) >= 7 and (window := _score(run, (start, stop), digits, gaps, hints)):
                windows.append(window)
    return windows


def _score(run: Run, place: tuple[int, int], digits: str, gaps: _Gaps, hints: Hints) -> Window | None:
    start, stop = place
    first = run.atoms[start]
    if digits[:3] == "000" or (digits[:2] == "00" and first.plus):
        return None
    around = 20 * hints.cue + 15 * hints.odd - 60 * (hints.ordered and start == 0) + _edges(run, start, stop, gaps)
    if around + 108 < ENOUGH:
        return None
    around += _shape(run.atoms[start : stop + 1], digits) - 10 * (max(gaps.widths[start:stop], default=0) >= 3)
    points, reading, region_from = read_digits(digits, first.plus, hints, ENOUGH - around)
    points += around
    if points < ENOUGH:
        return None
    rests_on = reading.rank if reading else "length"
    return Window(start, stop, digits, points, reading, rests_on, region_from)


def _edges(run: Run, start: int, stop: int, gaps: _Gaps) -> int:
    """Return points for a window that ends where the run ends, or where the separator changes."""
    last = _last(run)
    widest = max(gaps.widths[start:stop], default=0)
    inside = gaps.texts[start:stop]
    points = 15 if (start == 0 and stop == last) else 0
    for at, beyond in ((start - 1, start == 0), (stop, stop == last)):
        if beyond:
            continue
        if at >= last:  # the ordinary word itself
            points += 3 if start == 0 else -12
            continue
        width = gaps.widths[at]
        if width >= 3 and width > widest:
            points += 7 if points == 0 else 0
        elif (
            width > widest
            or (width >= max(widest, 1) and inside and gaps.texts[at] not in inside)
            or _stops(run.atoms, start, stop, at)
        ):
            points -= 3
        else:
            points -= 8 if run.atoms[at + (at >= stop)].kind == GUESS else 40
    points -= 10 * (start == 0 and run.letters[0]) + 10 * (stop == last and run.letters[1])
    return points - 12 * (run.atoms[start].kind == GUESS) - 12 * (run.atoms[stop].kind == GUESS)


def _last(run: Run) -> int:
    """Return the last atom that surely belongs to the run: an ordinary word at its end may belong to the sentence."""
    atom = run.atoms[-1]
    spoken = atom.kind == GUESS and atom.word is not None and atom.word.kind == ORDINARY
    return len(run.atoms) - 1 - (spoken and len(atom.digits) == 1 and len(run.atoms) > 2)


def _stops(atoms: list[Atom], start: int, stop: int, at: int) -> bool:
    """Say whether a number that is written digit by digit meets a longer group: `0 7 7 1 30`."""
    beyond = atoms[at if at < start else at + 1]
    return len(beyond.digits) > 1 and beyond.kind == DIGITS and all(len(a.digits) == 1 for a in atoms[start : stop + 1])


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
