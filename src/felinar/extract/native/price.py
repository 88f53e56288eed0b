"""Prices and pay, natively: the twin of `extract/price.py`, with its own patterns, asked for many numbers at once.

Each number that may be a price is a row of arrays, and each question (what joins it, which currency, which unit) goes
to all rows together. What depends on the price before is decided number by number, in `price_order.py`.
"""

from __future__ import annotations

import threading
import weakref
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract import price
from felinar.extract.native.characters import ALNUM, ALPHA, DIGIT
from felinar.extract.native.machine import NONE, Matches
from felinar.extract.native.marks import FIGURES, marks_of
from felinar.extract.native.page import Page
from felinar.extract.native.price_gates import mark_units, unit_beginnings
from felinar.extract.native.price_numbers import EURO, mark_going_on, write_numbers
from felinar.extract.native.price_order import Room, currencies_before, in_order, mark_times
from felinar.extract.native.price_questions import (
    AND,
    BARE,
    BETWEEN,
    HOUR,
    LOOSE,
    MILLIONS,
    RANGE,
    SUFFIX,
    THOUSAND,
    UNIT,
    UNIT_BEFORE,
    WEIGHT,
    PricesAsked,
)  # fmt: skip
from felinar.extract.native.price_tables import CODES, EUR, GBP, ROSE, UNITS, tables
from felinar.extract.native.price_value import values_of
from felinar.extract.native.readings import FIELDS, About, Readings, empties
from felinar.extract.native.signs import Signs
from felinar.extract.price import CROWN, CROWNS

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_AFTER_JOINT = [ord(c) for c in "€$£₹"]  # what may stand before the second number of a range
_E, _U = ord("e"), ord("u")
_WITH_SIGN = 4  # characters of `1€50`
GOD, HRYVNIA = UNITS.index(price.GOD), CODES.index(price.HRYVNIA)
GODS = UNITS.index(price.GODS[True]), UNITS.index(price.GODS[False])


class Rows(NamedTuple):
    """Numbers that may be prices; places are folded characters of the page, `prefix` is a word of money or -1."""

    text: Ints
    lo: Ints
    hi: Ints
    start: Ints
    end: Ints
    begin: Ints
    prefix: Ints
    lone: Flags

    def take(self, rows: Ints | Flags) -> Rows:
        """Return some of the rows."""
        columns: list[Any] = [column[rows] for column in self]
        return Rows(*columns)

    def without_prefix(self) -> Rows:
        """Return the rows as if they had no currency before them."""
        return self._replace(begin=self.start, prefix=np.full(len(self.start), -1, dtype=np.int64))


class Said(NamedTuple):
    """What stands around each row: numbers of currency and unit (-1 for none), and the second number of a range."""

    currency: Ints
    unit: Ints
    unit_end: Ints
    second: Ints
    second_end: Ints
    thousands: Flags
    is_price: Flags


class _Last(threading.local):
    """What this thread has read last: the folded page, the texts by their numbers, their prices."""

    codes: Any = None
    fields: Any = None
    asked: Any = None
    readings: Readings | None = None


_last = _Last()


def read(
    page: Page, texts: NDArray[np.int32], about: About, signs: Signs, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the prices in these texts; none is declined."""
    asked = np.zeros(len(page.first), dtype=np.bool_)
    asked[texts] = True
    readings = _read(page, texts, about, plain)
    _last.codes, _last.fields, _last.asked = weakref.ref(page.folded), weakref.ref(about.field), asked
    _last.readings = readings
    return readings, np.zeros(0, dtype=np.int32)


def read_again(page: Page, texts: NDArray[np.int32], about: About, signs: Signs) -> Readings:
    """Return the prices in these texts, those that were read last where they are among them."""
    known, same = _last.readings, _last.codes is not None
    same = same and _last.codes() is page.folded and _last.fields() is about.field
    if known is None or not same or not _last.asked[texts].all():
        return read(page, texts, about, signs)[0]
    asked = np.zeros(len(page.first), dtype=np.bool_)
    asked[texts] = True
    rows = np.flatnonzero(asked[known.text])
    held = pa.array(rows)
    every: list[Any] = [*(c[rows] for c in known.numbers()), *(c.take(held) for c in known.strings())]
    return Readings(*every)


def _read(page: Page, texts: NDArray[np.int32], about: About, plain: bool) -> Readings:
    """Return the prices in these texts."""
    asked = PricesAsked(page, plain)
    numbers = _numbers(asked, texts, about.field == FIELDS.index("price_text"))
    rows, said = numbers, _said(asked, numbers)
    other, wanted = np.full(len(numbers.start), -1, dtype=np.int64), np.zeros(len(numbers.start), dtype=np.bool_)
    room = Room.of(2 * len(numbers.start))
    run = in_order.plain if plain else in_order
    while True:
        n = run(page.folded, page.kinds, len(other), *rows, *said, other, wanted, room)
        new = np.flatnonzero(wanted)
        if not len(new):
            return _readings(asked, rows, said, room, n, about)
        # A currency that the price before has used up does not count: such a number is read without it, too; all that
        # have one where a second look is not enough, for in `1€ 1€ 1€` each number that is read so wants the next one.
        if len(rows.start) > len(other):
            new = np.flatnonzero((other < 0) & (numbers.prefix >= 0))
        other[new], wanted[new] = len(rows.start) + np.arange(len(new)), False
        free = numbers.take(new).without_prefix()
        rows = Rows(*(np.concatenate(pair) for pair in zip(rows, free, strict=True)))
        said = Said(*(np.concatenate(pair) for pair in zip(said, _said(asked, free), strict=True)))


def _numbers(asked: PricesAsked, texts: NDArray[np.int32], lone_text: Flags) -> Rows:
    """Return the numbers in the texts that what touches them lets be prices."""
    page = asked.page
    text, place = marks_of(page, plain=asked.plain).of(FIGURES, texts, page)
    rows = np.empty((3, len(text)), dtype=np.int64)
    text, start, end = rows[:, : asked.form(write_numbers)(page.folded, page.kinds, page.at, text, place, rows)]
    lo, hi = page.at[text], page.at[text + 1]
    begin, prefix = start.copy(), np.full(len(start), -1, dtype=np.int64)
    found = tables()
    asked.form(currencies_before)(page.folded, page.kinds, lo, found.money, found.sizes, found.pairs, begin, prefix)
    may_be = lone_text[text] | (prefix >= 0) | _with_sign(asked, start, end)
    asked.form(mark_going_on)(page.folded, page.kinds, end, hi, found.follows, found.role, found.begins, may_be)
    return Rows(text, lo, hi, start, end, begin, prefix, lone_text[text]).take(may_be)


def _said(asked: PricesAsked, rows: Rows) -> Said:
    """Return what stands around each number."""
    second, second_end = _seconds(asked, rows)
    is_range = second >= 0
    first, last = np.where(is_range, second, rows.start), np.where(is_range, second_end, rows.end)
    said = _money_and_time(asked, rows, first, last)
    lonely = (second >= 0) & (said.currency < 0) & ~rows.lone
    if lonely.any():  # no range: the first number alone
        again = _money_and_time(asked, rows.take(lonely), rows.start[lonely], rows.end[lonely])
        for column, new in zip(said, again, strict=True):
            column[lonely] = new
        second[lonely] = NONE
    is_price = (said.currency >= 0) | (said.unit >= 0) | rows.lone
    is_price[is_price] = ~asked.there(MILLIONS, rows.lo[is_price], rows.hi[is_price], said.after[is_price])
    pounds = np.flatnonzero(is_price & (said.currency == GBP))
    start, lo = rows.start[pounds], rows.lo[pounds]
    is_price[pounds] = ~asked.there(WEIGHT, np.maximum(lo, start - 30), start)
    return Said(said.currency, said.unit, said.unit_end, second, second_end, said.thousands, is_price)


def _seconds(asked: PricesAsked, rows: Rows) -> tuple[Ints, Ints]:
    """Return where the second number of a range begins and ends, NONE where there is none."""
    joint = asked.match(RANGE, rows.lo, rows.hi, rows.end).end
    rest = np.flatnonzero(joint == NONE)
    added = asked.match(AND, rows.lo[rest], rows.hi[rest], rows.end[rest]).end
    rest, added = rest[added != NONE], added[added != NONE]
    between = asked.there(BETWEEN, np.maximum(rows.lo[rest], rows.start[rest] - 12), rows.start[rest])
    joint[rest[between]] = added[between]
    second = np.full(len(joint), NONE, dtype=np.int64)
    end = second.copy()
    held = np.flatnonzero(joint != NONE)
    skip = joint[held]
    skip += asked.is_any(skip, rows.hi[held], _AFTER_JOINT)
    end[held] = asked.match(LOOSE, rows.lo[held], rows.hi[held], skip).end
    second[held] = np.where(end[held] == NONE, NONE, skip)
    return second, end


class _Around(NamedTuple):
    currency: Ints
    after: Ints
    thousands: Flags
    unit: Ints
    unit_end: Ints


def _money_and_time(asked: PricesAsked, rows: Rows, first: Ints, last: Ints) -> _Around:
    currency, after, thousands = _currencies(asked, rows, last)
    inside = _with_sign(asked, first, last)
    currency[inside], after[inside], thousands[inside] = EUR, last[inside], False
    unit, unit_end = np.full(len(last), -1, dtype=np.int64), after.copy()
    left, may_be = np.arange(len(last)), np.zeros(len(last), dtype=np.bool_)
    page = asked.page
    asked.form(mark_units)(page.folded, page.kinds, after, rows.hi, unit_beginnings(), may_be)
    for pattern, some in (
        (UNIT, left[may_be & (currency >= 0)]),
        (BARE, left[currency < 0]),
        (HOUR, left[currency < 0]),
    ):
        asking = some[unit[some] < 0]
        found = asked.match(pattern, rows.lo[asking], rows.hi[asking], after[asking])
        there = found.end != NONE
        unit[asking[there]] = asked.units(found.groups[there, 0], found.groups[there, 1])
        unit_end[asking[there]] = found.end[there]
    return _Around(currency, after, thousands, unit, unit_end)


def _currencies(asked: PricesAsked, rows: Rows, last: Ints) -> tuple[Ints, Ints, Flags]:
    """Return the currency of each number, the place after it, and whether the number counts thousands."""
    found = tables()
    suffix = asked.match(SUFFIX, rows.lo, rows.hi, last)
    held = (suffix.end != NONE) & ~_of_the_next(asked, rows, last, suffix)
    word = np.zeros(len(last), dtype=np.int64)
    word[held] = asked.money(suffix.groups[held, 2], suffix.groups[held, 3])
    held &= ~((rows.prefix >= 0) & found.letters[word] & (found.length[word] < 3))
    currency = np.where(held, found.currency[word], np.where(rows.prefix >= 0, found.currency[rows.prefix], -1))
    after, thousands = np.where(held, suffix.end, last), held & (suffix.groups[:, 0] != NONE)
    rest = np.flatnonzero(~held)
    short = (rows.prefix[rest] < 0) & asked.is_any(last[rest], rows.hi[rest], [_E])
    short &= asked.is_any(last[rest] + 1, rows.hi[rest], [_U]) & ~asked.is_kind(last[rest] + 2, rows.hi[rest], ALPHA)
    currency[rest[short]], after[rest[short]] = EUR, last[rest[short]] + 2
    rest = rest[~short]
    thousand = asked.match(THOUSAND, rows.lo[rest], rows.hi[rest], last[rest]).end
    thousands[rest] = thousand != NONE
    after[rest] = np.where(thousand != NONE, thousand, last[rest])
    return currency, after, thousands


def _with_sign(asked: PricesAsked, start: Ints, end: Ints) -> Flags:
    """Return which numbers have a sign for their point: `12€50`."""
    found: Flags = end - start >= _WITH_SIGN
    found[found] = asked.page.folded[end[found] - 3] == EURO
    return found


def _of_the_next(asked: PricesAsked, rows: Rows, last: Ints, suffix: Matches) -> Flags:
    """Return whether the currency after each number is a sign that belongs to the number behind it."""
    start, end = suffix.groups[:, 2], suffix.groups[:, 3]
    is_sign = (suffix.end != NONE) & ~asked.is_kind(end - 1, rows.hi, ALNUM)
    found: Flags = is_sign & ((rows.prefix >= 0) | ((start > last) & asked.is_kind(suffix.end, rows.hi, DIGIT)))
    return found


def _readings(asked: PricesAsked, rows: Rows, said: Said, room: Room, n: int, about: About) -> Readings:
    """Return the prices that were chosen, with the unit that may stand before them (a rate list)."""
    page, row, floor = asked.page, room.rows[:n, 0], room.rows[:n, 3]
    unit = said.unit[row]
    bare = np.flatnonzero(unit < 0)
    begin = rows.begin[row[bare]]
    lo = np.maximum(floor[bare], begin - 22)
    timed = np.zeros(len(bare), dtype=np.bool_)
    asked.form(mark_times)(page.folded, page.kinds, lo, begin, tables().last, tables().last_signs, timed)
    bare, lo, begin = bare[timed], lo[timed], begin[timed]
    found = asked.match(UNIT_BEFORE, lo, begin)
    there = found.end != NONE
    groups = np.where(found.groups[there, :1] != NONE, found.groups[there, :2], found.groups[there, 2:])
    unit[bare[there]] = asked.units(groups[:, 0], groups[:, 1])
    currency = _in_crowns_of(about, rows.text[row], said.currency[row])
    unit = np.where(unit == GOD, np.where(currency == HRYVNIA, *GODS), unit)
    values = values_of(room.amounts[:n], room.sizes[:n], currency, unit, plain=asked.plain)
    sure = np.where(currency >= 0, 90, np.where(unit >= 0, 60, 50)).astype(np.int32)
    nothing = empties(n)
    start, end = page.place[room.rows[:n, 1]], page.place[room.rows[:n, 2] - 1] + np.int32(1)
    text = rows.text[row].astype(np.int32)
    return Readings(text, start, end, sure, currency == ROSE, values, values, nothing, nothing)


def _in_crowns_of(about: About, text: Ints, currency: Ints) -> Ints:
    """Return the currencies, where they are crowns those of the country that the advert is in."""
    own = np.array([CODES.index(CROWNS.get(country.upper(), CROWN)) for country in about.countries])
    return np.where(currency == CODES.index(CROWN), own[about.country[text]], currency)
