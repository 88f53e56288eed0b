"""The rows of country codes and regions, with the automata of each region, as build_plans.py packs them."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import phonenumbers
from digit_automata import Pool, matcher, recogniser
from numpy.typing import NDArray
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from felinar.extract import phone_display, phone_plans
from felinar.extract.native.phone_digits import (
    ABROAD_START,
    AREA,
    CODE,
    CODES,
    FORMAT_COUNT,
    RANK_START,
    REGIONS,
    TRUNK_START,
    TRUNK_ZERO,
    TYPICAL,
    TYPICAL_LONG,
    WIDTH,
    WRITES_TRUNK,
)
from felinar.extract.phone_plans import Plan
from felinar.extract.phone_reserved import RESERVED

WORLD = "001"  # libphonenumber's name for what belongs to no region
NAMES = [*sorted(phonenumbers.SUPPORTED_REGIONS), WORLD]
STATES_OF_REGION = [RANK_START, TRUNK_START, ABROAD_START]
LONGEST = 20
VALID_BIT, RESERVED_BIT, LENGTH_BIT, REFUSED_BIT = 1, 2, 4, 8
Rows = NDArray[np.int64]


class Cuts:
    """What a trunk prefix leaves before the rest: (from, to, size, literal digits); row 0 and row 1: nothing."""

    def __init__(self) -> None:
        self.rows: list[list[int]] = [[0, 0, 0], [0, 0, 0]]

    def of(self, transform: str) -> Callable[[tuple[int, ...]], int]:
        """Return what gives the number of a row for where the groups of a match begin and end."""
        written = re.fullmatch(r"(\d*)\\(\d)", transform) if transform else None
        if transform and written is None:
            raise SystemExit(f"The transform rule '{transform}' is not read: it is not digits and one group.")

        def meaning(places: tuple[int, ...]) -> int:
            # As `_without_trunk` does: the rule counts where the group that ended last took part.
            if written is None or not any(place >= 0 for place in places):
                return 1
            group = 2 * int(written[2]) - 2
            stretch = [max(0, place) for place in places[group : group + 2]]
            return self._row([*stretch, len(written[1]), *map(int, written[1])])

        return meaning

    def table(self) -> Rows:
        """Return all rows."""
        return np.array([row + [0] * (WIDTH - len(row)) for row in self.rows])

    def _row(self, row: list[int]) -> int:
        if row not in self.rows[2:]:
            self.rows.append(row)
        return self.rows.index(row, 2)


def code_rows(first_member: int) -> Rows:
    """Return the rows 0 to REGIONS - 1: the header (to be filled in) and the country codes."""
    rows = np.zeros((REGIONS, WIDTH), dtype=np.int64)
    first_format = 0
    for code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items()):
        formats = len(phone_display._formats(str(code)))
        rows[CODES + code, : FORMAT_COUNT + 1] = first_member, len(regions), first_format, formats
        first_member, first_format = first_member + len(regions), first_format + formats
    areas = [phone_display._american(f"{area:03}") for area in range(1000)]
    rows[CODES:, AREA] = [NAMES.index(region) + 1 if region else 0 for region in areas]
    return rows


def member_rows(pool: Pool) -> Rows:
    """Return the regions of all country codes; where several share one, with the numbers of each."""
    rows = []
    for code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items()):
        shared = len(regions) > 1 and code != 1  # North America has area codes
        rows += [[NAMES.index(region), _own(pool, region) if shared else 0] for region in regions]
    return np.array([row + [0] * (WIDTH - len(row)) for row in rows])


def _own(pool: Pool, region: str) -> int:
    pattern = phone_plans._own_pattern(region).pattern
    return recogniser(pool, [(pattern, 1)]) if pattern != "(?!)" else 0


def region_rows(pool: Pool, cuts: Cuts) -> Rows:
    """Return what is known of every region, in the order of `NAMES`."""
    rows = np.zeros((len(NAMES), WIDTH), dtype=np.int64)
    for row, plan in zip(rows, map(phone_plans.plan_of, NAMES), strict=True):
        if plan is None:
            continue
        typical = sum(1 << n for n in plan.typical)
        row[[CODE, WRITES_TRUNK, TRUNK_ZERO]] = int(plan.country_code), plan.writes_trunk, plan.trunk_zero
        row[[TYPICAL, TYPICAL_LONG]] = typical & 0xFFFF, typical >> 16
        trunk = matcher(pool, plan.trunk.pattern, cuts.of(plan.transform)) if plan.trunk else 0
        row[STATES_OF_REGION] = _ranks(pool, plan), trunk, _abroad(pool, plan)
    return rows


def _ranks(pool: Pool, plan: Plan) -> int:
    """Return the state from which `phone_plans.rank_of` is known: 3 valid, 2 reserved, 1 possible."""
    patterns = [(plan.valid.pattern, VALID_BIT)] if plan.valid.pattern != "(?!)" else []
    patterns += [(rf"\d{{{n}}}", LENGTH_BIT) for n in sorted(plan.lengths)]
    if plan.region in RESERVED:
        patterns.append((RESERVED[plan.region], RESERVED_BIT))
    if plan.country_code == "1":
        patterns.append((rf"(?:[01]\d{{0,{LONGEST}}})?", REFUSED_BIT))

    def rank(bits: int) -> int:
        if bits & LENGTH_BIT and bits & VALID_BIT:
            return 3
        if bits & RESERVED_BIT:
            return 2
        return 1 if bits & LENGTH_BIT and not bits & REFUSED_BIT else 0

    return recogniser(pool, patterns, rank)


def _abroad(pool: Pool, plan: Plan) -> int:
    """Return the state from which an exit code and the digit after it are found."""
    pattern, ahead, rest = plan.abroad.pattern.partition("(?=[1-9])")
    if not ahead or rest:
        raise SystemExit(f"The exit codes of {plan.region} are not read: '{plan.abroad.pattern}'.")
    return matcher(pool, f"{pattern}[1-9]", lambda places: 1)
