"""Times -> microseconds: those like 2026-01-31T08:00:00Z in a kernel, all others by `dates.py`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from felinar.kernels.compile import kernel
from felinar.sources import dates
from felinar.sources.native.texts import Texts
from felinar.tables import TIME

NO_TIME, PLAIN, OTHER = range(3)
_FORM = np.frombuffer(b"0000-00-00T00:00:00Z", dtype=np.uint8)


def times_of(column: Texts, order: str, odd: Callable[[int, str, str], None]) -> tuple[pa.Array, pa.Array]:
    """Return the times and their ISO forms, as `columns.times` does."""
    rows = len(column.bounds) - 1
    micros, kinds = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.uint8)
    others = read_times(column.content, column.bounds, _FORM, micros, kinds)
    texts = column.array()
    if not others:
        return pa.array(micros, pa.int64(), mask=kinds == NO_TIME).cast(TIME), texts
    forms = texts.to_pylist()
    for place in np.flatnonzero(kinds == OTHER).tolist():
        time = dates.parse(forms[place], order)
        if time.problem:
            odd(place, time.problem, forms[place])
        forms[place] = time.iso
        if time.micros is not None:
            micros[place], kinds[place] = time.micros, PLAIN
    return pa.array(micros, pa.int64(), mask=kinds != PLAIN).cast(TIME), pa.array(forms, pa.string())


@kernel
def read_times(content, bounds, form, micros, kinds):  # type: ignore[no-untyped-def]
    """Write the microseconds and the kind of each text; return how many are neither plain nor empty."""
    others = 0
    for row in range(len(kinds)):
        begin = bounds[row]
        if bounds[row + 1] == begin:
            continue
        kinds[row] = OTHER
        if bounds[row + 1] - begin == len(form) and has_form(content, begin, form):
            year, month, day = number(content, begin, 4), number(content, begin + 5, 2), number(content, begin + 8, 2)
            hour, minute = number(content, begin + 11, 2), number(content, begin + 14, 2)
            second = number(content, begin + 17, 2)
            clock = hour < 24 and minute < 60 and second < 60
            if clock and 1000 <= year < 9000 and 1 <= month <= 12 and 1 <= day <= days_of(year, month):
                seconds = (days_before(year, month, day) * 24 + hour) * 3600 + minute * 60 + second
                micros[row], kinds[row] = seconds * 1_000_000, PLAIN
        others += kinds[row] == OTHER
    return others


@kernel
def has_form(content, at, form):  # type: ignore[no-untyped-def]
    """Return whether the bytes have digits where the form has zeros, and elsewhere what the form has."""
    for place in range(len(form)):
        byte = content[at + place]
        if form[place] == 0x30:
            if byte < 0x30 or byte > 0x39:
                return False
        elif byte != form[place]:
            return False
    return True


@kernel
def number(content, at, digits):  # type: ignore[no-untyped-def]
    """Return the number that these digits give."""
    value = 0
    for place in range(at, at + digits):
        value = value * 10 + int(content[place]) - 0x30
    return value


@kernel
def days_of(year, month):  # type: ignore[no-untyped-def]
    """Return how many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month == 4 or month == 6 or month == 9 or month == 11 else 31


@kernel
def days_before(year, month, day):  # type: ignore[no-untyped-def]
    """Return the days from 1970-01-01 to a day, in years that begin in March, so that a leap day is a year's last."""
    years = year - (month <= 2)
    months = (month + 9) % 12
    of_year = (153 * months + 2) // 5 + day - 1
    return years * 365 + years // 4 - years // 100 + years // 400 + of_year - 719468
