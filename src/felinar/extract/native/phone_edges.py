"""Points for what a window looks like from outside, natively: the twin of `extract/phone_edges.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_edges
from felinar.extract.native.characters import SPACE
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_ENDS,
    A_GAP_AT,
    A_GAP_END,
    A_KIND,
    A_LANGUAGES,
    A_START,
    A_WORD,
    AS_DIGITS,
    AS_GUESS,
)
from felinar.extract.native.phone_gaps import BLANK, SAME_AS, WIDTH, widest_of
from felinar.extract.native.phone_vocabulary import ORDER_SHIFT
from felinar.extract.phone_words import ORDINARY
from felinar.kernels.compile import kernel

HYPHEN, DASH = 45, 0x2013
_ALL_LANGUAGES = (1 << ORDER_SHIFT) - 1
_MANY_WORDS = phone_edges._MANY_WORDS


@kernel
def last_sure(folded: Any, kinds: Any, atoms: Any, first: Any, stop: Any) -> Any:
    """Return the last atom (from 0) that surely belongs to the run: an ordinary word may belong to the sentence."""
    last = stop - 1
    if atoms[last, A_KIND] != AS_GUESS or atoms[last, A_WORD] != ORDINARY or stop - first < 2:
        return last - first
    if belongs(atoms, first, stop):
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
def belongs(atoms: Any, first: Any, stop: Any) -> Any:
    """Say whether the last word is a digit in the language of all words before it, as `_belongs`."""
    last = stop - 1
    if atoms[last, A_ENDS] == 0 or atoms[last, A_WORD] != ORDINARY:
        return False
    words = 0
    shared = atoms[last, A_LANGUAGES] & _ALL_LANGUAGES
    for i in range(first, stop):
        if atoms[i, A_WORD] >= 0:
            words += 1
            if atoms[i, A_LANGUAGES] & shared == 0:
                return False
    return words >= _MANY_WORDS


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
    if atoms[first + stop, A_KIND] == AS_GUESS and not (first + stop == run[1] - 1 and belongs(atoms, first, run[1])):
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
