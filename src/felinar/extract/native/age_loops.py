"""The loops of native ages: numbers of two figures, words and ends of clauses around them."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.characters import ALNUM, FIGURE, SPACE, WORD_LETTER
from felinar.extract.native.charsets import codes_of, is_one_of
from felinar.extract.native.lookup import pair_of
from felinar.extract.native.table import find_word
from felinar.kernels.compile import kernel

_ONE, _BLANK = ord("1"), ord(" ")
_BEFORE = codes_of("_.,:/+#@€$£")  # none of these, nor a letter or figure, stands before a number
_POINTS = codes_of(".,:")  # before a figure they make one number of two
_DASHES, _LONGER, _SHARE = codes_of("-–"), codes_of("/-"), ord("%")
_JOINTS = codes_of(" ,:-–(")  # what may part a name from an age
_STOPS = codes_of(".!?;\n")  # ends of clauses
_AMOUNTS = codes_of("%€$£°")
_FEW, _NEAR = 4, 20  # words before a number that may speak of an age; characters after it that are looked at


@kernel
def number_places(folded: Any, kinds: Any, at: Any, text: Any, place: Any, rows: Any) -> int:
    """Write (text, place) of the numbers of two figures that may be ages, of all first figures; return how many.

    They are those of `age._NUMBER`.
    """
    n = 0
    for i in range(len(place)):
        k = place[i]
        first = at[text[i]]
        stop = at[text[i] + 1]
        if folded[k] < _ONE or k + 1 >= stop or (kinds[k + 1] & FIGURE) == 0 or goes_on(folded, kinds, k + 2, stop):
            continue
        if k > first and ((kinds[k - 1] & ALNUM) != 0 or is_one_of(folded[k - 1], _BEFORE)):
            continue
        if k - 1 > first and is_one_of(folded[k - 1], _DASHES) and (kinds[k - 2] & FIGURE) != 0:
            continue
        if not ends_other(folded, kinds, k + 2, stop):
            rows[0, n] = text[i]
            rows[1, n] = k
            n += 1
    return n


@kernel
def goes_on(folded: Any, kinds: Any, k: int, stop: int) -> bool:
    """Say whether a number goes on here, with a figure or a point and a figure."""
    if k < stop and is_one_of(folded[k], _POINTS):
        k += 1
    return k < stop and (kinds[k] & FIGURE) != 0


@kernel
def ends_other(folded: Any, kinds: Any, k: int, stop: int) -> bool:
    """Say whether the sign behind a number makes something else of it: three figures after it, or a share."""
    if k < stop and is_one_of(folded[k], _LONGER):
        figures = 0
        while figures < 3 and k + 1 + figures < stop and (kinds[k + 1 + figures] & FIGURE) != 0:
            figures += 1
        return figures == 3
    if k < stop and (kinds[k] & SPACE) != 0:
        k += 1
    return k < stop and folded[k] == _SHARE


@kernel
def cues(  # type: ignore[no-untyped-def]
    folded, kinds, reach, start, words, roles, role, begins, found
) -> None:
    """Write whether one of the last few words before each place has a role."""
    for i in range(len(start)):
        k = start[i]
        for _ in range(_FEW):
            while k > reach[i] and (kinds[k - 1] & WORD_LETTER) == 0:
                k -= 1
            end = k
            while k > reach[i] and (kinds[k - 1] & WORD_LETTER) != 0:
                k -= 1
            if k == end:
                break
            second: Any = folded[k + 1] if k + 1 < end else np.uint32(0)
            if begins[pair_of(folded[k], second)] == 0:
                continue
            word = find_word(words, folded, k, end)
            if word >= 0 and (roles[word] & role) != 0:
                found[i] = True
                break


@kernel
def words_before(kinds: Any, reach: Any, end: Any, found: Any) -> None:
    """Write where the last word before each place begins and ends."""
    for i in range(len(end)):
        k = end[i]
        while k > reach[i] and (kinds[k - 1] & WORD_LETTER) == 0:
            k -= 1
        stop = k
        while k > reach[i] and (kinds[k - 1] & WORD_LETTER) != 0:
            k -= 1
        if k < stop:
            found[0, i] = k
            found[1, i] = stop


@kernel
def statement_ends(  # type: ignore[no-untyped-def]
    folded, kinds, after, hi, words, roles, role, found
) -> None:
    """Write whether no word follows each place, or one that has a role."""
    for i in range(len(after)):
        stop = min(hi[i], after[i] + _NEAR)
        k = after[i]
        while k < stop and folded[k] == _BLANK:
            k += 1
        found[i] = True
        if k == stop:
            continue
        goes_on = (kinds[k] & ALNUM) != 0
        for code in _AMOUNTS:
            goes_on = goes_on or folded[k] == code
        if goes_on:
            end = k
            while end < stop and (kinds[end] & WORD_LETTER) != 0:
                end += 1
            word = find_word(words, folded, k, end) if end > k else -1
            found[i] = word >= 0 and (roles[word] & role) != 0


@kernel
def is_stop(code: int) -> bool:
    """Say whether a clause ends with this character."""
    return is_one_of(code, _STOPS)


@kernel
def clause_stops(folded: Any, after: Any, stops: Any) -> None:
    """Write where the first clause from each place on ends; `stops` holds the last places."""
    for i in range(len(after)):
        for k in range(after[i], stops[i]):
            if is_stop(folded[k]):
                stops[i] = k
                break


@kernel
def clause_starts(folded: Any, reach: Any, starts: Any) -> None:
    """Write where the clause before each place begins; `starts` holds the places."""
    for i in range(len(starts)):
        k = starts[i]
        while k > reach[i] and not is_stop(folded[k - 1]):
            k -= 1
        starts[i] = k


@kernel
def mark_joined(folded: Any, start: Any, end: Any, found: Any) -> None:
    """Mark where only blanks and a few signs stand between."""
    for i in range(len(start)):
        found[i] = True
        for k in range(start[i], end[i]):
            if not is_one_of(folded[k], _JOINTS):
                found[i] = False
                break


@kernel
def mark_alone(folded: Any, kinds: Any, reach: Any, start: Any, found: Any) -> None:
    """Mark the places before which, blanks aside, no letter or figure stands."""
    for i in range(len(start)):
        k = start[i]
        while k > reach[i] and folded[k - 1] == _BLANK:
            k -= 1
        found[i] = k == reach[i] or (kinds[k - 1] & ALNUM) == 0
