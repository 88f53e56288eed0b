"""Spans that are read in several forms: which of them says what is meant, the twin of `clearest` and `read_span`.

A span with misspelt number words beside it is read with them too, one with signs that look like digits also with
letters in their places. Behind each other stand the windows of the first form, those of the second, and those of both
with what stands beside them.
"""

# ruff: noqa: SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import SPACE
from felinar.extract.native.page import Page
from felinar.extract.native.phone_choice import W_PART, W_TEXT, is_complete
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_START,
    P_FIRST,
    P_SECOND,
    P_SPAN,
    P_STOP,
    P_TEXT,
    P_WIDE,
)
from felinar.extract.native.phone_score import W_FIRST, W_LAST, W_SCORE
from felinar.kernels.compile import kernel

# Worth of a window in `total` (phone_lines.py): its score above this, for each digit.
_WORTHLESS = 30
# From so many groups on, one separator between all of them says that they are one number.
_MANY_GAPS = 5


def clearest_windows(
    page: Page, atoms: NDArray[np.int64], parts: NDArray[np.int64], windows: NDArray[np.int64], *, plain: bool = False
) -> NDArray[np.int64]:
    """Return the windows of the form of each span that says most."""
    if not parts[:, [P_SECOND, P_WIDE]].any():
        return windows
    keep = np.ones(len(windows), dtype=np.bool_)
    (choose_forms.plain if plain else choose_forms)(page.folded, page.kinds, atoms, parts, windows, keep)
    return windows[keep]


def move_to_first(page: Page, atoms: NDArray[np.int64], parts: NDArray[np.int64]) -> None:
    """Give the atoms of second forms the places of the first form, which stands before it."""
    for text, first, stop in parts[parts[:, P_SECOND] != 0][:, [P_TEXT, P_FIRST, P_STOP]]:
        atoms[first:stop, [A_START, A_END]] -= page.at[text + 1] - page.at[text]


@kernel
def choose_forms(  # type: ignore[no-untyped-def]
    folded, kinds, atoms, parts, windows, keep
) -> None:
    """Drop the windows of the forms of each span that say less."""
    totals = np.zeros((2, 2), dtype=np.int64)
    first = 0
    while first < len(windows):
        text, span = windows[first, W_TEXT], parts[windows[first, W_PART], P_SPAN]
        totals[:] = 0
        stop = first
        while stop < len(windows) and windows[stop, W_TEXT] == text and parts[windows[stop, W_PART], P_SPAN] == span:
            row, part = windows[stop], parts[windows[stop, W_PART]]
            size = atoms[row[W_LAST], A_DIGITS_END] - atoms[row[W_FIRST], A_DIGITS]
            totals[part[P_SECOND], part[P_WIDE]] += (row[W_SCORE] - _WORTHLESS) * size
            stop += 1
        for form in range(2):
            gone = 0 if totals[form, 1] > totals[form, 0] else 1
            drop(parts, windows, keep, first, stop, P_WIDE, gone, form)
            totals[form, 0] = max(totals[form, 0], totals[form, 1])
        if totals[1, 0] > totals[0, 0] and not are_apart(folded, kinds, atoms, parts, windows, keep, first, stop):
            drop(parts, windows, keep, first, stop, P_SECOND, 0, 0)
        else:
            drop(parts, windows, keep, first, stop, P_SECOND, 1, 1)
        first = stop


@kernel
def drop(  # type: ignore[no-untyped-def]
    parts, windows, keep, first, stop, column, gone, form
) -> None:
    """Drop the windows of a form whose parts have this value."""
    for k in range(first, stop):
        part = parts[windows[k, W_PART]]
        if part[P_SECOND] == form and part[column] == gone:
            keep[k] = False


@kernel
def are_apart(  # type: ignore[no-untyped-def]
    folded, kinds, atoms, parts, windows, keep, first, stop
) -> Any:
    """Say whether signs are separators in the first form here: the same between all groups of every number."""
    some = False
    complete = False
    long = True
    for k in range(first, stop):
        row = windows[k]
        if parts[row[W_PART], P_SECOND] or not keep[k]:
            continue
        some = True
        complete = complete or is_complete(row)
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
