"""Points against what looks like a list of figures, natively: the twin of `extract/phone_shape.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_KIND,
    A_START,
    A_WORD,
    AS_DIGITS,
    AS_GUESS,
    AS_WORD,
)
from felinar.extract.phone_words import ORDINARY
from felinar.kernels.compile import kernel


@kernel
def shape_points(atoms: Any, digits: Any, first: Any, last: Any) -> Any:
    """Return points against what looks like a list of figures, a placeholder or a date; atoms first to last."""
    begin = atoms[first, A_DIGITS]
    end = atoms[last, A_DIGITS_END]
    seen = np.int64(0)
    for k in range(max(begin, end - 7), end):
        seen |= 1 << np.int64(digits[k])
    different = 0
    while seen:
        different += 1
        seen &= seen - 1
    points = 0
    if different <= 2:
        points -= 15 if different == 2 else 40
    atom_count = last - first + 1
    if end - begin >= 9 and (atom_count == 1 or atom_count == end - begin) and counts_up(digits, begin, end):
        points -= 60
    groups = np.int64(0)
    regular = True
    for i in range(first, last + 1):
        size = atoms[i, A_DIGITS_END] - atoms[i, A_DIGITS]
        if atoms[i, A_KIND] != AS_DIGITS:
            regular = False
        else:
            groups += 1
            regular = regular and size >= 2 and size <= 5
    if regular and groups >= 2 and groups <= 5:
        points += 8
    if groups < atom_count and speaks(atoms, first, last):
        points -= 40
    return points - (60 if groups >= 2 and are_figures(atoms, digits, first, last, groups) else 0)


@kernel
def speaks(atoms: Any, first: Any, last: Any) -> Any:
    """Say whether a word between figures is no digit but part of a sentence, as `_speaks`."""
    found = False
    for i in range(first, last + 1):
        if atoms[i, A_KIND] == AS_WORD:
            return False
        between = first < i and i < last and atoms[i, A_KIND] == AS_GUESS and atoms[i, A_WORD] == ORDINARY
        if between and atoms[i, A_END] - atoms[i, A_START] > 1:
            apart = atoms[i - 1, A_END] < atoms[i, A_START] and atoms[i, A_END] < atoms[i + 1, A_START]
            found = found or (apart and atoms[i - 1, A_KIND] == AS_DIGITS and atoms[i + 1, A_KIND] == AS_DIGITS)
    return found


@kernel
def counts_up(digits: Any, begin: Any, end: Any) -> Any:
    """Say whether digits are the beginning of 1234567890."""
    if end - begin > 10:
        return False
    same = True
    for k in range(begin, end):
        same = same and digits[k] == (k - begin + 1) % 10
    return same


@kernel
def are_small_figures(atoms: Any, digits: Any, first: Any, last: Any) -> Any:
    """Return 1 for groups of one or two digits that rise, 0 for such that do not, -1 for others: 5 7 12 24 36 48."""
    before = np.int64(-1)
    rising = 1
    size = 0
    for i in range(first, last + 1):
        if atoms[i, A_KIND] != AS_DIGITS:
            continue
        at = atoms[i, A_DIGITS]
        size = atoms[i, A_DIGITS_END] - at
        if size > 2 or digits[at] == 0:
            return -1
        number = np.int64(digits[at])
        if size == 2:
            number = 10 * number + np.int64(digits[at + 1])
        if number <= before:
            rising = 0
        before = number
    return rising if size == 2 else -1


@kernel
def are_figures(atoms: Any, digits: Any, first: Any, last: Any, groups: Any) -> Any:
    """Say whether the groups of digits are a list or a range of figures: 700 800 900, 5 7 12 24, 35000-75000."""
    if groups >= 6:
        small = are_small_figures(atoms, digits, first, last)
        if small >= 0:
            return small == 1
    before = np.int64(-1)
    lowest = np.int64(-1)
    step = np.int64(-1)
    even: Any = True  # one step between all
    tens: Any = True  # all divisible by ten
    for i in range(first, last + 1):
        if atoms[i, A_KIND] != AS_DIGITS:
            continue
        at = atoms[i, A_DIGITS]
        end = atoms[i, A_DIGITS_END]
        if digits[at] == 0 or (end - at < 2 and (groups < 4 or before >= 0)):
            return False
        number = np.int64(0)
        for k in range(at, end):
            number = number * 10 + np.int64(digits[k])
        if number < before:
            return False
        if groups == 2 and (end - at < 4 or digits[end - 1] != 0 or digits[end - 2] != 0):
            return False
        if before >= 0:
            even = even and (step < 0 or number - before == step)
            step = number - before
        else:
            lowest = number
        before = number
        tens = tens and number % 10 == 0
    if groups == 2:
        return True
    return lowest != before and (even or tens)
