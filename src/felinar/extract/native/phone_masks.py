"""Stretches near a run that hold something else: the twin of `extract/phone_masks.py` and `phone_vetoes.py`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import (
    phone_extensions,
    phone_loose_links,
    phone_masks,
    phone_rare,
    phone_signs,
    phone_vanity,
    phone_vetoes,
)
from felinar.extract.native.pattern import patterns_of
from felinar.extract.native.pattern_run import search
from felinar.extract.native.phone_columns import MOST_HIDDEN, R_HIDDEN, R_UNITS, T_MASKS
from felinar.extract.native.phone_far import hide_far
from felinar.extract.native.phone_gates import may_be_unit, mixed_signs, near_bits
from felinar.extract.native.phone_signals import ADDRESS, AT, HASH, MIXED, VETO
from felinar.extract.native.phone_veto_gates import veto_bits
from felinar.kernels.compile import kernel

# Numbers of the patterns; those of NEAR are the bits of `near_bits`, those from IDS on the bits of `mixed_signs`.
N_NEAR, N_IDS = len(phone_masks._NEAR), len(phone_masks._IDS) + 1
# They are integers of numpy, as all that is handed to `search`: numba compiles a kernel anew for each plain constant.
(
    UNIT, MAY, SIGN_AS_DIGIT, EXTENSION, PLUSES, BETWEEN, VANITY, LINK_GATE, NEAR,
) = map(np.int64, range(9))  # fmt: skip
IDS = np.int64(NEAR + N_NEAR)
VETOES = np.int64(IDS + N_IDS)
_HIDDEN, _UNITS = np.int64(R_HIDDEN), np.int64(R_UNITS)
_BEFORE, _BEHIND, _FAR, _ID_REACH = 3, 12, phone_masks._FAR, phone_masks._ID_REACH


@lru_cache(maxsize=1)
def phone_patterns() -> NDArray[np.int64]:
    """Return the patterns of the phone reader under the numbers above."""
    return patterns_of(
        [
            phone_masks._UNIT.pattern,
            phone_vetoes.MAY,
            phone_signs._AS_DIGIT.pattern,
            phone_extensions.EXTENSION_GATE,
            phone_rare._PLUS_GATE,
            phone_rare.BETWEEN_GATE,
            phone_vanity.VANITY_GATE,
            phone_loose_links.LINK_GATE,
            *(pattern.pattern for _, pattern in phone_masks._NEAR),
            *(pattern.pattern for pattern in (*phone_masks._IDS, phone_masks._VERSION)),
            *phone_vetoes._PATTERNS,
        ]
    )


@kernel
def hide_matches(  # type: ignore[no-untyped-def]
    t, pattern, text, kinds, begin, left, right, start, end, hidden, n, r
) -> Any:
    """Add the matches that touch start to end to the n stretches at `hidden`; return how many these are then."""
    at = left
    until = min(end, right)
    while at <= until:
        stop = search(t, t[T_MASKS], pattern, text, kinds, begin, at, right, until, r)
        if stop < 0:
            return n if stop == -1 else MOST_HIDDEN
        if stop > start and r[0] < end and n < MOST_HIDDEN:
            r[hidden + 2 * n], r[hidden + 2 * n + 1] = r[0], stop
            n += 1
        at = max(stop, r[0] + 1)
    return n


@kernel
def write_masked(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, stop, start, end, signals, r
) -> Any:
    """Write the stretches that hold something else than a phone, as `masked`; return how many.

    `signals` say what stands somewhere in the text (`phone_signals.py`).
    """
    n = np.int64(0)
    left, right = max(begin, start - _BEFORE), min(stop, end + _BEHIND)
    near = near_bits(text, kinds, left, right, end)
    number = 0
    while near >> number:
        if near >> number & 1:
            n = hide_matches(t, NEAR + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
        number += 1
    if signals & (AT | ADDRESS | HASH):
        n = hide_far(text, kinds, max(begin, start - _FAR), min(stop, end + _FAR), start, end, n, r)
    if signals & (MIXED | VETO):
        left, right = max(begin, start - _ID_REACH), min(stop, end + _ID_REACH)
        n = write_ids(t, text, kinds, begin, left, right, start, end, signals, n, r)
    return n


@kernel
def write_ids(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, left, right, start, end, signals, n, r
) -> Any:
    """Add what is vetoed, ids and versions to the n stretches; return how many these are then."""
    before = n
    bits = veto_bits(text, kinds, left, right)
    number = 0
    while bits >> number:
        if bits >> number & 1:
            n = hide_matches(t, VETOES + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
        number += 1
    if n > before and search(t, t[T_MASKS], MAY, text, kinds, begin, left, right, right, r) == -1:
        n = before
    mixed = mixed_signs(text, kinds, left, right) if signals & MIXED else 0
    for number in range(N_IDS):
        if mixed & 1 and mixed >> number & 2:
            n = hide_matches(t, IDS + number, text, kinds, begin, left, right, start, end, _HIDDEN, n, r)
    return n


@kernel
def write_units(t: Any, text: Any, kinds: Any, begin: Any, stop: Any, start: Any, end: Any, r: Any) -> Any:
    """Write the figures with a unit or a currency between start and end, as `units`; return how many."""
    left, right = max(begin, start - _BEFORE), min(stop, end + _BEHIND)
    if not may_be_unit(t, text, kinds, left, right):
        return 0
    return hide_matches(t, UNIT, text, kinds, begin, left, right, start, end, _UNITS, np.int64(0), r)
