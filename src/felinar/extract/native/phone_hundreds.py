"""Hundreds among the words of a number, natively: the twin of `_join_hundreds` of `extract/phone_joining.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.phone_columns import (
    R_ATOMS,
    S_CONNECTED,
    S_COUNT,
    S_DIGITS,
    S_GAP,
    S_GAP_END,
    S_TENS,
    S_WORD,
    SCRATCH_COLUMNS,
)
from felinar.extract.native.phone_vocabulary import SAYS_HUNDREDS, SMALL, TAKES_TIMES
from felinar.extract.phone_words import ORDINARY
from felinar.kernels.compile import kernel

_WIDE, _COMMA, _ORDINARY = SCRATCH_COLUMNS, ord(","), ORDINARY


@kernel
def is_apart(text: Any, at: Any, r: Any) -> Any:
    """Say whether a comma says that a new number begins here."""
    atom = R_ATOMS + _WIDE * at
    if r[atom + S_CONNECTED] == 0:
        for k in range(r[atom + S_GAP], r[atom + S_GAP_END]):
            if text[k] == _COMMA:
                return True
    return False


@kernel
def takes_times(text: Any, n: Any, at: Any, r: Any) -> Any:
    """Say whether this is the `two` of `two hundred`."""
    atom, after = R_ATOMS + _WIDE * at, R_ATOMS + _WIDE * (at + 1)
    if at + 1 >= n or r[atom + S_WORD] < 0 or r[atom + S_COUNT] != 1 or r[r[atom + S_DIGITS]] == 0:
        return False
    return r[after + S_WORD] >= 0 and r[after + S_TENS] & TAKES_TIMES != 0 and not is_apart(text, at + 1, r)


@kernel
def join_hundreds(text: Any, n: Any, used: Any, r: Any) -> Any:
    """Join hundreds with the unit before and the rest behind, as `_join_hundreds`; return what is used then."""
    unit = held = article = np.int64(-1)
    for at in range(n):
        atom = R_ATOMS + _WIDE * at
        spoken = r[atom + S_WORD] >= 0
        if spoken and r[atom + S_COUNT] == 0:
            continue
        if not spoken or is_apart(text, at, r):
            unit = held = article = np.int64(-1)
        if spoken and r[atom + S_TENS] & SAYS_HUNDREDS:
            if r[atom + S_TENS] & TAKES_TIMES and unit >= 0:
                used = write_three(r, used, atom, r[r[R_ATOMS + _WIDE * unit + S_DIGITS]], np.int64(0), np.int64(0))
                r[R_ATOMS + _WIDE * unit + S_COUNT] = 0
            elif r[atom + S_TENS] & TAKES_TIMES and article >= 0:  # `o sută`
                r[R_ATOMS + _WIDE * article + S_COUNT] = 0
            held, unit, article = np.int64(at), np.int64(-1), np.int64(-1)
            continue
        zero = r[atom + S_WORD] == _ORDINARY and r[atom + S_COUNT] == 1 and r[r[atom + S_DIGITS]] == 0
        article = np.int64(at if zero else -1)
        single = spoken and r[atom + S_COUNT] == 1 and r[r[atom + S_DIGITS]] != 0
        if held >= 0 and fits(text, n, at, single, r):
            digits = r[atom + S_DIGITS]
            two = np.int64(r[atom + S_COUNT] == 2)
            used = write_three(
                r, used, atom, r[r[R_ATOMS + _WIDE * held + S_DIGITS]], r[digits] * two, r[digits + two]
            )  # fmt: skip
            r[R_ATOMS + _WIDE * held + S_COUNT] = 0
            single = False
        held, unit = np.int64(-1), np.int64(at) if single else np.int64(-1)
    return used


@kernel
def write_three(r: Any, used: Any, atom: Any, one: Any, two: Any, three: Any) -> Any:
    """Give an atom three digits, written at `used`; return what is used then."""
    r[used], r[used + 1], r[used + 2] = one, two, three
    r[atom + S_DIGITS], r[atom + S_COUNT] = used, 3
    return used + 3


@kernel
def fits(text: Any, n: Any, at: Any, single: Any, r: Any) -> Any:
    """Say whether this atom is what stands behind a hundred, as `_fits`."""
    atom = R_ATOMS + _WIDE * at
    if r[atom + S_WORD] >= 0 and r[atom + S_COUNT] == 2:
        return r[atom + S_TENS] & SMALL != 0
    if not single:
        return False
    following = at + 1
    while (
        following < n and r[R_ATOMS + _WIDE * following + S_WORD] >= 0 and r[R_ATOMS + _WIDE * following + S_COUNT] == 0
    ):
        following += 1
    if following >= n or is_apart(text, following, r):
        return True
    after = R_ATOMS + _WIDE * following
    return r[after + S_WORD] < 0 or (r[after + S_COUNT] != 1 and r[after + S_TENS] & TAKES_TIMES == 0)
