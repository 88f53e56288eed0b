"""Windows of 7 to 15 digits over a run, scored; the best set that does not overlap is what the run says.

Points are integers; a window needs `ENOUGH`. Work is bounded: a window has at most 17 digits, a run at most 64.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from felinar.extract.phone_plans import (
    POSSIBLE,
    Reading,
    plan_of,
    read_abroad,
    read_international,
    read_national,
)
from felinar.extract.phone_reserved import RESERVED
from felinar.extract.phone_runs import DIGITS, GUESS, Atom, Run

ENOUGH = 50
# Regions that are tried when nobody says where the advert stands; the order settles ties.
COMMON = ("US", "GB", "DE", "FR", "ES", "IT", "RO", "AU", "SE", "PL", "NL", "PT", "BR", "IN", "RU", "UA", "TR", "IE")


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


@dataclass(frozen=True, slots=True)
class Hints:
    """Where the number may belong: the region that the source states, and regions read from the text itself."""

    given: str
    inferred: tuple[tuple[str, str], ...]
    cue: bool


def best_windows(text: str, run: Run, hints: Hints) -> list[Window]:
    """Return the windows that together score highest without overlap, in order; equal scores keep the earlier one."""
    last = len(run.atoms) - 1
    return _best(_windows(text, run, 0, last, hints), 0, last)


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
    first, start, stop, last = place
    around = 20 * hints.cue + _edges(run, place, gaps)
    if around + 108 < ENOUGH:
        return None
    around += _shape(run.atoms[start : stop + 1], digits) - 10 * (max(gaps[start - first : stop - first], default=0) >= 3)
    points, reading, region_from = _read(digits, run.atoms[start].plus, hints, ENOUGH - around)
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
    if len(groups) >= 3 and all(len(g) >= 2 and g[0] != "0" for g in groups):
        figures = [int(g) for g in groups]
        step = {b - a for a, b in zip(figures, figures[1:], strict=False)}
        if figures == sorted(figures) and (len(step) == 1 or all(f % 10 == 0 for f in figures)) and step != {0}:
            points -= 60
    return points


def _read(digits: str, plus: bool, hints: Hints, need: int) -> tuple[int, Reading | None, str]:
    """Return the points of the best reading of these digits, the reading, and where its region comes from.

    `need` is what the window lacks; readings that could not bring so much are not tried.
    """
    if plus:
        found = read_international(digits) or (read_abroad(digits, hints.given) if digits[0] == "0" else None)
        if found is not None:
            return (70 if found.rank == POSSIBLE else 100), found, "number"
    elif (digits[0] in "01") and (found := read_abroad(digits, hints.given)) is not None:
        if points := _abroad_points(found, hints.given):
            return points, found, "number"
    if not hints.given:
        return _read_unknown(digits, hints) if need <= 80 else (0, None, "")
    given = _read_given(digits, hints.given)
    if given is not None and (given[0] >= 50 or need > 60):
        return given
    points, reading, source = _read_unknown(digits, hints) if need <= 60 else (0, None, "")
    return (points - 20, reading, source) if given is None or points - 20 > given[0] else given


def _abroad_points(found: Reading, given: str) -> int:
    if found.rank != POSSIBLE:
        return 90
    plan = plan_of(given) if given else None
    return 65 if plan is not None and plan.country_code == found.country_code else 0 if given else 45


def _read_given(digits: str, region: str) -> tuple[int, Reading | None, str] | None:
    found = read_national(digits, region)
    if found is not None and found.rank != POSSIBLE:
        return (85 if found.trunk else 60), found, "given"
    plan = plan_of(region)
    if plan is not None and digits.startswith(plan.country_code) and len(digits) >= 10:
        abroad = read_international(digits)
        if abroad is not None and abroad.rank != POSSIBLE:
            return 75, abroad, "given"
    if found is None or len(digits) < 8:
        return None
    return (36 if found.trunk and found.region != "US" else 20), found, "given"


def _read_unknown(digits: str, hints: Hints) -> tuple[int, Reading | None, str]:
    for region, source in hints.inferred:
        found = read_national(digits, region)
        if found is not None and found.rank != POSSIBLE:
            return (80 if found.trunk else 55), found, source
    if len(digits) >= 10 and digits[0] != "0":
        found = read_international(digits)
        if found is not None and found.rank != POSSIBLE and found.country_code != "1":
            return 45, found, "number"
    return _plausible(digits), None, "none"


@lru_cache(maxsize=1)
def _somewhere() -> re.Pattern[str]:
    """One pattern for what is valid in a common region: with its trunk zero, or bare where none is written."""
    plans = [plan for region in COMMON if (plan := plan_of(region))]
    with_zero = "|".join(p.valid.pattern for p in plans if p.writes_trunk)
    bare = "|".join(p.valid.pattern for p in plans if not p.writes_trunk)
    reserved = "|".join(RESERVED[r] for r in COMMON if r in RESERVED and r != "US")
    return re.compile(f"0(?:{with_zero}|{reserved})|1?(?:{RESERVED['US']})|(?:{bare})")


def _plausible(digits: str) -> int:
    """Return points for national digits that are valid somewhere common, fewer for a mere possible length."""
    if not 8 <= len(digits) <= 13:
        return 0
    if 9 <= len(digits) <= 12 and _somewhere().fullmatch(digits):
        return 60 if digits[0] == "0" else 50 if len(digits) <= 11 else 0
    return 35 if digits[0] == "0" and 9 <= len(digits) <= 12 else 0


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
        window = totals[at][1]
        if window is not None:
            chosen.append(window)
            at = window.first - first - 1
        else:
            at -= 1
    return chosen[::-1]
