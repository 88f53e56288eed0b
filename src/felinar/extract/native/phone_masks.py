"""Stretches near a run that hold something else: the twin of `extract/phone_masks.py` and `phone_vetoes.py`."""

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
from felinar.extract.native.characters import ALNUM
from felinar.extract.native.pattern import ANYWHERE, HERE, patterns_of, search
from felinar.extract.native.phone_columns import MOST_HIDDEN, R_HIDDEN, R_UNITS, T_MASKS
from felinar.extract.native.phone_gates import far_signs, may_be_near, may_be_unit, may_be_vetoed, mixed_signs
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
_LONGEST_NAME = 64  # before the sign of an address
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
def hide_addresses(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, left, right, start, end, n, r
) -> Any:
    """Add the addresses of mail that touch start to end to the n stretches; return how many these are then.

    What `hide_matches` does, but a match is tried only where it can begin: as far before an `@` as it reaches.
    """
    at = left
    for k in range(left, right):
        if text[k] != 64 or k < at:
            continue
        first = k
        while first > at and k - first < _LONGEST_NAME and is_of_name(np.int64(text[first - 1]), kinds[first - 1]):
            first -= 1
        if first == k:
            continue
        stop = search(t, t[T_MASKS], AT_SIGN, text, kinds, begin, first, right, HERE, r)
        if stop == -1:
            continue
        if stop < 0:
            return MOST_HIDDEN
        if stop > start and first < end and n < MOST_HIDDEN:
            r[_HIDDEN + 2 * n], r[_HIDDEN + 2 * n + 1] = first, stop
            n += 1
        at = stop
    return n


@kernel
def is_of_name(code: Any, kind: Any) -> Any:
    r"""Say whether a character is one of `[\w.+-]`."""
    return (kind & ALNUM) != 0 or code == 95 or code == 46 or code == 43 or code == 45


@kernel
def write_masked(t: Any, text: Any, kinds: Any, begin: Any, stop: Any, start: Any, end: Any, r: Any) -> Any:
    """Write the stretches that hold something else than a phone, as `masked`; return how many."""
    n = np.int64(0)
    left, right = max(begin, start - _BEFORE), min(stop, end + _BEHIND)
    if (
        may_be_near(text, kinds, left, right)
        and search(t, t[T_MASKS], SOME_SIGN, text, kinds, begin, left, right, ANYWHERE, r) != -1
    ):
        near = signs_near(text, left, right)
        for number in range(N_NEAR):
            if near >> number & 1:
                n = hide_matches(t, NEAR + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    left, right = max(begin, start - _FAR), min(stop, end + _FAR)
    far = far_signs(text, left, right)
    if far & 1:
        n = hide_addresses(t, text, kinds, begin, left, right, start, end, n, r)
    if far & 2:
        n = hide_matches(t, ADDRESS, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    if far & 4:
        n = hide_matches(t, TOKEN, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    left, right = max(begin, start - _ID_REACH), min(stop, end + _ID_REACH)
    if (
        may_be_vetoed(text, kinds, left, right)
        and search(t, t[T_MASKS], MAY, text, kinds, begin, left, right, ANYWHERE, r) != -1
    ):
        for number in range(N_VETOES):
            n = hide_matches(t, VETOES + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    mixed = mixed_signs(text, kinds, left, right)
    if mixed & 1:
        for number in range(N_IDS):
            if mixed >> number & 2:
                n = hide_matches(t, IDS + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
        if mixed & 16:
            n = hide_matches(t, VERSION, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    return n


@kernel
def write_units(t: Any, text: Any, kinds: Any, begin: Any, stop: Any, start: Any, end: Any, r: Any) -> Any:
    """Write the figures with a unit or a currency between start and end, as `units`; return how many."""
    left, right = max(begin, start - _BEFORE), min(stop, end + _BEHIND)
    if not may_be_unit(text, kinds, left, right):
        return 0
    return hide_matches(t, UNIT, text, kinds, begin, left, right, start, end, _UNITS, np.int64(0), r)
