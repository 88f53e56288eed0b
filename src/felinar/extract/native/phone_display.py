"""Region, international form and E.164 of a number that was read: the twin of `extract/phone_display.py`.

National digits are a uint8 array of the numbers 0 to 9 of which the first `size` are meant (see `write_national`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.phone_digits import (
    AREA,
    AT_END,
    CODES,
    FIRST_FORMAT,
    FIRST_MEMBER,
    FORMAT_COUNT,
    MEMBER,
    MEMBER_COUNT,
    OWN_START,
    RANK_POSSIBLE,
    Int,
    Plans,
    match_beginning,
    plans_file,
    rank_of_digits,
    walk,
)
from felinar.kernels.compile import kernel

_PLUS, _BLANK, _ZERO = 43, 32, 48


class Formats(NamedTuple):
    """`rows[format]`: first state of its leading digits, then by length the row of `signs`; 0: does not fit.

    `signs[row]`: the ASCII sign before every digit, 0 for none.
    """

    rows: NDArray[np.uint16]
    signs: NDArray[np.uint8]


@lru_cache(maxsize=1)
def formats() -> Formats:
    """Return the formats of all country codes."""
    return Formats(plans_file()["formats"], plans_file()["signs"])


@kernel
def region_of_number(plans: Plans, code: Int, national: Any, size: Int, hint: Int) -> Any:
    """Return the region of a number (`hint` is a region or -1), as `phone_display.region_of`; the code exists."""
    none = np.int64(0)  # a plain 0 would be compiled for itself
    first = np.int64(plans[CODES + code, FIRST_MEMBER])
    count = np.int64(plans[CODES + code, MEMBER_COUNT])
    main = np.int64(plans[first, MEMBER])
    if count == 1:
        return main
    if code == 1:
        if size >= 3:
            area = 100 * np.int64(national[0]) + 10 * np.int64(national[1]) + np.int64(national[2])
            if plans[CODES + area, AREA] > 0:
                return np.int64(plans[CODES + area, AREA]) - 1
    else:
        if rank_of_digits(plans, main, national, none, size) > RANK_POSSIBLE:
            return main
        for member in range(first, first + count):
            if plans[walk(plans, np.int64(plans[member, OWN_START]), national, none, size), AT_END] != 0:
                return np.int64(plans[member, MEMBER])
    for member in range(first, first + count):
        if plans[member, MEMBER] == hint:
            return np.int64(hint)
    return main


@kernel
def write_code(code: Int, out: Any) -> Int:
    """Write plus and country code in ASCII; return how many characters."""
    n = 1
    out[0] = _PLUS
    for unit in (100, 10, 1):
        if code >= unit:
            out[n] = _ZERO + code // unit % 10
            n += 1
    return n


@kernel
def write_e164(code: Int, national: Any, size: Int, out: Any) -> Int:
    """Write the number with plus and country code in ASCII (room for 28); return how many characters."""
    n = write_code(code, out)
    for k in range(size):
        out[n + k] = _ZERO + national[k]
    return n + size


@kernel
def write_display(plans: Plans, rows: Any, signs: Any, code: Int, national: Any, size: Int, out: Any) -> Int:
    """Write the number as people write it internationally in ASCII (room for 52); return how many characters.

    `rows` and `signs` are those of `formats()`.
    """
    none, shown = np.int64(0), np.int64(1)
    first = np.int64(plans[CODES + code, FIRST_FORMAT])
    if size < rows.shape[1]:
        for row in range(first, first + np.int64(plans[CODES + code, FORMAT_COUNT])):
            if rows[row, size] != 0 and size > 0:
                _, begins = match_beginning(plans, rows[row, 0], national, none, size)
                if begins != 0:
                    shown = np.int64(rows[row, size])
                    break
    n = write_code(code, out)
    out[n] = _BLANK
    n += 1
    for k in range(size):
        if k < signs.shape[1] and signs[shown, k] != 0:
            out[n] = signs[shown, k]
            n += 1
        out[n] = _ZERO + national[k]
        n += 1
    return n
