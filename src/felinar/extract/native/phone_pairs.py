"""The pairs of pieces, one at the end of a title and one in the body, that make a number together."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_split
from felinar.extract.native.characters import SPACE
from felinar.extract.native.phone_around import labelled_end, words_before
from felinar.extract.native.phone_columns import R_CONTEXT
from felinar.extract.native.phone_digits import CODE, RANK_POSSIBLE, REGIONS
from felinar.extract.native.phone_invited import is_amount, is_invited
from felinar.extract.native.phone_parts import (
    BACK,
    MOST,
    copy_digits,
    ends_in_figures,
    ends_of,
    may_begin,
    next_beginning,
    next_figures,
    open_end,
)
from felinar.extract.native.phone_readings import FROM_NUMBER, read_number
from felinar.kernels.compile import kernel

TRIED, ENOUGH, MANY, LOCAL = phone_split._TRIED, phone_split._ENOUGH, phone_split._MANY, phone_split._LOCAL
# Columns of a pair: place in `titles`, folded places of the first part in the title and the second in the body, whether
# only a cue joins them.
PAIR = 6


@kernel
def pairs_of(  # type: ignore[no-untyped-def]
    plans, t, folded, kinds, at, titles, bodies, given, rows
) -> Any:
    """Write the pairs of all adverts; return how many there are, also beyond the room."""
    digits, r = np.zeros(2 * MOST, dtype=np.uint8), np.zeros(R_CONTEXT, dtype=np.int64)
    starts, nobody = np.zeros(BACK + 1, dtype=np.int64), np.zeros((1, 2), dtype=np.int64)
    n = np.int64(0)
    for advert in range(len(titles)):
        first = at[titles[advert]]
        last = at[titles[advert] + 1]
        low, high = at[bodies[advert]], at[bodies[advert] + 1]
        if low == high or not ends_in_figures(kinds, first, last):
            continue
        begin, end, is_open = open_end(folded, kinds, first, last)
        count = ends_of(folded, kinds, first, begin, end, starts) if begin >= 0 else 0
        region = given[bodies[advert]]
        place = low
        for _ in range(TRIED if count else 0):
            left, start, stop = next_beginning(folded, kinds, low, place, high)
            if left < 0:
                break
            place = stop
            shown = is_open or left != start
            n = add_pairs(
                plans, t, folded, kinds, advert, starts[:count], end, start, stop, high, region, shown, False, nobody,
                digits, rows, n
            )  # fmt: skip
        count = unnamed(t, folded, kinds, first, last, starts, count, r)
        place, tried = low, 0
        while count and tried < TRIED:
            start, stop = next_figures(folded, kinds, low, place, high)
            if start < 0:
                break
            place = stop
            if not is_invited(t, folded, kinds, low, start):
                continue
            tried += 1
            if not is_named_there(t, folded, kinds, low, start, high, r):
                n = add_pairs(
                    plans, t, folded, kinds, advert, starts[:count], end, start, stop, high, region, is_open, True,
                    nobody, digits, rows, n
                )  # fmt: skip
    return n


@kernel
def add_pairs(  # type: ignore[no-untyped-def]
    plans, t, folded, kinds, advert, starts, end, start, stop, last, region, shown, cued, nobody, digits, rows, n
) -> Any:
    """Write the pairs of the parts that begin at `starts` with those that begin the figures `start` to `stop`.

    `shown`: a sign says that the title goes on; `cued`: only a cue joins them. Returns how many pairs there are then.
    """
    for k in range(len(starts)):
        until = stop
        while until > start:
            while until > start and kinds[until - 1] & SPACE:
                until -= 1
            if may_begin(folded, kinds, start, until, last) and not (cued and is_amount(t, folded, kinds, until, last)):
                here = copy_digits(folded, kinds, starts[k], end, digits, np.int64(0))
                size = copy_digits(folded, kinds, start, until, digits, here)
                plus = folded[starts[k]] == 43
                clear = shown or plus or here >= MANY
                local = size - here if cued else np.int64(0)
                if is_number(plans, digits, size, plus, region, nobody, clear, local):
                    if n < len(rows):
                        rows[n, 0], rows[n, 1], rows[n, 2] = advert, starts[k], end
                        rows[n, 3], rows[n, 4], rows[n, 5] = start, until, cued
                    n += 1
            while until > start and not kinds[until - 1] & SPACE:
                until -= 1
    return n


@kernel
def unnamed(t: Any, folded: Any, kinds: Any, first: Any, last: Any, starts: Any, count: Any, r: Any) -> Any:
    """Keep the parts of a title that no word names as something else; return how many there are."""
    n = np.int64(0)
    for k in range(count):
        if not is_named_there(t, folded, kinds, first, starts[k], last, r):
            starts[n] = starts[k]
            n += 1
    return n


@kernel
def is_named_there(t: Any, folded: Any, kinds: Any, first: Any, start: Any, last: Any, r: Any) -> Any:
    """Say whether a word before these figures names them as something else."""
    n = words_before(t, folded, kinds, first, start, r)
    return labelled_end(t, folded, kinds, first, last, start, n, False, r) != start


@kernel
def read_whole(plans: Any, digits: Any, size: Any, plus: Any, given: Any, nobody: Any) -> Any:
    """Return (points, reading, source) of both parts together."""
    yes, none = np.int64(1), np.int64(0)
    return read_number(plans, digits, none, size, plus, given, nobody, none, yes, yes, none)


@kernel
def is_number(plans: Any, digits: Any, size: Any, plus: Any, given: Any, nobody: Any, clear: Any, rest: Any) -> Any:
    """Say whether both parts are a number together, as `_together`; with a trunk prefix where nothing else is clear.

    `rest`: how many digits stand behind a cue, 0 where a sign joins the parts.
    """
    points, reading, source = read_whole(plans, digits, size, plus, given, nobody)
    if reading.region < 0 or points < ENOUGH or (given >= 0 and source == FROM_NUMBER and not plus):
        return False
    if given >= 0 and np.int64(plans[REGIONS + given, CODE]) == reading.code:
        clear = clear or reading.rest > 0  # it begins with the country's code
    if (not clear and reading.trunk == 0) or (reading.code == 1 and rest == LOCAL):
        return False
    return reading.rank != RANK_POSSIBLE or reading.typical != 0
