"""Tens and units that say one number, natively: the twin of `_pair` in `extract/phone_joining.py`."""

from __future__ import annotations

from typing import Any

from felinar.extract.native.phone_vocabulary import JOINS, TAKES_UNITS, TURKISH, TURNED
from felinar.kernels.compile import kernel


@kernel
def still_open(last: Any, digits: Any, count: Any, r: Any) -> Any:
    """Return what may be filled behind digits of which the last word is so open, as `_still_open`."""
    if count < last:
        return 0
    for k in range(digits + count - last, digits + count):
        if r[k] != 0:
            return 0
    return last


@kernel
def joins_of(tens: Any, languages: Any) -> Any:
    """Return the bits that let a word join one of these languages: `on` is ten before Turkish words only."""
    if tens & TAKES_UNITS and languages >> TURKISH & 1 == 0:
        return 0
    return tens & (JOINS | TAKES_UNITS)


@kernel
def joins_before(tens: Any) -> Any:
    """Return the bit that lets a word join the one before it, which a ten that takes units never does."""
    return tens & (JOINS | TURNED) if tens & TAKES_UNITS == 0 else 0


@kernel
def joined_pair(  # type: ignore[no-untyped-def]
    left_one, left_two, left_count, left_tens, right_one, right_two, right_count, right_tens, connected
) -> Any:
    """Return the number below 100 that tens and units make, -1 where they make none; as `_pair`."""
    left = 10 * left_one + left_two if left_count == 2 else left_one
    right = 10 * right_one + right_two if right_count == 2 else right_one
    if left_tens and left_two == 0 and left != 10 and right_count == 1 and right != 0:
        return 10 * left_one + right
    if left_tens and right_tens and left_count == 2 and (left == 60 or left == 80) and right_one == 1:
        return left + right
    units = 1 if left_tens & TAKES_UNITS else 7
    if left_tens and left_count == 2 and left == 10 and right_count == 1 and right >= units:
        return 10 + right
    if left_count == 1 and left == 4 and right_tens and right_count == 2 and right == 20 and not connected:
        return 80
    if connected and right_tens and right_two == 0 and right != 10 and left_count == 1 and left != 0:
        return 10 * right_one + left
    return -1
