"""Points for what a window looks like from outside, natively: the twin of `extract/phone_edges.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.characters import SPACE
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_GAP_AT,
    A_GAP_END,
    A_KIND,
    A_START,
    A_WORD,
)
from felinar.extract.phone_words import ORDINARY
from felinar.kernels.compile import kernel

# What A_KIND says of an atom.
AS_DIGITS, AS_WORD, AS_GUESS = 0, 1, 2
# Columns of a gap (after atom i of a run): its width 0 to 3, and the first gap of the run with the same text.
WIDTH, SAME_AS = 0, 1
NEW_LINE, BLANK, HYPHEN, DASH = 10, 32, 45, 0x2013


@kernel
def write_gaps(folded: Any, atoms: Any, first: Any, stop: Any, gaps: Any) -> None:
    """Write what stands between the atoms first to stop - 1 into the rows 0 to stop - first - 2 of `gaps`."""
    for i in range(stop - first - 1):
        left = atoms[first + i, A_END]
        right = atoms[first + i + 1, A_START]
        gaps[i, WIDTH] = width_of(folded, left, right)
        gaps[i, SAME_AS] = i
        for k in range(i):
            if gaps[k, SAME_AS] == k and gaps[k, WIDTH] == gaps[i, WIDTH]:
                other = atoms[first + k, A_END]
                same = atoms[first + k + 1, A_START] - other == right - left
                at = left
                while same and at < right:
                    same = folded[at] == folded[other + at - left]
                    at += 1
                if same:
                    gaps[i, SAME_AS] = k
                    break


@kernel
def width_of(folded: Any, left: Any, right: Any) -> Any:
    """Return 0 to 2 for what stands between two atoms, 3 where a line or a sentence ends."""
    size = right - left
    if size <= 0:
        return 0
    if size == 1:
        return 3 if folded[left] == NEW_LINE else 1
    for at in range(left, right):
        if folded[at] == NEW_LINE:
            return 3
    code = folded[left]
    if folded[right - 1] == BLANK and (
        code == 46 or code == 44 or code == 58 or code == 59 or code == 33 or code == 63  # . , : ; ! ?
    ):
        return 3
    return 2


@kernel
def widest_of(gaps: Any, start: Any, stop: Any) -> Any:
    """Return the width of the widest gap between the atoms start to stop of a run."""
    widest = 0
    for i in range(start, stop):
        widest = max(widest, gaps[i, WIDTH])
    return widest


@kernel
def last_sure(folded: Any, kinds: Any, atoms: Any, first: Any, stop: Any) -> Any:
    """Return the last atom (from 0) that surely belongs to the run: an ordinary word may belong to the sentence."""
    last = stop - 1
    if atoms[last, A_KIND] != AS_GUESS or atoms[last, A_WORD] != ORDINARY or stop - first < 2:
        return last - first
    begin = atoms[last, A_GAP_AT]
    end = atoms[last, A_GAP_END]
    other = atoms[last - 1, A_GAP_AT] - begin
    same = atoms[last - 1, A_GAP_END] - other == end
    blank = True
    for k in range(begin, end):
        same = same and folded[k] == folded[other + k]
        blank = blank and kinds[k] & SPACE != 0
    if same and not blank:  # `zero. trois. un`
        return last - first
    spoken = atoms[last, A_DIGITS_END] - atoms[last, A_DIGITS] == 1 and stop - first > 2
    return last - first - spoken


@kernel
def anew(digits: Any, atoms: Any, first: Any, stop: Any, at: Any) -> Any:
    """Say whether a group that begins with a trunk zero stands between digits enough for two numbers."""
    size = atoms[at, A_DIGITS_END] - atoms[at, A_DIGITS]
    begin = atoms[at, A_DIGITS]
    if atoms[at, A_KIND] != AS_DIGITS or size < 3 or digits[begin] != 0 or digits[begin + 1] == 0:
        return False
    return begin - atoms[first, A_DIGITS] >= 9 and atoms[stop - 1, A_DIGITS_END] - begin >= 9


@kernel
def few_beyond(atoms: Any, first: Any, end: Any, start: Any, stop: Any, at: Any) -> Any:
    """Say whether short figures only stand beyond this end of a long number: `07700 900123 9-5`, `room 4 07700 …`."""
    low = first if at < start else first + at + 1
    high = first + at + 1 if at < start else end
    if atoms[first + stop, A_DIGITS_END] - atoms[first + start, A_DIGITS] < 9:
        return False
    for i in range(low, high):
        if atoms[i, A_DIGITS_END] - atoms[i, A_DIGITS] > 2:
            return False
    return atoms[high - 1, A_DIGITS_END] - atoms[low, A_DIGITS] <= 4


@kernel
def hours_follow(folded: Any, digits: Any, atoms: Any, begin: Any, end: Any) -> Any:
    """Say whether the atoms begin to end - 1 are two hours of a day behind a blank, as `_hours_follow`."""
    if end - begin != 2 or atoms[begin, A_KIND] != AS_DIGITS or atoms[begin + 1, A_KIND] != AS_DIGITS:
        return False
    gap, sign = atoms[begin - 1, A_END], atoms[begin, A_END]
    if atoms[begin, A_START] - gap != 1 or atoms[begin + 1, A_START] - sign != 1 or folded[gap] != BLANK:
        return False
    if folded[sign] != HYPHEN and folded[sign] != DASH:
        return False
    opens = figure_of(digits, atoms[begin, A_DIGITS], atoms[begin, A_DIGITS_END])
    closes = figure_of(digits, atoms[begin + 1, A_DIGITS], atoms[begin + 1, A_DIGITS_END])
    return opens < closes and closes <= 24


@kernel
def figure_of(digits: Any, begin: Any, end: Any) -> Any:
    """Return up to four digits as a number."""
    value = np.int64(0)
    for k in range(begin, end):
        value = 10 * value + np.int64(digits[k])
    return value


@kernel
def meets_group(atoms: Any, first: Any, start: Any, stop: Any, at: Any) -> Any:
    """Say whether a number that is written digit by digit meets a longer group: `0 7 7 1 30`."""
    beyond = first + (at if at < start else at + 1)
    if atoms[beyond, A_KIND] != AS_DIGITS or atoms[beyond, A_DIGITS_END] - atoms[beyond, A_DIGITS] <= 1:
        return False
    single = True
    for i in range(first + start, first + stop + 1):
        single = single and atoms[i, A_DIGITS_END] - atoms[i, A_DIGITS] == 1
    return single


@kernel
def edge_points(folded: Any, digits: Any, atoms: Any, run: Any, gaps: Any, start: Any, stop: Any, last: Any) -> Any:
    """Return points for the window of atoms start to stop of a run (first, stop, letter before, letter after)."""
    first = run[0]
    widest = widest_of(gaps, start, stop)
    points = 15 if start == 0 and stop == last else 0
    for side in range(2):
        at = start - 1 if side == 0 else stop
        if (start == 0) if side == 0 else (stop == last):
            continue
        if at >= last:  # the ordinary word itself
            points += 3 if start == 0 else -12
            continue
        width = gaps[at, WIDTH]
        if width >= 3 and width > widest:
            points += 7 if points == 0 else 0
        elif width > widest or changes(gaps, start, stop, at, widest) or meets_group(atoms, first, start, stop, at):
            points -= 3
        else:
            guess = atoms[first + at + (at >= stop), A_KIND] == AS_GUESS
            new = not guess and anew(digits, atoms, first, run[1], first + at + 1)
            few = not guess and not new and few_beyond(atoms, first, run[1], start, stop, at)
            hours = few and at >= start and hours_follow(folded, digits, atoms, first + at + 1, run[1])
            points -= 8 if guess else 15 if new else 3 if hours else 34 if few else 40
    if start == 0 and run[2] != 0:
        points -= 10
    if stop == last and run[3] != 0:
        points -= 10
    if atoms[first + start, A_KIND] == AS_GUESS:
        points -= 12
    if atoms[first + stop, A_KIND] == AS_GUESS:
        points -= 12
    return points


@kernel
def changes(gaps: Any, start: Any, stop: Any, at: Any, widest: Any) -> Any:
    """Say whether the separator beyond a window is at least as wide as those inside it, and another one."""
    if stop <= start or gaps[at, WIDTH] < max(widest, 1):
        return False
    other = True
    for i in range(start, stop):
        other = other and gaps[i, SAME_AS] != gaps[at, SAME_AS]
    return other


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
    return points - (60 if groups >= 2 and are_figures(atoms, digits, first, last, groups) else 0)


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
        if end - at < 2 or digits[at] == 0:
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
