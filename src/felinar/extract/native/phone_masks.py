"""Stretches near a run that hold something else: the twin of `extract/phone_masks.py` and `phone_vetoes.py`."""

# ruff: noqa: SIM102, SIM110, SIM114, SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import (
    phone_around,
    phone_extensions,
    phone_loose_links,
    phone_masks,
    phone_rare,
    phone_signs,
    phone_vanity,
    phone_vetoes,
)
from felinar.extract.native.characters import FIGURE
from felinar.extract.native.pattern import ANYWHERE, patterns_of, search
from felinar.extract.native.phone_columns import MOST_HIDDEN, R_HIDDEN, R_UNITS, T_MASKS
from felinar.kernels.compile import kernel

# Numbers of the patterns.
_NEAR_SIGNS = tuple(sorted(signs) for signs, _ in phone_masks._NEAR)
N_NEAR, N_VETOES, N_IDS = len(phone_masks._NEAR), len(phone_vetoes._PATTERNS), len(phone_masks._IDS)
# They are integers of numpy, as all that is handed to `search`: numba compiles a kernel anew for each plain constant.
(
    SOME_SIGN, UNIT, AT_SIGN, ADDRESS, TOKEN, VERSION, MAY, SIGN_AS_DIGIT, LABELLED, EXTENSION, PLUSES, VANITY,
    LINK_GATE, NEAR,
) = map(np.int64, range(14))  # fmt: skip
IDS = np.int64(14 - 1 + N_NEAR)
VETOES = np.int64(IDS + N_IDS)
_HIDDEN, _UNITS = np.int64(R_HIDDEN), np.int64(R_UNITS)
_BEFORE, _BEHIND, _FAR, _ID_REACH = 3, 12, phone_masks._FAR, phone_masks._ID_REACH


@lru_cache(maxsize=1)
def phone_patterns() -> NDArray[np.int64]:
    """Return the patterns of the phone reader under the numbers above."""
    long = dict(phone_masks._LONG)
    return patterns_of(
        [
            phone_masks._SIGNS.pattern,
            phone_masks._UNIT.pattern,
            long["@"].pattern,
            long["://"].pattern,
            long["#"].pattern,
            phone_masks._VERSION.pattern,
            phone_vetoes.MAY,
            phone_signs._AS_DIGIT.pattern,
            phone_around._FIGURES.pattern,
            phone_extensions.EXTENSION_GATE,
            phone_rare._PLUS_GATE,
            phone_vanity.VANITY_GATE,
            phone_loose_links.LINK_GATE,
            *(pattern.pattern for _, pattern in phone_masks._NEAR),
            *(pattern.pattern for pattern in phone_masks._IDS),
            *phone_vetoes._PATTERNS,
        ]
    )


def _sign_bits() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which patterns of NEAR ask for each ASCII sign, and (code point, the same) of the other signs."""
    bits: dict[int, int] = {}
    for number, signs in enumerate(_NEAR_SIGNS):
        for sign in signs:
            bits[ord(sign)] = bits.get(ord(sign), 0) | 1 << number
    low = np.zeros(128, dtype=np.int64)
    for code, mask in bits.items():
        if code < 128:
            low[code] = mask
    return low, np.array([(code, mask) for code, mask in bits.items() if code >= 128], dtype=np.int64)


_LOW_SIGNS, _HIGH_SIGNS = _sign_bits()


@kernel
def hide_matches(  # type: ignore[no-untyped-def]
    t, pattern, text, kinds, begin, left, right, start, end, hidden, n, r
) -> Any:
    """Add the matches that touch start to end to the n stretches at `hidden`; return how many these are then."""
    at = left
    while True:
        stop = search(t, t[T_MASKS], pattern, text, kinds, begin, at, right, ANYWHERE, r)
        if stop < 0:
            return n if stop == -1 else MOST_HIDDEN
        if stop > start and r[0] < end and n < MOST_HIDDEN:
            r[hidden + 2 * n], r[hidden + 2 * n + 1] = r[0], stop
            n += 1
        at = max(stop, r[0] + 1)


@kernel
def signs_near(text: Any, left: Any, right: Any) -> Any:
    """Return which patterns of NEAR have one of their signs here, as bits."""
    found = np.int64(0)
    for k in range(left, right):
        code = np.int64(text[k])
        if code < 128:
            found |= _LOW_SIGNS[code]
        else:
            for row in range(len(_HIGH_SIGNS)):
                if _HIGH_SIGNS[row, 0] == code:
                    found |= _HIGH_SIGNS[row, 1]
    return found


@kernel
def is_figure(kinds: Any, first: Any, count: Any, right: Any) -> Any:
    """Say whether `count` figures stand here."""
    if first + count > right:
        return False
    for k in range(first, first + count):
        if not kinds[k] & FIGURE:
            return False
    return True


@kernel
def far_signs(text: Any, kinds: Any, left: Any, right: Any) -> Any:
    """Return bits: 1 for `@`, 2 for `://` or `www.`, 4 for `#`, 8 where one of the vetoes may fit."""
    found = 0
    for k in range(left, right):
        code = np.int64(text[k])
        if 97 <= code and code <= 122:
            if code == 119 and k + 4 <= right and text[k + 1] == 119 and text[k + 2] == 119 and text[k + 3] == 46:
                found |= 2
            elif code == 122 and k > left and text[k - 1] == 49:
                found |= 8
        elif code <= 32:
            if code == 32 and k > left and kinds[k - 1] & FIGURE and is_printed_code(text, kinds, k, right):
                found |= 8
        elif 48 <= code and code <= 57:
            if k > left and 97 <= text[k - 1] and text[k - 1] <= 122 and is_figure(kinds, k, 6, right):
                found |= 8
            elif (code == 49 or code == 50) and is_year_behind(text, kinds, k, left, right):
                found |= 8
        elif code == 64:
            found |= 1
        elif code == 35:
            found |= 4
        elif code == 58:
            if k + 3 <= right and text[k + 1] == 47 and text[k + 2] == 47:
                found |= 2
        elif code == 176:
            found |= 8
        elif (code == 45 or code == 46 or code == 44 or code == 47 or code == 0x2013) and may_veto(
            text, kinds, k, left, right
        ):
            found |= 8
    return found


@kernel
def is_printed_code(text: Any, kinds: Any, at: Any, right: Any) -> Any:
    """Say whether six figures and then five stand behind this sign, as in a bar code or on a card."""
    if at + 13 > right or not is_figure(kinds, at + 1, 6, right):
        return False
    return (text[at + 7] == 32 or text[at + 7] == 45) and is_figure(kinds, at + 8, 5, right)


@kernel
def is_year_behind(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether a year stands here behind another figure and a sign between them."""
    if at == left or kinds[at - 1] & FIGURE or not is_figure(kinds, at, 4, right):
        return False
    if not ((text[at] == 49 and text[at + 1] == 57) or (text[at] == 50 and text[at + 1] == 48)):
        return False
    k = at - 1
    while k >= left and at - k <= 3 and (text[k] == 32 or text[k] == 45 or text[k] == 47 or text[k] == 0x2013):
        k -= 1
    return k >= left and k < at - 1 and (kinds[k] & FIGURE) != 0


@kernel
def may_veto(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether this hyphen, dot, comma or slash may be part of what MAY looks for."""
    code = np.int64(text[at])
    after_figure = at > left and (kinds[at - 1] & FIGURE) != 0
    k = at + 1
    if code == 46 and k < right and 97 <= text[k] and text[k] <= 122:
        while k < right and k - at <= 8 and 97 <= text[k] and text[k] <= 122:
            k += 1
        return k < right and text[k] == 47
    if code == 46 or code == 44:
        if after_figure and is_coordinate(text, kinds, k, right):
            return True
        if code == 46 or not after_figure:
            return False
        k += k < right and text[k] == 32
        first = k
        while k < right and k - first < 2 and kinds[k] & FIGURE:
            k += 1
        return k > first and k < right and text[k] == 45
    if after_figure and code == 45 and is_printed_code(text, kinds, at, right):
        return True
    if code != 47:
        if is_amount_range(text, kinds, at, left, right):
            return True
    if code == 0x2013 or not after_figure or k + 5 > right:
        return False
    wide = (53 <= text[k] and text[k] <= 57) or (text[k] == 49 and 48 <= text[k + 1] and text[k + 1] <= 50)
    k += 3 if text[k] == 49 else 2
    return wide and k < right and (text[k] == 45 or text[k] == 47)


@kernel
def is_coordinate(text: Any, kinds: Any, at: Any, right: Any) -> Any:
    """Say whether four to eight decimals stand here, and soon behind them another figure with four of them."""
    if not is_figure(kinds, at, 4, right):
        return False
    while at < right and kinds[at] & FIGURE:
        at += 1
    first = at
    while at < right and at - first < 14 and not kinds[at] & FIGURE and text[at] != 46:
        at += 1
    if at == first:
        return False
    first = at
    while at < right and at - first < 3 and kinds[at] & FIGURE:
        at += 1
    return at > first and at < right and (text[at] == 46 or text[at] == 44) and is_figure(kinds, at + 1, 4, right)


@kernel
def is_amount_range(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether this hyphen stands between hundreds, the later ones with thousands: `1 200 - 1 500`."""
    before = at - 1 - (at > left and text[at - 1] == 32)
    if before - 2 < left or text[before] != 48 or text[before - 1] != 48 or not kinds[before - 2] & FIGURE:
        return False
    k = at + 1
    k += k < right and text[k] == 32
    first = k
    while k < right and k - first < 3 and kinds[k] & FIGURE:
        k += 1
    if k == first or k + 4 > right or text[k] != 32:
        return False
    return (kinds[k + 1] & FIGURE) != 0 and text[k + 2] == 48 and text[k + 3] == 48


@kernel
def write_masked(t: Any, text: Any, kinds: Any, begin: Any, stop: Any, start: Any, end: Any, r: Any) -> Any:
    """Write the stretches that hold something else than a phone, as `masked`; return how many."""
    n = np.int64(0)
    left, right = max(begin, start - _BEFORE), min(stop, end + _BEHIND)
    near = signs_near(text, left, right)
    if near and search(t, t[T_MASKS], SOME_SIGN, text, kinds, begin, left, right, ANYWHERE, r) != -1:
        for number in range(N_NEAR):
            if near >> number & 1:
                n = hide_matches(t, NEAR + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    left, right = max(begin, start - _FAR), min(stop, end + _FAR)
    far = far_signs(text, kinds, left, right)
    if far & 1:
        n = hide_matches(t, AT_SIGN, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    if far & 2:
        n = hide_matches(t, ADDRESS, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    if far & 4:
        n = hide_matches(t, TOKEN, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    if far & 8 and search(t, t[T_MASKS], MAY, text, kinds, begin, left, right, ANYWHERE, r) != -1:
        for number in range(N_VETOES):
            n = hide_matches(t, VETOES + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    left, right = max(begin, start - _ID_REACH), min(stop, end + _ID_REACH)
    if is_mixed(text, kinds, left, right):
        for number in range(N_IDS):
            n = hide_matches(t, IDS + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
        n = hide_matches(t, VERSION, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    return n


@kernel
def is_mixed(text: Any, kinds: Any, left: Any, right: Any) -> Any:
    """Say whether a letter a-z and a figure touch here."""
    for k in range(left + 1, right):
        if (kinds[k] & FIGURE) != (kinds[k - 1] & FIGURE):
            code = np.int64(text[k - 1]) if kinds[k] & FIGURE else np.int64(text[k])
            if 97 <= code and code <= 122:
                return True
    return False


@kernel
def write_units(t: Any, text: Any, kinds: Any, begin: Any, stop: Any, start: Any, end: Any, r: Any) -> Any:
    """Write the figures with a unit or a currency between start and end, as `units`; return how many."""
    left, right = max(begin, start - _BEFORE), min(stop, end + _BEHIND)
    return hide_matches(t, UNIT, text, kinds, begin, left, right, start, end, _UNITS, np.int64(0), r)
