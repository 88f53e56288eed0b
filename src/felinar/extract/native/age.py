"""Stated ages, natively: the twin of `extract/age.py`, with its own patterns, asked for many numbers at once.

Each number is a row of arrays; what the plain reader decides one after the other for a number is decided here for all
rows that the questions before left open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.evidence import evidence
from felinar.extract.native.age_questions import (
    AGE,
    APPLICANTS,
    CHILD,
    CLOSED,
    DEMAND,
    FIRM,
    JOINED,
    LASTED,
    LASTS,
    MONTH,
    NAME,
    OF,
    OLD,
    ONE_PERSON,
    PERSON,
    PLUS,
    RANGE,
    SAYS,
    SAYS_ALONE,
    SOUGHT,
    SPENT,
    TAIL,
    THING,
    YEARS,
    AgesAsked,
)  # fmt: skip
from felinar.extract.native.asked import Flags, Ints
from felinar.extract.native.machine import NONE, Matches
from felinar.extract.native.page import Page
from felinar.extract.native.readings import About, Readings, empties
from felinar.extract.native.signs import Signs
from felinar.kernels.compile import kernel

_NOBODY, _PERSON, _DEMAND, _CHILD = range(4)
_ROLES = ("", "person", "demand", "child")
_ZERO, _A_J = ord("0"), ord("J")


class Rows(NamedTuple):
    """Numbers of two figures; places are folded characters of the page. The 45 characters before begin at `reach`."""

    text: Ints
    lo: Ints
    hi: Ints
    start: Ints
    end: Ints
    reach: Ints
    years: Ints
    second: Ints
    second_end: Ints
    tail: Ints
    plus: Flags
    old: Flags
    is_days: Flags

    def take(self, rows: Ints | Flags) -> Rows:
        """Return some of the rows."""
        columns: list[Any] = [column[rows] for column in self]
        return Rows(*columns)

    @property
    def after(self) -> Ints:
        """Where the statement ends."""
        return np.where(self.tail != NONE, self.tail, np.where(self.second != NONE, self.second_end, self.end))


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the ages in these texts; none is declined."""
    asked = AgesAsked(page, plain)
    rows = _rows(asked, texts)
    role, sure = np.zeros(len(rows.start), dtype=np.int64), np.zeros(len(rows.start), dtype=np.int32)
    thinking = np.flatnonzero((rows.tail != NONE) | asked.has_cue(rows.reach, rows.start))
    role[thinking], sure[thinking] = _roles(asked, rows.take(thinking))
    bare = np.flatnonzero((role == _NOBODY) & (rows.tail == NONE) & (rows.second == NONE))
    role[bare], sure[bare] = _bare(asked, rows.take(bare))
    stop = np.where((rows.tail == NONE) | (rows.second != NONE), np.maximum(rows.end, rows.second_end), rows.tail)
    keep = np.zeros(len(role), dtype=np.bool_)
    asked.form(in_order)(rows.start, role, stop, keep)
    return _readings(page, rows.take(keep), stop[keep], role[keep], sure[keep]), np.zeros(0, dtype=np.int32)


def _rows(asked: AgesAsked, texts: NDArray[np.int32]) -> Rows:
    """Return the numbers that may be ages, with what follows them."""
    page = asked.page
    text, start = asked.places(texts)
    lo, hi, end = page.at[text], page.at[text + 1], start + 2
    years = (page.folded[start].astype(np.int64) - _ZERO) * 10 + page.folded[start + 1] - _ZERO
    second = asked.match(RANGE, lo, hi, end)
    tail = asked.match(TAIL, lo, hi, np.where(second.end != NONE, second.end, end))
    plus = tail.groups[:, PLUS + 1] > tail.groups[:, PLUS]
    old = tail.groups[:, OLD] != NONE
    reach = np.maximum(lo, start - asked.reach)
    is_days = asked.is_small_j(text, tail.groups[:, YEARS], tail.groups[:, YEARS + 1])
    return Rows(
        text, lo, hi, start, end, reach, years, second.groups[:, 0], second.end, tail.end, plus, old, is_days
    )  # fmt: skip


class _Open:
    """The rows that are not decided yet, while one question after the other decides some of them."""

    def __init__(self, rows: int) -> None:
        self.role, self.sure = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int32)
        self.rows = np.arange(rows)

    def decide(self, which: Flags, role: Ints | int = _NOBODY, sure: int = 0) -> None:
        """Give these of the open rows a role; `role` is for all rows or one for every row of the beginning."""
        chosen = self.rows[which]
        self.role[chosen] = role if isinstance(role, int) else role[chosen]
        self.sure[chosen] = np.where(self.role[chosen] == _NOBODY, 0, sure)
        self.rows = self.rows[~which]


def _roles(asked: AgesAsked, every: Rows) -> tuple[Ints, NDArray[np.int32]]:
    """Return whose age each number is and how sure that is."""
    left = _Open(len(every.start))
    aged, said = asked.before(AGE, every), asked.match(SAYS, every.reach, every.start)
    says = said.end != NONE
    left.decide((every.tail == NONE) & ~aged & ~(says & (every.second == NONE)))
    some = left.rows
    rows = every.take(some)
    role = np.zeros(len(says), dtype=np.int64)
    child, wanted = np.zeros(len(says), dtype=np.bool_), np.zeros(len(says), dtype=np.bool_)
    child[some] = asked.before(CHILD, rows)
    wanted[some] = (rows.second != NONE) | rows.plus | asked.is_any(rows.after, rows.hi, [ord("+")])
    wanted[some] |= asked.before(DEMAND, rows) | asked.before(APPLICANTS, rows)
    role[some] = np.where(child[some], _CHILD, np.where(wanted[some], _DEMAND, _PERSON))
    left.decide(aged[some], role, 90)
    left.decide(asked.before(FIRM, every.take(left.rows)))
    rows = every.take(left.rows)
    thing = np.zeros(len(role), dtype=np.bool_)
    thing[left.rows] = asked.there(THING, rows.lo, rows.hi, rows.after)
    left.decide(rows.old, np.where(thing, _NOBODY, role), 90)
    rows = every.take(left.rows)
    alone = says[left.rows] & (rows.second == NONE) & (rows.tail == NONE)
    groups = said.groups[left.rows]
    fits = asked.has(SAYS_ALONE, groups[:, 0], groups[:, 1]) & asked.ends(rows)
    left.decide(alone, _put(len(role), left.rows, np.where(fits, _PERSON, _NOBODY)), 75)
    rows = every.take(left.rows)
    left.decide((rows.tail == NONE) | rows.is_days | asked.there(LASTED, rows.lo, rows.hi, rows.after))
    rows = every.take(left.rows)
    left.decide(_is_person(asked, rows) & ~thing[left.rows], role, 75)
    rows = every.take(left.rows)
    left.decide(~asked.ends(rows) & asked.there(SPENT, rows.after, asked.clause_after(rows)))
    rows = every.take(left.rows)
    left.decide(says[left.rows] & (rows.second == NONE), _PERSON, 85)
    rows = every.take(left.rows)
    left.decide(child[left.rows] | _is_age(asked, rows, wanted[left.rows]), role, 75)
    return left.role, left.sure


def _put(size: int, rows: Ints, values: Ints) -> Ints:
    """Return these values in their rows."""
    every = np.zeros(size, dtype=np.int64)
    every[rows] = values
    return every


def _is_person(asked: AgesAsked, rows: Rows) -> Flags:
    """Return whether a person stands right before: a word for one, or a listed first name."""
    start, end = asked.last_words(rows.reach, rows.start, rows.start)
    named = asked.has(NAME, start, end) & asked.only_joints(end, rows.start)
    return asked.before(PERSON, rows) | named


def _is_age(asked: AgesAsked, rows: Rows, wanted: Flags) -> Flags:
    """Return whether a number with a bare word for years is an age: as a demand, or standing by itself."""
    spent = asked.there(SPENT, asked.clause_before(rows), rows.start)
    alone = asked.stands_alone(rows) & asked.ends(rows)
    return ~spent & np.where(wanted, _is_demand(asked, rows), alone)


def _is_demand(asked: AgesAsked, rows: Rows) -> Flags:
    """Return whether applicants must have this age: 14 to 25 as one bound; `for 15-20 years` lasts."""
    page = asked.page
    demand: Matches = asked.match(DEMAND, rows.reach, rows.start)
    there, is_range = demand.end != NONE, rows.second != NONE
    begin = np.where(is_range, rows.second, 0)
    upper = (page.folded[begin].astype(np.int64) - _ZERO) * 10 + page.folded[begin + 1] - _ZERO
    sought = there | asked.before(APPLICANTS, rows) | asked.before(SOUGHT, rows)
    as_range = (rows.years < upper) & (sought | ~asked.before(LASTS, rows))
    lasts = asked.there(LASTS, rows.reach, np.where(there, demand.start, rows.reach))
    found: Flags = (rows.years >= 14) & np.where(is_range, as_range, (rows.years <= 25) & ~(there & lasts))
    return found


def _bare(asked: AgesAsked, rows: Rows) -> tuple[Ints, NDArray[np.int32]]:
    """Return whose age a number is that stands by itself: `18+`, `Anna, 24, …`, `I (24)`, `girl of 23`."""
    left = _Open(len(rows.start))
    grown = np.isin(rows.years, (18, 21)) & asked.is_any(rows.end, rows.hi, [ord("+")])
    left.decide(grown, np.where(asked.is_alnum(rows.end + 1, rows.hi), _NOBODY, _DEMAND), 75)
    some = rows.take(left.rows)
    left.decide(~asked.there(CLOSED, some.lo, some.hi, some.end))
    some = rows.take(left.rows)
    joint = asked.match(JOINED, some.reach, some.start)
    start, end = asked.last_words(some.reach, np.where(joint.end != NONE, joint.start, some.reach), joint.start)
    touches = (joint.end != NONE) & (start >= 0) & (end == joint.start)
    person = touches & asked.has(ONE_PERSON, start, end) & (some.years >= 13) & (some.years <= 70)
    named = touches & asked.has(NAME, start, end) & ~asked.has(MONTH, start, end) & (joint.groups[:, OF] == NONE)
    left.decide(person | (named & (some.years >= 18) & (some.years <= 65)), _PERSON, 60)
    return left.role, left.sure


@lru_cache(maxsize=1)
def _strings() -> tuple[pa.Array, pa.Array]:
    """Return the values of all ages, and the evidence of all roles."""
    reasons = [evidence(("role", name)) for name in _ROLES]
    return pa.array(list(map(str, range(100))), pa.string()), pa.array(reasons, pa.string())


def _readings(page: Page, rows: Rows, stop: Ints, role: Ints, sure: NDArray[np.int32]) -> Readings:
    """Return the ages; a range gives both its ends."""
    pair = np.where(rows.second != NONE, 2, 1)
    row = np.repeat(np.arange(len(pair)), pair)
    later = np.zeros(len(row), dtype=np.bool_)
    later[1:] = row[1:] == row[:-1]
    start = np.where(later, rows.second[row], rows.start[row])
    end = np.where(later, rows.second_end[row], np.where(pair[row] == 2, rows.end[row], stop[row]))
    value = (page.folded[start].astype(np.int64) - _ZERO) * 10 + page.folded[start + 1] - _ZERO
    every, reasons = _strings()
    values, because = every.take(pa.array(value)), reasons.take(pa.array(role[row]))
    numbers = (rows.text[row].astype(np.int32), page.place[start], page.place[end - 1] + np.int32(1), sure[row])
    nothing = empties(len(row))
    return Readings(*numbers, np.zeros(len(row), dtype=np.bool_), values, values, nothing, because)


@kernel
def in_order(start: Any, role: Any, stop: Any, keep: Any) -> None:
    """Mark the numbers that hold: those with a role that begin in no earlier statement."""
    done = np.int64(0)
    for i in range(len(start)):
        if role[i] != _NOBODY and start[i] >= done:
            keep[i] = True
            done = stop[i]
