"""From a span to runs: neighbouring figures, number words and look-alikes; the twin of `extract/phone_runs.py`."""

# ruff: noqa: SIM109 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_atoms, phone_runs, phone_words
from felinar.extract.native.phone_atoms import has_sign, join_words, trim
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_ENDS,
    A_GAP_AT,
    A_GAP_END,
    A_KIND,
    A_LANGUAGES,
    A_PLUS,
    A_START,
    A_WORD,
    A_WORD_SIZE,
    AS_DIGITS,
    AS_GUESS,
    AS_WORD,
    C_BEGIN,
    C_DIGITS,
    C_FULL,
    C_PLUS,
    C_PLUS_RUNS,
    C_ROW,
    C_RUNS,
    C_SECOND,
    C_SIGNS,
    C_SPAN,
    C_TEXT,
    C_TRIED,
    C_WIDE,
    MOST_ATOMS,
    N_ATOMS,
    N_DIGITS,
    N_RUNS,
    R_ATOMS,
    R_SAID,
    R_SAID_DIGITS,
    S_CONNECTED,
    S_COUNT,
    S_DIGITS,
    S_END,
    S_GAP,
    S_GAP_END,
    S_KIND,
    S_LANGUAGES,
    S_PLUS,
    S_START,
    S_TENS,
    S_WORD,
    S_WORD_SIZE,
    SCRATCH_COLUMNS,
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
from felinar.extract.native.phone_prefilter import FIGURES, LETTERS, NO_TOKEN, RINGS, next_token
from felinar.extract.native.phone_tokens import read_here, write_digits
from felinar.extract.native.phone_vocabulary import SAID_COUNT, SAID_MASK, SAID_TENS
from felinar.kernels.compile import kernel

_WIDE = SCRATCH_COLUMNS
_LONGEST_RUN, _WIDEST_GAP, _LONGEST_SPAN = phone_atoms.LONGEST_RUN, phone_runs.WIDEST_GAP, phone_runs.LONGEST_SPAN
_PLAIN, _ORDINARY, _REPEATER = phone_words.PLAIN, phone_words.ORDINARY, phone_words.REPEATER
_CONNECTOR, _EXTENSION, _PLUS = phone_words.CONNECTOR, phone_words.EXTENSION, phone_words.PLUS
_FEWEST, _LEAST_BARRED = 7, phone_runs.LEAST_BARRED
PLUS_SIGN, _NEW_LINE, _BLANK, _BAR = map(ord, "+\n |")


@kernel
def ends_run(text: Any, gap: Any, at: Any) -> Any:
    """Say whether what stands between two tokens ends a run: a wide gap, a plus, an empty line."""
    if at - gap > _WIDEST_GAP:
        return True
    for k in range(gap, at):
        if text[k] == PLUS_SIGN or (text[k] == _NEW_LINE and k + 1 < at and text[k + 1] == _NEW_LINE):
            return True
    return False


@kernel
def is_bar(text: Any, gap: Any, at: Any) -> Any:
    """Say whether a bar between two blanks stands here and nothing else."""
    return at - gap == 3 and text[gap] == _BLANK and text[gap + 1] == _BAR and text[gap + 2] == _BLANK


@kernel
def is_barred(text: Any, n: Any, r: Any) -> Any:
    """Say whether a bar parts a word from a number in figures, as `_is_barred`."""
    if r[R_ATOMS + _WIDE * (n - 1) + S_KIND] != AS_DIGITS:
        return False
    size = np.int64(0)
    for row in range(R_ATOMS, R_ATOMS + _WIDE * n, _WIDE):
        if is_bar(text, r[row + S_GAP], r[row + S_GAP_END]):
            return False
        size += r[row + S_COUNT]
    return size >= _LEAST_BARRED


@kernel
def write_atom(  # type: ignore[no-untyped-def]
    text, n, what, kind, first, at, gap, plus, connected, used, count, r
) -> None:
    """Write a row of the scratch."""
    row = R_ATOMS + _WIDE * n
    r[row + S_START], r[row + S_END], r[row + S_GAP], r[row + S_GAP_END] = first, at, gap, first
    r[row + S_DIGITS], r[row + S_COUNT] = used, count
    r[row + S_PLUS] = plus or has_sign(text, PLUS_SIGN, max(gap, first - 3), first)
    if what == FIGURES:
        r[row + S_KIND], r[row + S_WORD], r[row + S_WORD_SIZE] = AS_DIGITS, -1, 0
        r[row + S_TENS], r[row + S_LANGUAGES], r[row + S_CONNECTED] = 0, 0, 0
    else:
        r[row + S_KIND] = AS_WORD if kind == _PLAIN else AS_GUESS
        r[row + S_WORD], r[row + S_WORD_SIZE], r[row + S_CONNECTED] = kind, r[R_SAID + SAID_COUNT], connected
        r[row + S_TENS], r[row + S_LANGUAGES] = r[R_SAID + SAID_TENS], r[R_SAID + SAID_MASK]


@kernel
def close_run(
    text: Any, n: Any, used: Any, before: Any, after: Any, r: Any, atoms: Any, runs: Any, digits: Any
) -> None:
    """Take the run that n neighbouring atoms make, or the pieces of a long row; as `closed`."""
    if n == 0 or (n == 1 and (r[R_ATOMS + S_COUNT] < 7 or r[R_ATOMS + S_COUNT] > _LONGEST_RUN)):
        return
    n = join_words(text, n, used, r)
    total = 0
    for k in range(n):
        total += r[R_ATOMS + _WIDE * k + S_COUNT]
    long = total > _LONGEST_RUN
    low: Any = np.int64(0)
    size: Any = np.int64(0)
    for k in range(n):
        atom, after_it = R_ATOMS + _WIDE * k, R_ATOMS + _WIDE * (k + 1)
        size += r[atom + S_COUNT]
        ends = k + 1 == n
        if long and not ends:
            ends = r[after_it + S_START] - r[atom + S_END] > 1 or r[after_it + S_PLUS] != 0 or r[atom + S_COUNT] >= 7
        if ends:
            if size <= _LONGEST_RUN and size >= _FEWEST:
                take_run(
                    text, low, k + 1, np.int64(0) if long else before, np.int64(0) if long else after,
                    r, atoms, runs, digits,
                )  # fmt: skip
            low, size = k + 1, 0


@kernel
def take_run(  # type: ignore[no-untyped-def]
    text, low, high, before, after, r, atoms, runs, digits
) -> None:
    """Trim a run of scratch atoms, and write what is left of it behind the runs before."""
    low, high, letter_before, letter_after = trim(text, low, high, before, after, r)
    if low == high:
        return
    if r[N_ATOMS] + high - low > len(atoms) or r[N_RUNS] == len(runs) or r[N_DIGITS] + _LONGEST_RUN > len(digits):
        r[C_FULL] = 1
        return
    row = runs[r[N_RUNS]]
    r[N_RUNS] += 1
    row[U_TEXT], row[U_ROW], row[U_FIRST], row[U_STOP] = r[C_TEXT], r[C_ROW], r[N_ATOMS], r[N_ATOMS] + high - low
    row[U_LETTER_BEFORE], row[U_LETTER_AFTER] = letter_before, letter_after
    row[U_SPAN], row[U_PLUS], row[U_WIDE], row[U_SECOND] = r[C_SPAN], r[C_PLUS], r[C_WIDE], r[C_SECOND]
    row[U_NUMBER], row[U_PLUS_NUMBER], row[U_SIGNS] = r[C_RUNS], r[C_PLUS_RUNS], r[C_SIGNS]
    row[U_TRIED] = r[C_TRIED]
    r[C_RUNS] += 1 - r[C_WIDE]
    r[C_PLUS_RUNS] += r[C_PLUS] * (1 - r[C_WIDE])
    used = r[N_DIGITS]
    for k in range(low, high):
        atom, count = R_ATOMS + _WIDE * k, r[R_ATOMS + _WIDE * k + S_COUNT]
        to = atoms[r[N_ATOMS]]
        r[N_ATOMS] += 1
        to[A_START], to[A_END], to[A_KIND], to[A_PLUS] = (
            r[atom + S_START], r[atom + S_END], r[atom + S_KIND], r[atom + S_PLUS],
        )  # fmt: skip
        to[A_DIGITS], to[A_DIGITS_END] = used, used + count
        to[A_WORD], to[A_LANGUAGES], to[A_WORD_SIZE] = (
            r[atom + S_WORD], r[atom + S_LANGUAGES], r[atom + S_WORD_SIZE],
        )  # fmt: skip
        to[A_GAP_AT], to[A_GAP_END], to[A_ENDS] = r[atom + S_GAP], r[atom + S_GAP_END], 0
        for digit in range(count):
            digits[used + digit] = r[r[atom + S_DIGITS] + digit]
        used += count
    r[N_DIGITS] = used


@kernel
def read_span(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, start, end, r, atoms, runs, digits
) -> None:
    """Read the runs of the span text[start:end] and write their parts."""
    n = np.int64(0)
    used = r[C_DIGITS]
    repeat = np.int64(1)
    plus: Any = False
    letter: Any = False
    connected = letters = False
    gap = max(r[C_BEGIN], start - 3)
    at = start
    end = min(end, start + _LONGEST_SPAN)
    while True:
        what, first, at = next_token(text, kinds, at, end)
        spoken = what == LETTERS or what == RINGS
        kind = np.int64(-1)
        if spoken:
            kind = read_here(t, text, kinds, what, first, at, r)
        breaks = spoken and (kind < 0 or kind >= _EXTENSION)
        apart = what == NO_TOKEN or (n > 0 and (n >= MOST_ATOMS or ends_run(text, gap, first)))
        if n and kind >= 0 and kind <= _ORDINARY and is_bar(text, gap, first):
            apart = apart or is_barred(text, n, r)
        if apart or breaks:
            if n:
                after = breaks and not apart and gap == first
                close_run(text, n, used, np.int64(letters), np.int64(after), r, atoms, runs, digits)
                n = np.int64(0)
                used = r[C_DIGITS]
            if what == NO_TOKEN or r[C_FULL]:
                return
            repeat = np.int64(1)
            connected = letters = False
            plus, letter = breaks and kind == _PLUS, breaks
        if breaks:
            pass
        elif kind == _REPEATER:
            repeat = r[R_SAID_DIGITS]
        elif kind == _CONNECTOR:
            connected = True
        else:
            if n == 0:
                letters = gap == first and letter
            count = write_digits(t, text, place, original, what, kind, first, at, repeat, used, r)
            write_atom(text, n, what, kind, first, at, gap, plus, connected, used, count, r)
            used += count
            n += 1
            repeat, plus, connected = np.int64(1), False, False
        gap = at
