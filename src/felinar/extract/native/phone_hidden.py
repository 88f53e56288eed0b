"""Runs without what is masked, labelled or a link, each with its hints: the twin of `_read` in `phone_lines.py`."""

# ruff: noqa: SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone, phone_lines
from felinar.extract.native.characters import SPACE
from felinar.extract.native.fetch import A_LINE, fetched
from felinar.extract.native.phone_around import (
    after_numero,
    has_cue,
    is_odd,
    labelled_end,
    language_region_of,
    ordered_points,
    words_before,
)
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_ENDS,
    A_GAP_AT,
    A_GAP_END,
    A_KIND,
    A_START,
    AS_DIGITS,
    C_BEGIN,
    C_FIELD,
    C_LANGUAGE,
    C_LINK,
    C_LINK_STOP,
    C_ORIGINAL,
    C_SHIFT,
    C_SIGNS,
    C_STOP,
    DECLINED,
    L_END,
    L_START,
    MOST_HIDDEN,
    N_PARTS,
    N_PIECES,
    P_AMOUNT,
    P_CUE,
    P_FIRST,
    P_LETTER_AFTER,
    P_LETTER_BEFORE,
    P_NUMBER,
    P_ODD,
    P_ORDERED,
    P_PIECE,
    P_PIECE_STOP,
    P_PLUS,
    P_PLUS_NUMBER,
    P_REGION,
    P_SECOND,
    P_SPAN,
    P_STOP,
    P_TEXT,
    P_TRIED,
    P_UNITS,
    P_WIDE,
    PART_COLUMNS,
    R_HIDDEN,
    R_UNITS,
    U_FIRST,
    U_LETTER_AFTER,
    U_LETTER_BEFORE,
    U_NUMBER,
    U_PLUS,
    U_PLUS_NUMBER,
    U_ROW,
    U_SECOND,
    U_SIGNS,
    U_SPAN,
    U_STOP,
    U_TEXT,
    U_TRIED,
    U_WIDE,
)
from felinar.extract.native.phone_groups import DECLINES, X_FIELD, X_LANGUAGE, X_LINK, X_LINK_STOP
from felinar.extract.native.phone_masks import write_masked, write_units
from felinar.extract.native.phone_trim import trim_atoms
from felinar.extract.native.readings import FIELDS
from felinar.kernels.compile import kernel

_HIDDEN, _UNITS = np.int64(R_HIDDEN), np.int64(R_UNITS)
_MOST_RUNS = phone.MOST_RUNS
# How many runs ahead their characters are fetched, and how far beside a run.
_AHEAD, _BESIDE, _BEHIND = 4, np.uint64(48), np.uint64(16)
_ENDS = np.array([ord(sign) for sign in phone_lines.ENDS if sign], dtype=np.int64)
_CONTACT = FIELDS.index("contact_text")


@kernel
def write_parts(  # type: ignore[no-untyped-def]
    text, kinds, place, original, original_kinds, bounds, originals, context, links, t, r, atoms, digits, runs,
    parts, pieces, sizes, state,
) -> None:  # fmt: skip
    """Write the parts of all runs, and their pieces without figures with a unit.

    No text is read beyond its first MOST_RUNS runs, nor beyond so many of spans with a plus where only these count.
    """
    r[N_PARTS], r[N_PIECES] = 0, 0
    for k in range(len(runs)):
        if k + _AHEAD < len(runs):
            fetch_run(text, kinds, place, original, original_kinds, bounds, originals, atoms, runs[k + _AHEAD])
        run = runs[k]
        row = run[U_ROW]
        if run[U_NUMBER] >= _MOST_RUNS and (run[U_PLUS] == 0 or run[U_PLUS_NUMBER] >= _MOST_RUNS):
            continue
        if state[row] & DECLINES:
            continue
        at = run[U_TEXT] + run[U_SECOND]
        r[C_BEGIN], r[C_STOP], r[C_ORIGINAL], r[C_SIGNS] = bounds[at], bounds[at + 1], originals[at], run[U_SIGNS]
        r[C_SHIFT] = bounds[at] - bounds[run[U_TEXT]]
        r[C_FIELD], r[C_LANGUAGE] = context[row, X_FIELD] == _CONTACT, context[row, X_LANGUAGE]
        r[C_LINK], r[C_LINK_STOP], r[DECLINED] = context[row, X_LINK], context[row, X_LINK_STOP], 0
        write_run(t, text, kinds, place, original, original_kinds, links, atoms, digits, run, parts, pieces, r)
        if r[DECLINED]:
            state[row] |= DECLINES
    sizes[0], sizes[1] = r[N_PARTS], r[N_PIECES]


@kernel
def fetch_run(  # type: ignore[no-untyped-def]
    text, kinds, place, original, original_kinds, bounds, originals, atoms, run
) -> None:
    """Have the characters of a run and around it brought to the cache of the processor."""
    number = run[U_TEXT] + run[U_SECOND]
    begin = np.uint64(bounds[number])
    start, end = np.uint64(atoms[run[U_FIRST], A_START]), np.uint64(atoms[run[U_STOP] - 1, A_END])
    left, right = max(begin, start - min(start, _BESIDE)), end + _BEHIND
    for k in range(left, right, A_LINE):
        fetched(text, k)
        fetched(kinds, k)
    fetched(place, start)
    fetched(place, end)
    own = np.uint64(originals[number]) + (start - begin)
    for k in range(own, own + (end - start) + A_LINE, A_LINE):
        fetched(original, k)
        fetched(original_kinds, k)


@kernel
def write_run(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, original_kinds, links, atoms, digits, run, parts, pieces, r
) -> None:
    """Write the parts of a run between what is hidden."""
    low, high = run[U_FIRST], run[U_STOP]
    start, end = atoms[low, A_START], atoms[high - 1, A_END]
    words = words_before(t, text, kinds, r[C_BEGIN], start, r)
    n = write_hidden(t, text, kinds, place, original, links, start, end, words, r)
    if n >= MOST_HIDDEN:
        r[DECLINED] = 1
        return
    if n == 0:
        write_part(
            t, text, kinds, place, original, original_kinds, atoms, digits, run, low, high, words, parts, pieces, r
        )
        return
    first = low
    run[U_LETTER_BEFORE], run[U_LETTER_AFTER] = 0, 0
    for k in range(low, high + 1):
        if k == high or is_hidden(atoms, k, _HIDDEN, n, r):
            if first < k:
                some, last = trim_atoms(text, digits, atoms, first, k)
                if some < last:
                    words = words_before(t, text, kinds, r[C_BEGIN], atoms[some, A_START], r)
                    write_part(
                        t, text, kinds, place, original, original_kinds, atoms, digits, run, some, last, words, parts,
                        pieces, r,
                    )  # fmt: skip
            first = k + 1


@kernel
def is_hidden(atoms: Any, atom: Any, hidden: Any, n: Any, r: Any) -> Any:
    """Say whether one of the n stretches at `hidden` touches an atom."""
    start, end = atoms[atom, A_START], atoms[atom, A_END]
    for k in range(hidden, hidden + 2 * n, 2):
        if r[k] < end and start < r[k + 1]:
            return True
    return False


@kernel
def write_hidden(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, links, start, end, words, r
) -> Any:
    """Write the stretches that are masked, read as links or labelled as something else; return how many."""
    begin, stop = r[C_BEGIN], r[C_STOP]
    n = write_masked(t, text, kinds, begin, stop, start, end, r[C_SIGNS], r)
    shift = r[C_SHIFT]  # links stand in the first form
    for k in range(first_link(links, r[C_LINK], r[C_LINK_STOP], start - shift), r[C_LINK_STOP]):
        if links[k, L_START] + shift >= end or n == MOST_HIDDEN:
            break
        r[R_HIDDEN + 2 * n], r[R_HIDDEN + 2 * n + 1] = links[k, L_START] + shift, links[k, L_END] + shift
        n += 1
    first = r[C_ORIGINAL]
    numero = after_numero(original, first, first + place[start])
    until = labelled_end(t, text, kinds, begin, stop, start, words, numero, r)
    if until > start and n < MOST_HIDDEN:
        r[R_HIDDEN + 2 * n], r[R_HIDDEN + 2 * n + 1] = start, until
        n += 1
    return n


@kernel
def first_link(links: Any, low: Any, high: Any, start: Any) -> Any:
    """Return the first of the links low to high - 1 that ends behind this place."""
    while low < high:
        middle = (low + high) // 2
        if links[middle, L_END] > start:
            high = middle
        else:
            low = middle + 1
    return low


@kernel
def write_part(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, original_kinds, atoms, digits, run, low, high, words, parts, pieces, r
) -> None:
    """Write one part of a run with its hints, and its pieces without figures with a unit."""
    begin, stop = r[C_BEGIN], r[C_STOP]
    start, end = atoms[low, A_START], atoms[high - 1, A_END]
    row = parts[r[N_PARTS]]
    r[N_PARTS] += 1
    row[P_TEXT], row[P_FIRST], row[P_STOP] = run[U_TEXT], low, high
    row[P_LETTER_BEFORE], row[P_LETTER_AFTER] = run[U_LETTER_BEFORE], run[U_LETTER_AFTER]
    row[P_CUE] = np.int64(has_cue(t, text, kinds, stop, end, words, r)) + 2 * r[C_FIELD]
    row[P_ORDERED] = ordered_points(text, kinds, begin, start, words, r)
    left, right = r[C_ORIGINAL] + place[start], r[C_ORIGINAL] + place[end - 1] + 1
    row[P_ODD] = is_odd(text, original, original_kinds, atoms, low, high, left, right)
    row[P_REGION] = language_region_of(t, atoms, low, high, r[C_LANGUAGE])
    row[P_SPAN], row[P_PLUS], row[P_WIDE], row[P_SECOND] = run[U_SPAN], run[U_PLUS], run[U_WIDE], run[U_SECOND]
    row[P_NUMBER], row[P_PLUS_NUMBER], row[P_TRIED] = run[U_NUMBER], run[U_PLUS_NUMBER], run[U_TRIED]
    atoms[high - 1, A_ENDS] = end == stop or ends_sentence(np.int64(text[end]))
    n = write_units(t, text, kinds, begin, stop, start, end, r)
    row[P_UNITS], row[P_PIECE], row[P_AMOUNT] = n > 0, r[N_PIECES], 0
    if n:
        write_pieces(text, digits, atoms, row, low, high, n, pieces, r)
        row[P_AMOUNT] = high - low > 1 and is_amount(t, text, kinds, atoms, high - 1, r)
    row[P_PIECE_STOP] = r[N_PIECES]


@kernel
def ends_sentence(code: Any) -> Any:
    """Say whether this sign behind the last digit ends a line or a sentence, as `phone_lines.ENDS`."""
    for sign in _ENDS:
        if sign == code:
            return True
    return False


@kernel
def write_pieces(  # type: ignore[no-untyped-def]
    text, digits, atoms, row, low, high, n, pieces, r
) -> None:
    """Write the pieces of a part between the n stretches that are figures with a unit."""
    begin = low
    for k in range(low, high + 1):
        if k == high or is_hidden(atoms, k, _UNITS, n, r):
            if begin < k:
                some, last = trim_atoms(text, digits, atoms, begin, k)
                if some < last:
                    piece = pieces[r[N_PIECES]]
                    for column in range(PART_COLUMNS):
                        piece[column] = row[column]
                    piece[P_FIRST], piece[P_STOP] = some, last
                    piece[P_LETTER_BEFORE], piece[P_LETTER_AFTER], piece[P_UNITS] = 0, 0, 0
                    piece[P_PIECE], piece[P_PIECE_STOP], piece[P_AMOUNT] = 0, 0, 0
                    r[N_PIECES] += 1
            begin = k + 1


@kernel
def is_amount(t: Any, text: Any, kinds: Any, atoms: Any, last: Any, r: Any) -> Any:
    """Say whether the last atom is a figure with a unit behind blanks, as `_before_unit` asks."""
    gap, gap_end = atoms[last, A_GAP_AT], atoms[last, A_GAP_END]
    if atoms[last, A_KIND] != AS_DIGITS or atoms[last, A_DIGITS_END] - atoms[last, A_DIGITS] > 6 or gap == gap_end:
        return False
    for k in range(gap, gap_end):
        if not kinds[k] & SPACE:
            return False
    n = write_units(t, text, kinds, r[C_BEGIN], r[C_STOP], atoms[last, A_START], atoms[last, A_END], r)
    return n > 0 and r[R_UNITS] == atoms[last, A_START]
