"""How digits read where the advert may stand, in points: the twin of `read_digits` in `extract/phone_readings.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.phone_digits import (
    AT_END,
    CODE,
    HEADER,
    RANK_POSSIBLE,
    REGIONS,
    SOMEWHERE,
    Int,
    Plans,
    walk,
)
from felinar.extract.native.phone_plans import (
    no_reading,
    read_abroad_digits,
    read_international_digits,
    read_national_digits,
)
from felinar.kernels.compile import kernel

# Where the region of a reading comes from; inferred regions bring their own number, from FROM_TEXT on.
NOWHERE, FROM_NUMBER, FROM_GIVEN, FROM_NONE, FROM_TEXT, FROM_LANGUAGE = 0, 1, 2, 3, 4, 5
SOURCES = ("", "number", "given", "none", "text", "language")
_TYPICAL = 38


@kernel
def points_abroad(plans: Plans, digits: Any, first: Int, last: Int, found: Any, given: Int) -> int:
    """Return the points of a reading after an exit code, as `_abroad_points`."""
    zeros = digits[first] == 0 and digits[first + 1] == 0
    if given >= 0 and not zeros:
        home = read_national_digits(plans, digits, first, last, given)
        if home.rank > RANK_POSSIBLE or (home.region >= 0 and home.trunk and home.typical):
            return 0
    if found.rank != RANK_POSSIBLE:
        return 90 if given >= 0 or zeros else 20
    if given < 0:
        return 45
    if np.int64(plans[REGIONS + given, CODE]) == found.code:
        return 65
    return 45 if found.typical and zeros else 0


@kernel
def begins_with_code(digits: Any, first: Int, last: Int, code: Int) -> bool:
    """Say whether digits begin with this country code."""
    value = np.int64(0)
    if digits[first] == 0:
        return False
    for k in range(first, min(last, first + 3)):
        value = 10 * value + np.int64(digits[k])
        if value == code:
            return True
    return False


@kernel
def read_given(plans: Plans, digits: Any, first: Int, last: Int, region: Int) -> Any:
    """Return (points, reading) in the region that the source states, points -1 for none, as `_read_given`."""
    found = read_national_digits(plans, digits, first, last, region)
    sure = found.rank > RANK_POSSIBLE
    if sure and (found.trunk or found.typical):
        return (85 if found.trunk else 60), found
    code = np.int64(plans[REGIONS + region, CODE])
    if last - first >= 10 and begins_with_code(digits, first, last, code):
        abroad = read_international_digits(plans, digits, first, last)
        if abroad.region >= 0 and abroad.code == code:
            if abroad.rank != RANK_POSSIBLE:
                return 75, abroad
            if abroad.typical and (found.region < 0 or not (found.typical and found.trunk)):
                return _TYPICAL + 12, abroad
    if sure:
        return 60, found
    if found.region < 0 or last - first < 8:
        return -1, found
    if found.typical and found.code != 1:
        return _TYPICAL + 10 * found.trunk, found
    return (32 if found.trunk and found.code != 1 else 4), found


@kernel
def plausible(plans: Plans, digits: Any, first: Int, last: Int) -> int:
    """Return points for digits that are valid somewhere common, as `_plausible`."""
    size = last - first
    if size < 9 or size > 12:
        return 0
    zero = digits[first] == 0
    if plans[walk(plans, np.int64(plans[HEADER, SOMEWHERE]), digits, first, last), AT_END] != 0:
        return 60 if zero else 50 if size <= 11 else 0
    return 35 if zero else 0


@kernel
def read_unknown(  # type: ignore[no-untyped-def]
    plans, digits, first, last, inferred, inferred_count, cue, odd
) -> Any:
    """Return (points, reading, source) where nobody says where the advert stands, as `_read_unknown`."""
    for k in range(inferred_count):
        found = read_national_digits(plans, digits, first, last, inferred[k, 0])
        if found.rank > RANK_POSSIBLE:
            return (80 if found.trunk else 55), found, np.int64(inferred[k, 1])
    size = last - first
    if size >= 10 and digits[first] != 0:
        found = read_international_digits(plans, digits, first, last)
        if found.rank > RANK_POSSIBLE and found.code != 1:
            return 45, found, np.int64(FROM_NUMBER)
    points = plausible(plans, digits, first, last)
    if odd and size >= 9 and size <= 12:
        points = max(points, 20)
    elif cue and size >= 9 and size <= 11:
        points = max(points, 15)
    return points, no_reading(), np.int64(FROM_NONE)


@kernel
def read_number(  # type: ignore[no-untyped-def]
    plans, digits, first, last, plus, given, inferred, inferred_count, cue, odd, need
) -> Any:
    """Return (points, reading, source) of digits[first:last], at least 3, as `phone_readings.read_digits`.

    `given`: region or -1; `inferred[:inferred_count]`: (region, source), both integers; `plus`, `cue`, `odd`: truth
    values; `need`: readings that could not bring so many points are not tried. No reading: its region is -1.
    """
    nowhere = np.int64(NOWHERE)
    if plus:
        found = read_international_digits(plans, digits, first, last)
        if found.region < 0 and digits[first] == 0:
            found = read_abroad_digits(plans, digits, first, last, given)
        if found.region >= 0:
            return (100 if found.rank != RANK_POSSIBLE else 75 if found.typical else 40), found, np.int64(FROM_NUMBER)
    elif digits[first] <= 1:
        found = read_abroad_digits(plans, digits, first, last, given)
        if found.region >= 0:
            points = points_abroad(plans, digits, first, last, found, given)
            if points > 0:
                return points, found, np.int64(FROM_NUMBER)
    if given < 0:
        if need > 80:
            return 0, no_reading(), nowhere
        return read_unknown(plans, digits, first, last, inferred, inferred_count, cue, odd)
    home, at_home = read_given(plans, digits, first, last, given)
    if home >= 0 and (home >= 50 or need > 60):
        return home, at_home, np.int64(FROM_GIVEN)
    points, found, source = 0, no_reading(), nowhere
    if need <= 60:
        points, found, source = read_unknown(plans, digits, first, last, inferred, inferred_count, cue, odd)
    if home >= 0 and at_home.typical and at_home.code != 1:
        return max(home, min(points, 50)), at_home, np.int64(FROM_GIVEN)
    if digits[first] == 0:
        points -= 30 if last - first < 12 else 45
    else:
        points -= 20 if odd else 30
    if home < 0 or points > home:
        return points, found, source
    return home, at_home, np.int64(FROM_GIVEN)
