"""Texts in which signs stand for digits (`|`, `!`, `$`, `&`), read in both forms: the twin of `phone_signs.py`.

A small page holds each of these texts and, right behind it, its second form: the same places with the signs as letters.
The scan reads a span with such signs in both; here the clearest reading of each span is chosen, as `clearest`.
"""

# ruff: noqa: SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import SPACE, characters
from felinar.extract.native.page import Page
from felinar.extract.native.pattern import search
from felinar.extract.native.phone_choice import W_PART, W_TEXT
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_START,
    L_TEXT,
    P_FIRST,
    P_SECOND,
    P_SPAN,
    P_STOP,
    P_TEXT,
    T_MASKS,
)
from felinar.extract.native.phone_digits import RANK_RESERVED
from felinar.extract.native.phone_found import readings_of_scan, without
from felinar.extract.native.phone_links import links_of
from felinar.extract.native.phone_masks import SIGN_AS_DIGIT
from felinar.extract.native.phone_scan import Scan, scan_texts
from felinar.extract.native.phone_score import W_FIRST, W_LAST, W_READING, W_SCORE
from felinar.extract.native.phone_tables import room_for, tables
from felinar.extract.native.readings import About, Readings
from felinar.extract.phone_signs import _SIGNS
from felinar.kernels.compile import kernel

# Worth of a window in `total` (phone_lines.py): its score above this, for each digit.
_WORTHLESS = 30
# From so many groups on, one separator between all of them says that they are one number.
_MANY_GAPS = 5


def read_signed(
    page: Page, texts: NDArray[np.int32], about: About, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the telephone numbers of these texts, and the texts that only the plain reader can decide."""
    both, around = both_forms(page, texts, plain=plain), _around_twice(about, texts)
    first = np.arange(0, 2 * len(texts), 2, dtype=np.int32)
    links = links_of(both, first, around, plain=plain)
    scan = scan_texts(both, first, around, links, twice=True, plain=plain)

    def clearest(page: Page, scan: Scan, windows: NDArray[np.int64]) -> NDArray[np.int64]:
        keep = np.ones(len(windows), dtype=np.bool_)
        run: Any = choose_forms.plain if plain else choose_forms
        run(page.folded, page.kinds, page.at, scan.atoms, scan.parts, windows, keep)
        return windows[keep]

    readings, undecided = readings_of_scan(both, scan, around, clearest, plain=plain)
    # A link hides its digits in the first form only.
    declined = np.unique(np.concatenate([scan.declined, undecided, links[0][:, L_TEXT]])) // 2
    readings = readings._replace(text=texts[readings.text // 2])
    return without(readings, texts[declined]), texts[declined]


def _around_twice(about: About, texts: NDArray[np.int32]) -> About:
    """Return what is known around each of these texts, twice."""
    again = np.repeat(texts, 2)
    return About(
        about.field[again], about.country[again], about.language[again], about.countries, about.languages
    )  # fmt: skip


@lru_cache(maxsize=1)
def _letters() -> NDArray[np.int64]:
    """Return (sign, letter, small letter, kinds of the letter and of the small one) of each sign."""
    codes = [(ord(sign), ord(letter), ord(letter.lower())) for sign, letter in _SIGNS.items()]
    kinds = characters(np.array([code for row in codes for code in row], dtype=np.uint32)).kinds
    return np.array([[*row, kinds[row[1]], kinds[row[2]]] for row in codes], dtype=np.int64)


def both_forms(page: Page, texts: NDArray[np.int32], *, plain: bool = False) -> Page:
    """Return a page of these texts, each followed by its second form."""
    sizes = np.repeat(page.last[texts] - page.first[texts], 2), np.repeat(page.at[texts + 1] - page.at[texts], 2)
    bounds, at = (np.concatenate([[0], np.cumsum(size, dtype=np.int64)]) for size in sizes)
    known = _letters()
    original, folded = np.empty(bounds[-1], dtype=np.uint32), np.empty(at[-1], dtype=np.uint32)
    original_kinds, kinds = np.empty(bounds[-1], dtype=np.uint16), np.empty(at[-1], dtype=np.uint16)
    both = Page(original, original_kinds, bounds[:-1], bounds[1:], folded, kinds, np.empty(at[-1], dtype=np.int32), at)
    longest = int(sizes[1].max(initial=0))
    (write_forms.plain if plain else write_forms)(page, texts, tables(), known, room_for(longest), both)
    return both


@kernel
def write_forms(page: Any, texts: Any, t: Any, letters: Any, r: Any, both: Any) -> None:
    """Write these texts into the other page, each twice, the second time with letters for signs beside digits."""
    for k in range(len(texts)):
        text = texts[k]
        for form in range(2):
            shift = both.first[2 * k + form] - page.first[text]
            for at in range(page.first[text], page.last[text]):
                both.original[at + shift] = page.original[at]
                both.original_kinds[at + shift] = page.original_kinds[at]
            shift = both.at[2 * k + form] - page.at[text]
            for at in range(page.at[text], page.at[text + 1]):
                both.folded[at + shift] = page.folded[at]
                both.kinds[at + shift] = page.kinds[at]
                both.place[at + shift] = page.place[at]
        begin, stop, first = page.at[text], page.at[text + 1], both.first[2 * k + 1]
        shift = both.at[2 * k + 1] - begin
        place: Any = np.int64(begin)
        while place < stop:
            place = search(t, t[T_MASKS], SIGN_AS_DIGIT, page.folded, page.kinds, begin, place, stop, stop, r)
            if place < 0:
                break
            sign = place - 1
            for row in range(len(letters)):
                if letters[row, 0] == page.folded[sign]:
                    both.folded[sign + shift], both.kinds[sign + shift] = letters[row, 2], letters[row, 4]
                    behind = first + page.place[sign]
                    both.original[behind], both.original_kinds[behind] = letters[row, 1], letters[row, 3]


@kernel
def choose_forms(  # type: ignore[no-untyped-def]
    folded, kinds, at, atoms, parts, windows, keep
) -> None:
    """Drop the windows of the form of each span that says less, and write the places of the first form."""
    first = 0
    while first < len(windows):
        text, span = windows[first, W_TEXT], parts[windows[first, W_PART], P_SPAN]
        more = np.int64(0)  # what the second form says more
        second = False
        stop = first
        while stop < len(windows) and windows[stop, W_TEXT] == text and parts[windows[stop, W_PART], P_SPAN] == span:
            row = windows[stop]
            size = atoms[row[W_LAST], A_DIGITS_END] - atoms[row[W_FIRST], A_DIGITS]
            worth = (row[W_SCORE] - _WORTHLESS) * size
            if parts[row[W_PART], P_SECOND]:
                second = True
                more += worth
            else:
                more -= worth
            stop += 1
        if second:
            gone = 0 if more > 0 and not are_apart(folded, kinds, atoms, parts, windows, first, stop) else 1
            for k in range(first, stop):
                keep[k] = parts[windows[k, W_PART], P_SECOND] != gone
        first = stop
    for k in range(len(parts)):
        if parts[k, P_SECOND]:
            text = parts[k, P_TEXT]
            for atom in range(parts[k, P_FIRST], parts[k, P_STOP]):
                atoms[atom, A_START] -= at[text + 1] - at[text]
                atoms[atom, A_END] -= at[text + 1] - at[text]


@kernel
def are_apart(  # type: ignore[no-untyped-def]
    folded, kinds, atoms, parts, windows, first, stop
) -> Any:
    """Say whether signs are separators in the first form here: the same between all groups of every number."""
    some = False
    complete = False
    long = True
    for k in range(first, stop):
        row = windows[k]
        if parts[row[W_PART], P_SECOND]:
            continue
        some = True
        complete = complete or (
            row[W_READING] >= 0 and (row[W_READING + 2] == RANK_RESERVED or row[W_READING + 4] != 0)
        )
        long = long and row[W_LAST] - row[W_FIRST] > _MANY_GAPS
        if not has_one_sign(folded, kinds, atoms, row[W_FIRST], row[W_LAST]):
            return False
    return some and (complete or long)


@kernel
def has_one_sign(folded: Any, kinds: Any, atoms: Any, first: Any, last: Any) -> Any:
    """Say whether the same stands between all atoms first to last, which are more than two, and not only blanks."""
    if last - first < 2:
        return False
    begin, end = atoms[first, A_END], atoms[first + 1, A_START]
    for atom in range(first + 1, last):
        if atoms[atom + 1, A_START] - atoms[atom, A_END] != end - begin:
            return False
        for k in range(end - begin):
            if folded[begin + k] != folded[atoms[atom, A_END] + k]:
                return False
    for k in range(begin, end):
        if not kinds[k] & SPACE:
            return True
    return False
