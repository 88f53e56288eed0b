"""Digits read inside a region, after a country code, after an exit code: the twin of `extract/phone_plans.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.phone_digits import (
    ABROAD_START,
    BRITAIN,
    CODE,
    CODES,
    CUTS,
    FIRST_MEMBER,
    HEADER,
    LITERAL_SIZE,
    MEMBER,
    MEMBER_COUNT,
    RANK_POSSIBLE,
    REGIONS,
    STRETCH_FROM,
    STRETCH_TO,
    TRUNK_START,
    TRUNK_ZERO,
    TYPICAL,
    TYPICAL_LONG,
    UNITED_STATES,
    WRITES_TRUNK,
    DigitReading,
    Int,
    Plans,
    match_beginning,
    rank_of_cut,
    rank_of_digits,
)
from felinar.kernels.compile import kernel


@kernel
def no_reading() -> Any:
    """Return what stands for no reading."""
    none = np.int64(0)
    return DigitReading(np.int64(-1), none, none, none, none, none, none, none, none)


@kernel
def size_of_cut(plans: Plans, cut: Int) -> Any:
    """Return how many digits stand before the rest where a trunk prefix was cut off in this way."""
    put = np.int64(plans[HEADER, CUTS]) + cut
    size = np.int64(plans[put, STRETCH_TO]) - np.int64(plans[put, STRETCH_FROM])
    return size + np.int64(plans[put, LITERAL_SIZE])


@kernel
def reading_of(  # type: ignore[no-untyped-def]
    plans, region, rank, trunk, cut, start, rest, last
) -> Any:
    """Return a reading with what its region says of it."""
    row = REGIONS + np.int64(region)
    size = last - rest
    if cut > 0:
        size += size_of_cut(plans, cut)
    bits = np.int64(plans[row, TYPICAL]) | (np.int64(plans[row, TYPICAL_LONG]) << 16)
    typical = (bits >> size) & 1
    code = np.int64(plans[row, CODE])
    return DigitReading(np.int64(region), code, rank, np.int64(trunk), typical, np.int64(cut), start, rest, last)


@kernel
def read_national_digits(plans: Plans, digits: Any, first: Int, last: Int, region: Int) -> Any:
    """Return the best reading of digits dialled inside this region, as `phone_plans.read_national`."""
    if first >= last:
        return no_reading()
    whole = np.int64(0)
    if not (plans[REGIONS + region, TRUNK_ZERO] != 0 and digits[first] == 0):
        whole = rank_of_digits(plans, region, digits, first, last)
    end, cut = match_beginning(plans, plans[REGIONS + region, TRUNK_START], digits, first, last)
    rank = rank_of_cut(plans, region, cut, digits, first, end, last) if end > first else np.int64(0)
    own = whole > RANK_POSSIBLE or (whole == RANK_POSSIBLE and rank <= RANK_POSSIBLE)
    if own and (rank == 0 or (rank == RANK_POSSIBLE and whole != RANK_POSSIBLE)):
        starts_trunk = 1 - np.int64(plans[REGIONS + region, WRITES_TRUNK])
        return reading_of(plans, region, whole, starts_trunk, np.int64(0), first, first, last)
    if rank == 0:
        return no_reading()
    return reading_of(plans, region, rank, np.int64(1), cut, first, end, last)


@kernel
def read_in_code(plans: Plans, digits: Any, first: Int, last: Int, code: Int) -> Any:
    """Return the reading of digits after a country code that exists, by its first region that holds them."""
    best = no_reading()
    size = last - first
    members = np.int64(plans[CODES + code, FIRST_MEMBER])
    count = np.int64(plans[CODES + code, MEMBER_COUNT])
    if size < 5 or (plans[members, MEMBER] == plans[HEADER, UNITED_STATES] and size != 10):
        count = np.int64(1)
    for k in range(members, members + count):
        found = read_national_digits(plans, digits, first, last, np.int64(plans[k, MEMBER]))
        if found.cut > 0 and size_of_cut(plans, found.cut) > found.rest - first:
            continue  # an area code was put before a local number, which nobody dials from abroad
        if found.rank > RANK_POSSIBLE:
            return found
        if best.region < 0:
            best = found
    return best


@kernel
def read_international_digits(plans: Plans, digits: Any, first: Int, last: Int) -> Any:
    """Return the reading of digits that begin with a country code, as `phone_plans.read_international`."""
    if first < last and digits[first] != 0:
        code = np.int64(0)
        for size in range(1, min(3, last - first) + 1):
            code = 10 * code + np.int64(digits[first + size - 1])
            if plans[CODES + code, MEMBER_COUNT] > 0:
                rest = first + size
                found = read_in_code(plans, digits, rest, last, code)
                if rest < last and digits[rest] == 0 and found.rank <= RANK_POSSIBLE:  # +36 (0)20 …
                    other = read_in_code(plans, digits, rest + 1, last, code)
                    if other.rank > RANK_POSSIBLE:
                        return other
                return found
    return no_reading()


@kernel
def read_abroad_digits(plans: Plans, digits: Any, first: Int, last: Int, region: Int) -> Any:
    """Return the reading of digits that begin with an exit code, as `phone_plans.read_abroad`."""
    home = region if region >= 0 else np.int64(plans[HEADER, BRITAIN])
    end, meaning = match_beginning(plans, plans[REGIONS + home, ABROAD_START], digits, first, last)
    if meaning == 0:
        return no_reading()
    end -= 1  # an automaton for exit codes takes the digit after them too
    found = read_international_digits(plans, digits, end, last)
    if end - first > 2 and digits[first] == 0 and digits[first + 1] == 0:
        simple = read_international_digits(plans, digits, first + 2, last)
        if simple.region >= 0 and (found.rank <= RANK_POSSIBLE or simple.rank > RANK_POSSIBLE):
            return simple
    return found
