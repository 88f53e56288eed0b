"""Texts in which signs stand for digits (`|`, `!`, `$`, `&`), read in both forms: the twin of `phone_signs.py`.

A small page holds each of these texts and, right behind it, its second form: the same places with the signs as letters.
The scan reads a span with such signs in both; here the clearest reading of each span is chosen, as `clearest`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import characters
from felinar.extract.native.page import Page, text_of
from felinar.extract.native.phone_choice import W_PART
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
)
from felinar.extract.native.phone_found import is_complete, readings_of_scan, without
from felinar.extract.native.phone_links import links_of
from felinar.extract.native.phone_scan import Scan, scan_texts
from felinar.extract.native.phone_score import W_FIRST, W_LAST, W_SCORE
from felinar.extract.native.readings import About, Readings
from felinar.extract.phone_signs import _AS_DIGIT, _SIGNS

_LETTERS = {sign: (ord(letter), ord(letter.lower())) for sign, letter in _SIGNS.items()}
# Worth of a window in `total` (phone_lines.py): its score above this, for each digit.
_WORTHLESS = 30
# From so many groups on, one separator between all of them says that they are one number.
_MANY_GAPS = 5


def read_signed(
    page: Page, texts: NDArray[np.int32], about: About, *, plain: bool = False
) -> tuple[Readings, NDArray[np.int32]]:
    """Return the telephone numbers of these texts, and the texts that only the plain reader can decide."""
    both, around = both_forms(page, texts), _around_twice(about, texts)
    first = np.arange(0, 2 * len(texts), 2, dtype=np.int32)
    links = links_of(both, first, around, plain=plain)
    scan = scan_texts(both, first, around, links, twice=True, plain=plain)
    readings, undecided = readings_of_scan(both, scan, around, clearest_windows, plain=plain)
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


def both_forms(page: Page, texts: NDArray[np.int32]) -> Page:
    """Return a page of these texts, each followed by its second form."""
    kinds = characters(np.array([code for pair in _LETTERS.values() for code in pair], dtype=np.uint32)).kinds
    columns: list[list[NDArray[Any]]] = [[], [], [], [], []]
    for text in map(int, texts):
        own, there = slice(page.first[text], page.last[text]), slice(page.at[text], page.at[text + 1])
        rows: list[NDArray[Any]] = [
            page.original[own],
            page.original_kinds[own],
            page.folded[there],
            page.kinds[there],
            page.place[there],
        ]
        second: list[NDArray[Any]] = [row.copy() for row in rows]
        for match in _AS_DIGIT.finditer(text_of(page, text)):
            letter, small = _LETTERS[match.group()]
            where, behind = match.start(), rows[4][match.start()]
            second[0][behind], second[1][behind] = letter, kinds[letter]
            second[2][where], second[3][where] = small, kinds[small]
        for column, row, other in zip(columns, rows, second, strict=True):
            column += [row, other]
    original, original_kinds, folded, folded_kinds, place = (np.concatenate(column) for column in columns)
    bounds, at = (np.cumsum([0, *map(len, columns[k])], dtype=np.int64) for k in (0, 2))
    return Page(original, original_kinds, bounds[:-1], bounds[1:], folded, folded_kinds, place, at)


def clearest_windows(page: Page, scan: Scan, windows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the windows of the form of each span that says more, with the places of the first form."""
    parts = scan.parts[windows[:, W_PART]]
    keep = np.ones(len(windows), dtype=np.bool_)
    for text, span in np.unique(parts[parts[:, P_SECOND] != 0][:, [P_TEXT, P_SPAN]], axis=0):
        here = (parts[:, P_TEXT] == text) & (parts[:, P_SPAN] == span)
        first, second = (here & (parts[:, P_SECOND] == form) for form in (0, 1))
        more = _total(scan, windows[second]) > _total(scan, windows[first])
        keep[first if more and not _are_apart(page, scan.atoms, windows[first]) else second] = False
    for text, begin, stop in scan.parts[scan.parts[:, P_SECOND] != 0][:, [P_TEXT, P_FIRST, P_STOP]]:
        scan.atoms[begin:stop, [A_START, A_END]] -= page.at[text + 1] - page.at[text]
    return windows[keep]


def _total(scan: Scan, windows: NDArray[np.int64]) -> int:
    """Return how much these windows say together."""
    size = scan.atoms[windows[:, W_LAST], A_DIGITS_END] - scan.atoms[windows[:, W_FIRST], A_DIGITS]
    return int(((windows[:, W_SCORE] - _WORTHLESS) * size).sum())


def _are_apart(page: Page, atoms: NDArray[np.int64], windows: NDArray[np.int64]) -> bool:
    """Say whether signs are separators here: the same between all groups of every number."""
    gaps = [_gaps(page, atoms, int(first), int(last)) for first, last in windows[:, [W_FIRST, W_LAST]]]
    complete = is_complete(windows).any() or all(len(row) > _MANY_GAPS for row in gaps)
    return bool(gaps) and bool(complete) and all(len(row) > 1 and len(set(row)) == 1 and row[0].strip() for row in gaps)


def _gaps(page: Page, atoms: NDArray[np.int64], first: int, last: int) -> list[str]:
    places = [(atoms[k, A_END], atoms[k + 1, A_START]) for k in range(first, last)]
    return [page.folded[a:b].tobytes().decode("utf-32-le", "surrogatepass") for a, b in places]
