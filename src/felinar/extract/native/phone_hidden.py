"""Runs without what is masked, labelled or a link, each with its hints: the twin of `_read` in `phone_lines.py`."""

# ruff: noqa: SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.characters import SPACE
from felinar.extract.native.phone_around import (
    after_numero,
    has_cue,
    is_odd,
    is_ordered,
    labelled_end,
    language_region_of,
    words_before,
)
from felinar.extract.native.phone_atoms import trim
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_GAP_AT,
    A_GAP_END,
    A_KIND,
    A_LANGUAGES,
    A_PLUS,
    A_START,
    A_WORD,
    A_WORD_SIZE,
    AS_DIGITS,
    ATOM_COLUMNS,
    C_BEGIN,
    C_FIELD,
    C_LANGUAGE,
    C_LINK,
    C_LINK_STOP,
    C_ORIGINAL,
    C_PLUS,
    C_SECOND,
    C_SPAN,
    C_STOP,
    C_TEXT,
    C_WIDE,
    DECLINED,
    L_END,
    L_START,
    MOST_HIDDEN,
    N_ATOMS,
    N_DIGITS,
    N_PARTS,
    N_PIECES,
    N_RUN_ATOMS,
    P_AMOUNT,
    P_CUE,
    P_FIRST,
    P_LETTER_AFTER,
    P_LETTER_BEFORE,
    P_ODD,
    P_ORDERED,
    P_PIECE,
    P_PIECE_STOP,
    P_PLUS,
    P_REGION,
    P_SECOND,
    P_SPAN,
    P_STOP,
    P_TEXT,
    P_UNITS,
    P_WIDE,
    PART_COLUMNS,
    R_ATOMS,
    R_HIDDEN,
    R_OUT_ATOMS,
    R_OUT_DIGITS,
    R_OUT_PARTS,
    R_OUT_PIECES,
    R_UNITS,
    S_COUNT,
    S_DIGITS,
    S_END,
    S_GAP,
    S_GAP_END,
    S_KIND,
    S_LANGUAGES,
    S_PLUS,
    S_START,
    S_WORD,
    S_WORD_SIZE,
    SCRATCH_COLUMNS,
    TEXT_DIGITS,
    TEXT_PARTS,
)
from felinar.extract.native.phone_masks import write_masked, write_units
from felinar.kernels.compile import kernel

_WIDE = SCRATCH_COLUMNS
_HIDDEN, _UNITS, _NO = np.int64(R_HIDDEN), np.int64(R_UNITS), np.int64(0)
# With more atoms in a text the budget of the plain reader might bind: 11 windows begin at an atom at most.
_MOST_ATOMS = 2500


@kernel
def is_hidden(r: Any, atom: Any, hidden: Any, n: Any) -> Any:
    """Say whether one of the n stretches at `hidden` touches an atom."""
    start, end = r[R_ATOMS + _WIDE * atom + S_START], r[R_ATOMS + _WIDE * atom + S_END]
    for k in range(hidden, hidden + 2 * n, 2):
        if r[k] < end and start < r[k + 1]:
            return True
    return False


@kernel
def take_run(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, original_kinds, links, low, high, before, after, r
) -> None:
    """Trim a run of scratch atoms and write its parts."""
    low, high, letter_before, letter_after = trim(text, low, high, before, after, r)
    if low == high:
        return
    r[N_RUN_ATOMS] += high - low
    n = write_hidden(t, text, kinds, place, original, links, low, high, r)
    if n >= MOST_HIDDEN or r[N_RUN_ATOMS] > _MOST_ATOMS or r[N_PARTS] + high - low > TEXT_PARTS:
        r[DECLINED] = 1
        return
    first = low
    for k in range(low, high + 1):
        if k == high or is_hidden(r, k, _HIDDEN, n):
            some, last = first, k
            if n and first < k:
                some, last, letter_before, letter_after = trim(text, first, k, _NO, _NO, r)
            if some < last:
                write_part(
                    t,
                    text,
                    kinds,
                    place,
                    original,
                    original_kinds,
                    some,
                    last,
                    np.int64(letter_before),
                    np.int64(letter_after),
                    r,
                )
            first = k + 1


@kernel
def write_hidden(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, links, low, high, r
) -> Any:
    """Write the stretches that are masked, read as links or labelled as something else; return how many."""
    begin, stop = r[C_BEGIN], r[C_STOP]
    start, end = r[R_ATOMS + _WIDE * low + S_START], r[R_ATOMS + _WIDE * (high - 1) + S_END]
    n = write_masked(t, text, kinds, begin, stop, start, end, r)
    for k in range(r[C_LINK], r[C_LINK_STOP]):
        if links[k, L_START] < end and links[k, L_END] > start and n < MOST_HIDDEN:
            r[R_HIDDEN + 2 * n], r[R_HIDDEN + 2 * n + 1] = links[k, L_START], links[k, L_END]
            n += 1
    words = words_before(t, text, kinds, begin, start, r)
    first = r[C_ORIGINAL]
    numero = after_numero(original, first, first + place[start])
    until = labelled_end(t, text, kinds, begin, stop, start, words, numero, r)
    if until > start and n < MOST_HIDDEN:
        r[R_HIDDEN + 2 * n], r[R_HIDDEN + 2 * n + 1] = start, until
        n += 1
    return n


@kernel
def write_atoms(low: Any, high: Any, r: Any) -> None:
    """Write the scratch atoms low to high - 1 behind those of the text."""
    for k in range(low, high):
        atom, used = R_ATOMS + _WIDE * k, r[N_DIGITS]
        row, count = R_OUT_ATOMS + ATOM_COLUMNS * r[N_ATOMS], r[atom + S_COUNT]
        r[row + A_START], r[row + A_END], r[row + A_KIND] = r[atom + S_START], r[atom + S_END], r[atom + S_KIND]
        r[row + A_DIGITS], r[row + A_DIGITS_END] = used, used + count
        r[row + A_PLUS], r[row + A_WORD] = r[atom + S_PLUS], r[atom + S_WORD]
        r[row + A_LANGUAGES], r[row + A_WORD_SIZE] = r[atom + S_LANGUAGES], r[atom + S_WORD_SIZE]
        r[row + A_GAP_AT], r[row + A_GAP_END] = r[atom + S_GAP], r[atom + S_GAP_END]
        for digit in range(count):
            r[R_OUT_DIGITS + used + digit] = r[r[atom + S_DIGITS] + digit]
        r[N_ATOMS] += 1
        r[N_DIGITS] = used + count


@kernel
def write_part(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, original_kinds, low, high, before, after, r
) -> None:
    """Write one part of a run with its hints, its atoms and its pieces without figures with a unit."""
    begin, stop = r[C_BEGIN], r[C_STOP]
    start, end = r[R_ATOMS + _WIDE * low + S_START], r[R_ATOMS + _WIDE * (high - 1) + S_END]
    row = R_OUT_PARTS + PART_COLUMNS * r[N_PARTS]
    r[N_PARTS] += 1
    r[row + P_TEXT], r[row + P_FIRST], r[row + P_STOP] = r[C_TEXT], r[N_ATOMS], r[N_ATOMS] + high - low
    if r[N_DIGITS] > TEXT_DIGITS - 128:
        r[DECLINED] = 1
        return
    write_atoms(low, high, r)
    words = words_before(t, text, kinds, begin, start, r)
    r[row + P_LETTER_BEFORE], r[row + P_LETTER_AFTER] = before, after
    r[row + P_CUE] = np.int64(has_cue(t, text, kinds, stop, end, words, r)) + 2 * r[C_FIELD]
    r[row + P_ORDERED] = is_ordered(text, kinds, begin, start, words, r)
    left, right = r[C_ORIGINAL] + place[start], r[C_ORIGINAL] + place[end - 1] + 1
    r[row + P_ODD] = is_odd(text, original, original_kinds, low, high, left, right, r)
    r[row + P_REGION] = language_region_of(t, low, high, r[C_LANGUAGE], r)
    r[row + P_SPAN], r[row + P_PLUS], r[row + P_WIDE], r[row + P_SECOND] = r[C_SPAN], r[C_PLUS], r[C_WIDE], r[C_SECOND]
    n = write_units(t, text, kinds, begin, stop, start, end, r)
    r[row + P_UNITS], r[row + P_PIECE] = n > 0, r[N_PIECES]
    r[row + P_AMOUNT] = 0
    if n:
        write_pieces(text, row, low, high, n, r)
        r[row + P_AMOUNT] = high - low > 1 and is_amount(t, text, kinds, high - 1, r)
    r[row + P_PIECE_STOP] = r[N_PIECES]


@kernel
def write_pieces(text: Any, row: Any, low: Any, high: Any, n: Any, r: Any) -> None:
    """Write the pieces of a part between the n stretches that are figures with a unit."""
    begin = low
    for k in range(low, high + 1):
        if k == high or is_hidden(r, k, _UNITS, n):
            if begin < k:
                some, last, _, _ = trim(text, begin, k, _NO, _NO, r)
                if some < last:
                    piece = R_OUT_PIECES + PART_COLUMNS * r[N_PIECES]
                    for column in range(PART_COLUMNS):
                        r[piece + column] = r[row + column]
                    r[piece + P_FIRST], r[piece + P_STOP] = r[row + P_FIRST] + some - low, r[row + P_FIRST] + last - low
                    r[piece + P_LETTER_BEFORE], r[piece + P_LETTER_AFTER], r[piece + P_UNITS] = 0, 0, 0
                    r[piece + P_PIECE], r[piece + P_PIECE_STOP], r[piece + P_AMOUNT] = 0, 0, 0
                    r[N_PIECES] += 1
            begin = k + 1


@kernel
def is_amount(t: Any, text: Any, kinds: Any, last: Any, r: Any) -> Any:
    """Say whether the last atom is a figure with a unit behind blanks, as `_before_unit` asks."""
    atom = R_ATOMS + _WIDE * last
    if r[atom + S_KIND] != AS_DIGITS or r[atom + S_COUNT] > 6 or r[atom + S_GAP] == r[atom + S_GAP_END]:
        return False
    for k in range(r[atom + S_GAP], r[atom + S_GAP_END]):
        if not kinds[k] & SPACE:
            return False
    n = write_units(t, text, kinds, r[C_BEGIN], r[C_STOP], r[atom + S_START], r[atom + S_END], r)
    return n > 0 and r[R_UNITS] == r[atom + S_START]
