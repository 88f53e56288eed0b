"""From a span to runs: neighbouring figures, number words and look-alikes; the twin of `extract/phone_runs.py`."""

# ruff: noqa: SIM109 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_atoms, phone_runs, phone_words
from felinar.extract.native.characters import DIGIT
from felinar.extract.native.phone_atoms import has_sign, join_words, trim
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
    AS_GUESS,
    AS_WORD,
    C_BEGIN,
    C_DIGITS,
    C_FULL,
    C_LOCAL,
    C_ORIGINAL,
    C_PLUS,
    C_PLUS_RUNS,
    C_ROW,
    C_RUNS,
    C_SECOND,
    C_SIGNS,
    C_SPAN,
    C_STOP,
    C_TEXT,
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
    T_ALIKE,
    T_ALIKE_FOLDED,
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
    U_WIDE,
)
from felinar.extract.native.phone_prefilter import FIGURES, LETTERS, NO_TOKEN, RINGS, next_token
from felinar.extract.native.phone_spans import LOCAL_DIGIT, LOCAL_KIND, LOCAL_MASK, local_row
from felinar.extract.native.phone_words import (
    SAID_COUNT,
    SAID_KIND,
    SAID_MASK,
    SAID_TENS,
    alike_digit,
    read_word,
)
from felinar.kernels.compile import kernel

_WIDE = SCRATCH_COLUMNS
_LONGEST_RUN, _WIDEST_GAP, _LONGEST_SPAN = phone_atoms.LONGEST_RUN, phone_runs.WIDEST_GAP, phone_runs.LONGEST_SPAN
_PLAIN, _LOOKALIKE, _REPEATER = phone_words.PLAIN, phone_words.LOOKALIKE, phone_words.REPEATER
_CONNECTOR, _EXTENSION, _PLUS = phone_words.CONNECTOR, phone_words.EXTENSION, phone_words.PLUS
_FEWEST = 7
PLUS_SIGN, _NEW_LINE = ord("+"), ord("\n")
_LATIN_O, _CYRILLIC_O = ord("o"), ord("о")


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
def is_round(text: Any, start: Any, end: Any) -> Any:
    """Say whether a token is two to four letters o."""
    for k in range(start, end):
        if text[k] != _LATIN_O and text[k] != _CYRILLIC_O:
            return False
    return end - start <= 4


@kernel
def touches_digit(text: Any, kinds: Any, begin: Any, stop: Any, at: Any, end: Any, size: Any) -> Any:
    """Say whether a token of letters may be read as look-alikes here: a digit beside it, or near zeros of letters."""
    before = at > begin and (kinds[at - 1] & DIGIT) != 0
    if before or (end < stop and (kinds[end] & DIGIT) != 0):
        return True
    if size == 1 or not is_round(text, at, end):
        return False
    return (at - 2 >= begin and (kinds[at - 2] & DIGIT) != 0) or (end + 1 < stop and (kinds[end + 1] & DIGIT) != 0)


@kernel
def says(r: Any, kind: Any, count: Any, mask: Any) -> Any:
    """Write what a word says; return its kind."""
    r[R_SAID + SAID_KIND], r[R_SAID + SAID_COUNT], r[R_SAID + SAID_TENS], r[R_SAID + SAID_MASK] = kind, count, 0, mask
    return kind


@kernel
def read_here(t: Any, text: Any, kinds: Any, what: Any, at: Any, end: Any, r: Any) -> Any:
    """Return what a token of letters or rings means here, -1 for nothing; the rest stands in the scratch."""
    size = end - at
    if what == RINGS:
        if size > 1 and not touches_digit(text, kinds, r[C_BEGIN], r[C_STOP], at, end, size):
            return -1
        return says(r, np.int64(_LOOKALIKE), size, np.int64(0))
    if r[C_LOCAL]:
        row = local_row(text, at, end, r)
        if row >= 0:
            r[R_SAID_DIGITS] = r[row + LOCAL_DIGIT]
            return says(r, r[row + LOCAL_KIND], np.int64(r[row + LOCAL_KIND] != _CONNECTOR), r[row + LOCAL_MASK])
    kind = read_word(t, text, at, end, r)
    if kind < 0 or (size > 1 and kind != _LOOKALIKE):
        return kind
    near = touches_digit(text, kinds, r[C_BEGIN], r[C_STOP], at, end, size)
    if size > 1:
        return kind if near else -1
    if near and kind != _LOOKALIKE:
        code = np.int64(text[at])
        if alike_digit(t, t[T_ALIKE], code) >= 0 or alike_digit(t, t[T_ALIKE_FOLDED], code) >= 0:
            return says(r, np.int64(_LOOKALIKE), np.int64(1), np.int64(0))
    return kind


@kernel
def write_alike(  # type: ignore[no-untyped-def]
    t, text, place, original, at, end, used, r
) -> Any:
    """Write the digits that the original letters look like; return how many, 0 where one looks like none."""
    n = 0
    k = max(r[C_BEGIN], at - 1)
    for own in range(place[at], place[end - 1] + 1):
        while k < r[C_STOP] and place[k] < own:
            k += 1
        alone = k < r[C_STOP] and place[k] == own and (k + 1 == r[C_STOP] or place[k + 1] != own)
        digit = alike_digit(t, t[T_ALIKE], np.int64(original[r[C_ORIGINAL] + own]))
        if digit < 0 and alone:
            digit = alike_digit(t, t[T_ALIKE_FOLDED], np.int64(text[k]))
        if digit < 0:
            return 0
        r[used + n] = digit
        n += 1
    return n


@kernel
def write_digits(  # type: ignore[no-untyped-def]
    t, text, place, original, what, kind, at, end, repeat, used, r
) -> Any:
    """Write the digits of a token at `used`; return how many, repeated ones counted."""
    n = end - at
    if what == FIGURES:
        for k in range(n):
            r[used + k] = np.int64(text[at + k]) - 48
        if n > 1:
            return n
    elif what == RINGS:
        for k in range(n):
            r[used + k] = 0
    elif kind == _LOOKALIKE:
        n = write_alike(t, text, place, original, at, end, used, r)
    else:
        n = r[R_SAID + SAID_COUNT]
        for k in range(n):
            r[used + k] = r[R_SAID_DIGITS + k]
    for again in range(1, repeat):
        for k in range(n):
            r[used + again * n + k] = r[used + k]
    return n * repeat


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
    r[C_RUNS] += 1
    r[C_PLUS_RUNS] += r[C_PLUS]
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
        to[A_GAP_AT], to[A_GAP_END] = r[atom + S_GAP], r[atom + S_GAP_END]
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
