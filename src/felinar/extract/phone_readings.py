"""How a digit string reads where the advert may stand: points, reading, and where the region comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from felinar.extract.phone_plans import (
    POSSIBLE,
    Reading,
    plan_of,
    read_abroad,
    read_international,
    read_national,
)
from felinar.extract.phone_reserved import RESERVED

# Regions that are tried when nobody says where the advert stands; the order settles ties.
_TYPICAL = 38
_COMMON = "US GB DE FR ES IT RO AU SE PL NL PT BR IN RU UA TR IE AT BE CH BG FI GR ZA"
COMMON = tuple(_COMMON.split())


class Hints(NamedTuple):
    """Where the number may belong: the region that the source states, and regions read from the text itself.

    `cue`: a word near it invites to call; `odd`: the digits are written as nobody writes an order number; `ordered`:
    points against it, for a word like `order` stands before it.
    """

    given: str
    inferred: tuple[tuple[str, str], ...]
    cue: bool
    odd: bool = False
    ordered: int = 0


@dataclass(slots=True)
class Budget:
    """How many runs and windows of a text may still be read: bounds the time for hostile input."""

    runs: int
    windows: int


class Prior(NamedTuple):
    """What is known before a run is read: regions, the language of the advert, whether the field is for contacts."""

    region: str
    others: tuple[tuple[str, str], ...]
    language: str
    field: bool
    budget: Budget


def read_digits(digits: str, plus: bool, hints: Hints, need: int) -> tuple[int, Reading | None, str]:
    """Return the points of the best reading of these digits, the reading, and where its region comes from.

    `need` is what the window lacks; readings that could not bring so much are not tried.
    """
    if plus:
        found = read_international(digits) or (read_abroad(digits, hints.given) if digits[0] == "0" else None)
        if found is not None:
            return (100 if found.rank != POSSIBLE else 75 if found.typical else 40), found, "number"
    elif digits[0] in "01" and (found := read_abroad(digits, hints.given)) is not None:
        points = _abroad_points(digits, found, hints.given)
        if points:
            return points, found, "number"
    if not hints.given:
        return _read_unknown(digits, hints) if need <= 80 else (0, None, "")
    given = _read_given(digits, hints.given)
    if given is not None and (given[0] >= 50 or need > 60):
        return given
    points, reading, source = _read_unknown(digits, hints) if need <= 60 else (0, None, "")
    if given is not None and given[1] is not None and given[1].typical and given[1].country_code != "1":
        return max(given[0], min(points, 50)), given[1], "given"
    points -= (30 if len(digits) < 12 else 45) if digits[0] == "0" else 20 if hints.odd else 30
    return (points, reading, source) if given is None or points > given[0] else given


def _abroad_points(digits: str, found: Reading, given: str) -> int:
    # 011 leads abroad from North America; elsewhere it may begin a number at home.
    home = read_national(digits, given) if digits[:2] != "00" and given else None
    if home is not None and (home.rank != POSSIBLE or (home.trunk and home.typical)):
        return 0
    if found.rank != POSSIBLE:
        return 90 if given or digits[:2] == "00" else 20
    plan = plan_of(given) if given else None
    if plan is not None and plan.country_code == found.country_code:
        return 65
    return 45 if not given or (found.typical and digits[:2] == "00") else 0


def _read_given(digits: str, region: str) -> tuple[int, Reading | None, str] | None:
    found = read_national(digits, region)
    sure = found is not None and found.rank != POSSIBLE
    if found is not None and sure and (found.trunk or found.typical):
        return (85 if found.trunk else 60), found, "given"
    plan = plan_of(region)
    if plan is not None and digits.startswith(plan.country_code) and len(digits) >= 10:
        abroad = read_international(digits)
        if abroad is not None and abroad.country_code == plan.country_code:
            if abroad.rank != POSSIBLE:
                return 75, abroad, "given"
            if abroad.typical and (found is None or not (found.typical and found.trunk)):
                return _TYPICAL + 12, abroad, "given"
    if found is not None and sure:
        return 60, found, "given"
    if found is None or len(digits) < 8:
        return None
    if found.typical and found.country_code != "1":
        return _TYPICAL + 10 * found.trunk, found, "given"
    return (32 if found.trunk and found.country_code != "1" else 4), found, "given"


def _read_unknown(digits: str, hints: Hints) -> tuple[int, Reading | None, str]:
    for region, source in hints.inferred:
        found = read_national(digits, region)
        if found is not None and found.rank != POSSIBLE:
            return (80 if found.trunk else 55), found, source
    if len(digits) >= 10 and digits[0] != "0":
        found = read_international(digits)
        if found is not None and found.rank != POSSIBLE and found.country_code != "1":
            return 45, found, "number"
    points = _plausible(digits)
    if hints.odd and 9 <= len(digits) <= 12:
        points = max(points, 20)
    elif hints.cue and 9 <= len(digits) <= 11:
        points = max(points, 15)
    return points, None, "none"


@lru_cache(maxsize=1)
def _somewhere() -> re.Pattern[str]:
    """One pattern for what is valid in a common region: with its trunk zero, or bare where none is written."""
    plans = [plan for region in COMMON if (plan := plan_of(region))]
    with_zero = "|".join(p.valid.pattern for p in plans if p.trunk_zero)
    # Brazilians write mobiles without the zero, Russians theirs with an 8.
    bare = r"[1-9]\d9\d{8}|" + "|".join(
        {"1": "1?", "7": "8"}.get(p.country_code, "") + f"(?:{p.valid.pattern})" for p in plans if not p.trunk_zero
    )
    reserved = "|".join(RESERVED[r] for r in COMMON if r in RESERVED and r != "US")
    return re.compile(f"0(?:{with_zero}|{reserved})|1?(?:{RESERVED['US']})|(?:{bare})")


def _plausible(digits: str) -> int:
    """Return points for national digits that are valid somewhere common, fewer for a mere possible length."""
    if not 8 <= len(digits) <= 13:
        return 0
    if 9 <= len(digits) <= 12 and _somewhere().fullmatch(digits):
        return 60 if digits[0] == "0" else 50 if len(digits) <= 11 else 0
    return 35 if digits[0] == "0" and 9 <= len(digits) <= 12 else 0
