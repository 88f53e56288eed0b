"""The pairs of pieces, one at the end of a title and one in the body, that make a number together."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_split
from felinar.extract.native.characters import DECIMAL, DIGIT, SPACE
from felinar.extract.native.phone_digits import RANK_POSSIBLE
from felinar.extract.native.phone_readings import FROM_NUMBER, read_number
from felinar.kernels.compile import kernel

FEWEST, MOST, TRIED, ENOUGH = phone_split._FEWEST, phone_split._MOST, phone_split._TRIED, phone_split._ENOUGH
MANY = phone_split._MANY
# Where the last characters of a title are looked at, how far back its number may begin, and how long the parts are.
LAST, BACK, LONGEST_END, LONGEST_REST = 24, 40, 24, 18
# Columns of a pair: place in `titles`, folded places of the first part in the title and the second in the body.
PAIR = 5


@kernel
def pairs_of(  # type: ignore[no-untyped-def]
    plans, folded, kinds, at, titles, bodies, given, rows
) -> Any:
    """Write the pairs of all adverts; return how many there are, also beyond the room."""
    digits = np.zeros(2 * MOST, dtype=np.uint8)
    nobody = np.zeros((1, 2), dtype=np.int64)
    starts = np.zeros(BACK + 1, dtype=np.int64)
    n = np.int64(0)
    for advert in range(len(titles)):
        first = at[titles[advert]]
        last = at[titles[advert] + 1]
        if at[bodies[advert]] == at[bodies[advert] + 1] or not ends_in_figures(kinds, first, last):
            continue
        begin, end, is_open = open_end(folded, kinds, first, last)
        count = ends_of(folded, kinds, first, begin, end, starts) if begin >= 0 else 0
        place = at[bodies[advert]]
        tried = 0
        while count > 0 and tried < TRIED:
            left, start, stop = next_beginning(folded, kinds, at[bodies[advert]], place, at[bodies[advert] + 1])
            if left < 0:
                break
            tried += 1
            place = stop
            shown = is_open or left != start
            for k in range(count):
                until = stop
                while until > start:
                    while until > start and kinds[until - 1] & SPACE:
                        until -= 1
                    if may_begin(folded, kinds, start, until, at[bodies[advert] + 1]):
                        size = copy_digits(folded, kinds, starts[k], end, digits, np.int64(0))
                        size = copy_digits(folded, kinds, start, until, digits, size)
                        plus = folded[starts[k]] == 43
                        clear = shown or plus or count_digits(folded, kinds, starts[k], end) >= MANY
                        if is_number(plans, digits, size, plus, given[bodies[advert]], nobody, clear):
                            if n < len(rows):
                                rows[n, 0], rows[n, 1], rows[n, 2] = advert, starts[k], end
                                rows[n, 3], rows[n, 4] = start, until
                            n += 1
                    while until > start and not kinds[until - 1] & SPACE:
                        until -= 1
    return n


@kernel
def ends_in_figures(kinds: Any, first: Any, last: Any) -> Any:
    """Say whether a digit is among the last characters of a title."""
    found = False
    for k in range(max(first, last - LAST), last):
        found = found or kinds[k] & DIGIT != 0
    return found


@kernel
def is_between(code: Any, kind: Any) -> Any:
    """Say whether a character may stand inside a part: `[\\d ./()*_~-]`."""
    return (
        kind & DECIMAL != 0
        or code == 32 or code == 46 or code == 47 or code == 40 or code == 41
        or code == 42 or code == 95 or code == 126 or code == 45
    )  # fmt: skip


@kernel
def open_end(folded: Any, kinds: Any, first: Any, last: Any) -> Any:
    """Return (start, end, whether a sign says that it goes on) of the figures that end a title, start -1 for none."""
    for start in range(max(first, last - BACK), last):
        if folded[start] != 43 and kinds[start] & DECIMAL == 0:
            continue
        for end in range(start + 1, min(start + LONGEST_END + 1, last) + 1):
            if end > start + 1 and not is_between(folded[end - 1], kinds[end - 1]):
                break
            if end - start >= FEWEST:
                sign = ends_here(folded, kinds, end, last)
                if sign >= 0:
                    return start, end, sign == 1
    return np.int64(-1), np.int64(-1), False


@kernel
def ends_here(folded: Any, kinds: Any, at: Any, last: Any) -> Any:
    """Return 0 for blanks up to the end, 1 for blanks with a sign that the text goes on, -1 for anything else."""
    while at < last and kinds[at] & SPACE:
        at += 1
    if at == last:
        return 0
    begin = at
    if folded[at] == 46:
        while at < last and folded[at] == 46:
            at += 1
        if at - begin < 2:
            return -1
    else:
        while at < last and is_arrow(folded[at]):
            at += 1
        if at == begin:
            return -1
    while at < last and kinds[at] & SPACE:
        at += 1
    return 1 if at == last else -1


@kernel
def is_arrow(code: Any) -> Any:
    """Say whether a sign points to what follows: `-–>→~_/|`."""
    return (
        code == 45 or code == 0x2013 or code == 62 or code == 0x2192
        or code == 126 or code == 95 or code == 47 or code == 124
    )  # fmt: skip


@kernel
def count_digits(folded: Any, kinds: Any, start: Any, end: Any) -> Any:
    """Return how many digits a part has, 0 where they are too few, too many or a year."""
    n = 0
    century = np.int64(0)
    for k in range(start, end):
        if kinds[k] & DIGIT:
            n += 1
            if n <= 2:
                century = 10 * century + np.int64(folded[k]) - 48
    if n < FEWEST or n > MOST or (n == 4 and (century == 19 or century == 20)):
        return 0
    return n


@kernel
def ends_of(folded: Any, kinds: Any, first: Any, begin: Any, end: Any, starts: Any) -> Any:
    """Write where the pieces begin that may begin a number, longest first; return how many there are."""
    n = 0
    for k in range(begin, end):
        if kinds[k] & SPACE or (k > begin and kinds[k - 1] & SPACE == 0):
            continue
        if count_digits(folded, kinds, k, end) and not (k > first and bars_before(folded[k - 1])):
            starts[n] = k
            n += 1
    return n


@kernel
def bars_before(code: Any) -> Any:
    """Say whether a character before figures says that they are no number: `€$£₹₽:.,/-#`."""
    return (
        bars_behind(code) and code != 37  # not %
    ) or code == 46 or code == 44 or code == 47 or code == 45 or code == 35  # fmt: skip


@kernel
def bars_behind(code: Any) -> Any:
    """Say whether a character behind figures says that they are no number: `€$£₹₽%:`."""
    return (
        code == 0x20AC or code == 36 or code == 0xA3 or code == 0x20B9 or code == 0x20BD or code == 37 or code == 58
    )  # fmt: skip


@kernel
def may_begin(folded: Any, kinds: Any, start: Any, until: Any, last: Any) -> Any:
    """Say whether a piece of the body may end a number."""
    if until <= start or (until < last and bars_behind(folded[until])):
        return False
    return count_digits(folded, kinds, start, until) > 0


@kernel
def next_beginning(folded: Any, kinds: Any, first: Any, place: Any, last: Any) -> Any:
    """Return (start of the sign, start, end) of the next figures that may end a number, -1 for none."""
    for k in range(place, last):
        start = np.int64(-1)
        if folded[k] == 46 and (k == place or folded[k - 1] != 46):  # a row of dots is looked at once
            at = k
            while at < last and folded[at] == 46:
                at += 1
            if at - k >= 2:
                start = figures_behind(kinds, at, last)
        elif folded[k] == 62 or folded[k] == 0x2192 or folded[k] == 126:
            start = figures_behind(kinds, k + 1, last)
        if start < 0 and k == first:
            start = figures_behind(kinds, k, last)
        if start >= 0:
            end = start + 1
            while end < last and end - start <= LONGEST_REST and is_between(folded[end], kinds[end]):
                end += 1
            if end - start >= FEWEST:
                return np.int64(k), start, end
    return np.int64(-1), np.int64(-1), np.int64(-1)


@kernel
def figures_behind(kinds: Any, at: Any, last: Any) -> Any:
    """Return where a figure stands behind blanks, -1 where something else does."""
    while at < last and kinds[at] & SPACE:
        at += 1
    return np.int64(at) if at < last and kinds[at] & DECIMAL else np.int64(-1)


@kernel
def copy_digits(folded: Any, kinds: Any, start: Any, end: Any, digits: Any, n: Any) -> Any:
    """Append the digits of a part; return how many there are then."""
    for k in range(start, end):
        if kinds[k] & DIGIT:
            digits[n] = folded[k] - 48
            n += 1
    return n


@kernel
def read_whole(plans: Any, digits: Any, size: Any, plus: Any, given: Any, nobody: Any) -> Any:
    """Return (points, reading, source) of both parts together."""
    yes, none = np.int64(1), np.int64(0)
    return read_number(plans, digits, none, size, plus, given, nobody, none, yes, yes, none)


@kernel
def is_number(plans: Any, digits: Any, size: Any, plus: Any, given: Any, nobody: Any, clear: Any) -> Any:
    """Say whether both parts are a number together, as `_together`; with a trunk prefix where nothing else is clear."""
    points, reading, source = read_whole(plans, digits, size, plus, given, nobody)
    if reading.region < 0 or points < ENOUGH or (given >= 0 and source == FROM_NUMBER and not plus):
        return False
    if not clear and reading.trunk == 0:
        return False
    return reading.rank != RANK_POSSIBLE or reading.typical != 0
