"""The figures that end a title and those that may go on in a body: the parts of numbers split over both."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_split
from felinar.extract.native.characters import DECIMAL, DIGIT, SPACE
from felinar.extract.native.phone_invited import bars_behind, is_call_sign
from felinar.kernels.compile import kernel

FEWEST, MOST, LAST, BACK = phone_split._FEWEST, phone_split._MOST, phone_split._LAST, phone_split._BACK
LONGEST_END, LONGEST_REST = 24, 18  # behind the first figure, as the patterns of `phone_split` say


@kernel
def next_figures(folded: Any, kinds: Any, first: Any, place: Any, last: Any) -> Any:
    """Return (start, end) of the next figures behind a blank, a colon or a sign for a telephone, -1 for none."""
    for start in range(place, last):
        if not kinds[start] & DECIMAL:
            continue
        if start > first and not kinds[start - 1] & SPACE:
            code = np.int64(folded[start - 1])
            if code != 58 and not is_call_sign(code):
                continue
        end = end_of_rest(folded, kinds, start, last)
        if end - start >= FEWEST:
            return np.int64(start), end
    return np.int64(-1), np.int64(-1)


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
            end = end_of_rest(folded, kinds, start, last)
            if end - start >= FEWEST:
                return np.int64(k), start, end
    return np.int64(-1), np.int64(-1), np.int64(-1)


@kernel
def end_of_rest(folded: Any, kinds: Any, start: Any, last: Any) -> Any:
    """Return where the figures of a body end that begin here."""
    end = start + 1
    while end < last and end - start <= LONGEST_REST and is_between(folded[end], kinds[end]):
        end += 1
    return end


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
