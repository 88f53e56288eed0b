"""Numbering plans as one table of automata and rows, made by scripts/build_plans.py, and the kernels that walk it.

Digits are a uint8 array of the numbers 0 to 9 of which `digits[first:last]` is read. Regions are numbers: the place of
their code in `region_codes()`, -1 for none. Ranks are numbers too, in rising order.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.phone_plans import POSSIBLE, RESERVED, VALID
from felinar.kernels.compile import kernel

# A kernel gets the table as one array: numba counts references for every array of every call.
Plans = NDArray[np.uint16]
Int = Any  # an int in Python, an int64 in a kernel
# Its rows: 0 accepts nothing, 1 says where things stand, then country codes, regions, members, states, cuts.
HEADER, CODES, REGIONS = 1, 2, 1002
# Columns of the header: first row of the cuts, first state of what is valid somewhere common, two regions.
CUTS, SOMEWHERE, UNITED_STATES, BRITAIN = 0, 1, 2, 3
# Columns of a country code: rows of its members, rows of its formats in `Layouts`; of an area code: its region + 1.
FIRST_MEMBER, MEMBER_COUNT, FIRST_FORMAT, FORMAT_COUNT, AREA = 0, 1, 2, 3, 4
# Columns of a region: typical lengths as bits 0-15 and from 16 on; first states of automata.
CODE, TYPICAL, TYPICAL_LONG, WRITES_TRUNK, TRUNK_ZERO, RANK_START, TRUNK_START, ABROAD_START = 0, 1, 2, 3, 4, 5, 6, 7
# Columns of a member of a country code: its region, the first state of the numbers that it gives out itself.
MEMBER, OWN_START = 0, 1
# Columns of a state: ten next states, what it accepts whatever follows, and at the end of the digits.
NOW, AT_END, WIDTH = 10, 11, 12
# Columns of a cut (what a trunk prefix leaves, before the rest): a stretch of the digits, and digits put before it.
STRETCH_FROM, STRETCH_TO, LITERAL_SIZE, LITERAL = 0, 1, 2, 3

NO_RANK, RANK_POSSIBLE, RANK_RESERVED, RANK_VALID = 0, 1, 2, 3
RANKS = ("", POSSIBLE, RESERVED, VALID)


class DigitReading(NamedTuple):
    """One way to read digits; `region` -1: none. `trunk` and `typical` are 0 or 1.

    The national number is what `cut` leaves or puts in (its stretch counts from `start`), then `digits[rest:last]`;
    `write_national` writes it.
    """

    region: Int
    code: Int
    rank: Int
    trunk: Int
    typical: Int
    cut: Int
    start: Int
    rest: Int
    last: Int


@lru_cache(maxsize=1)
def plans_file() -> dict[str, NDArray[Any]]:
    """Return the arrays of the file by name; they are read once per process, in some milliseconds."""
    with resources.files("felinar.extract").joinpath("data/plans.npz").open("rb") as file, np.load(file) as tables:
        return {name: tables[name] for name in tables.files}


def plans() -> Plans:
    """Return the table that the kernels read."""
    return plans_file()["table"]


@lru_cache(maxsize=1)
def region_codes() -> tuple[str, ...]:
    """Return the codes of all regions (ISO 3166, and libphonenumber's 001), in the order of their numbers."""
    return tuple(str(code) for code in plans_file()["regions"])


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {code: number for number, code in enumerate(region_codes())}


def region_id(code: str) -> int:
    """Return the number of a region, -1 for one that libphonenumber does not know."""
    return _numbers().get(code, -1)


def metadata_version() -> str:
    """Return the version of the package phonenumbers that the table was made from."""
    return str(plans_file()["version"][0])


@lru_cache(maxsize=1)  # the package's metadata are a file, which costs a millisecond
def is_current() -> bool:
    """Say whether the table is of the installed phonenumbers; else only the Python readers follow that package."""
    return version("phonenumbers") == metadata_version()


def to_digits(text: str) -> NDArray[np.uint8]:
    """Return a string of figures as digits."""
    return np.frombuffer(text.encode("ascii"), dtype=np.uint8) - np.uint8(48)


@kernel
def walk(plans: Plans, state: Any, digits: Any, first: Int, last: Int) -> Any:
    """Return the state of an automaton after these digits; state 0 accepts nothing any more."""
    state = np.int64(state)
    for k in range(first, last):
        if state == 0:
            break
        state = np.int64(plans[state, digits[k]])
    return state


@kernel
def match_beginning(plans: Plans, state: Any, digits: Any, first: Int, last: Int) -> Any:
    """Return (end, meaning) of the beginning that an automaton takes, as `re.match` would; meaning 0: none."""
    state = np.int64(state)
    end = first
    meaning = np.int64(0)
    for k in range(first, last):
        if state == 0:
            return end, meaning
        if plans[state, NOW] != 0:
            end = k
            meaning = np.int64(plans[state, NOW])
        state = np.int64(plans[state, digits[k]])
    if plans[state, AT_END] != 0:
        end = last
        meaning = np.int64(plans[state, AT_END])
    return end, meaning


@kernel
def rank_of_digits(plans: Plans, region: Int, digits: Any, first: Int, last: Int) -> Any:
    """Return the rank of a national significant number, as `phone_plans.rank_of`."""
    return np.int64(plans[walk(plans, np.int64(plans[REGIONS + region, RANK_START]), digits, first, last), AT_END])


@kernel
def rank_of_cut(plans: Plans, region: Int, cut: Int, digits: Any, start: Int, rest: Int, last: Int) -> Any:
    """Return the rank of what is left without a trunk prefix."""
    row = np.int64(plans[HEADER, CUTS]) + cut
    state = np.int64(plans[REGIONS + region, RANK_START])
    for k in range(LITERAL, LITERAL + np.int64(plans[row, LITERAL_SIZE])):
        state = np.int64(plans[state, plans[row, k]])
    stop = start + np.int64(plans[row, STRETCH_TO])
    state = walk(plans, state, digits, start + np.int64(plans[row, STRETCH_FROM]), stop)
    return np.int64(plans[walk(plans, state, digits, rest, last), AT_END])


@kernel
def write_national(plans: Plans, reading: DigitReading, digits: Any, out: Any) -> int:
    """Write the national digits of a reading into `out` (room for 24); return how many there are."""
    n = 0
    row = np.int64(plans[HEADER, CUTS]) + reading.cut
    for k in range(LITERAL, LITERAL + np.int64(plans[row, LITERAL_SIZE])):
        out[n] = plans[row, k]
        n += 1
    for k in range(np.int64(plans[row, STRETCH_FROM]), np.int64(plans[row, STRETCH_TO])):
        out[n] = digits[reading.start + k]
        n += 1
    for k in range(reading.rest, reading.last):
        out[n] = digits[k]
        n += 1
    return n
