"""What a token means where it stands, and its digits: the twin of `_read_at` in `extract/phone_runs.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_words
from felinar.extract.native.characters import DIGIT
from felinar.extract.native.phone_columns import (
    C_BEGIN,
    C_LOCAL,
    C_ORIGINAL,
    C_STOP,
    R_SAID,
    R_SAID_DIGITS,
    T_ALIKE,
    T_ALIKE_FOLDED,
)
from felinar.extract.native.phone_prefilter import FIGURES, RINGS
from felinar.extract.native.phone_spans import LOCAL_DIGIT, LOCAL_KIND, LOCAL_MASK, local_row
from felinar.extract.native.phone_vocabulary import SAID_COUNT, SAID_KIND, SAID_MASK, SAID_TENS
from felinar.extract.native.phone_words import alike_digit, read_word
from felinar.kernels.compile import kernel

_LOOKALIKE, _CONNECTOR = phone_words.LOOKALIKE, phone_words.CONNECTOR
_LATIN_O, _CYRILLIC_O = ord("o"), ord("о")


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
