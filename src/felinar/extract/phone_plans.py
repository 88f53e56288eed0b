"""Numbering plans: libphonenumber's metadata, compiled once per region into one pattern and a set of lengths.

A full libphonenumber parse costs some 60 µs, a look at a compiled plan 2 µs; answers are kept per digit string. The
metadata is libphonenumber's own (the `phonenumbers` package), so that an update of that package updates our plans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from felinar.extract.phone_reserved import is_reserved

VALID, RESERVED, POSSIBLE = "valid", "reserved", "possible"
_KINDS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan")


@dataclass(frozen=True)
class Plan:
    """How one region writes numbers; patterns are for national significant numbers, without trunk prefix."""

    region: str
    country_code: str
    lengths: frozenset[int]
    typical: frozenset[int]
    valid: re.Pattern[str]
    trunk: re.Pattern[str] | None
    transform: str
    abroad: re.Pattern[str]
    writes_trunk: bool
    trunk_zero: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a digit string: its region, national number, how sure, and whether it showed a trunk prefix."""

    region: str
    country_code: str
    national: str
    rank: str
    trunk: bool
    typical: bool = True

    @property
    def e164(self) -> str:
        """The number with plus and country code."""
        return f"+{self.country_code}{self.national}"


@cache
def plan_of(region: str) -> Plan | None:
    """Return the plan of this region (ISO 3166), None for a region that libphonenumber does not know."""
    from phonenumbers import PhoneMetadata

    data = PhoneMetadata.metadata_for_region(region, None)
    if data is None:
        return None
    patterns = _patterns(data)
    if data.country_code == 1:  # North America dials as one country
        patterns += [p for r in ("US", "CA") for p in _patterns(PhoneMetadata.metadata_for_region(r, None))]
    general = data.general_desc
    lengths = frozenset(n for n in general.possible_length if n > 0) if general is not None else frozenset()
    trunk = data.national_prefix_for_parsing
    return Plan(
        region=region,
        country_code=str(data.country_code),
        lengths=lengths,
        typical=_typical(data, lengths),
        valid=re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)"),
        trunk=re.compile(trunk) if trunk else None,
        transform=re.sub(r"\$(\d)", r"\\\1", data.national_prefix_transform_rule or ""),
        abroad=re.compile(rf"(?:{data.international_prefix or '00'}|00|011)(?=[1-9])"),
        writes_trunk=bool(data.national_prefix) and data.country_code != 1,
        trunk_zero=data.national_prefix == "0",
    )


def _typical(data: Any, lengths: frozenset[int]) -> frozenset[int]:
    """Return the lengths that callers know: those of mobiles, and of fixed lines where these have at most two."""
    mobile = frozenset(data.mobile.possible_length or lengths) if data.mobile is not None else frozenset()
    fixed = frozenset(data.fixed_line.possible_length or lengths) if data.fixed_line is not None else frozenset()
    return frozenset(n for n in (mobile | fixed if len(fixed) <= 2 else mobile) if n >= 7)


def _patterns(data: Any) -> list[str]:
    kinds = [getattr(data, kind) for kind in _KINDS]
    return [k.national_number_pattern for k in kinds if k is not None and k.national_number_pattern]


@cache
def _own_pattern(region: str) -> re.Pattern[str]:
    from phonenumbers import PhoneMetadata

    data = PhoneMetadata.metadata_for_region(region, None)
    return re.compile("|".join(f"(?:{p})" for p in _patterns(data)) or r"(?!)" if data is not None else r"(?!)")


def holds_own(region: str, national: str) -> bool:
    """Say whether this region itself, without those that share its code, gives out this number."""
    return _own_pattern(region).fullmatch(national) is not None


def rank_of(plan: Plan, national: str) -> str:
    """Return VALID, RESERVED, POSSIBLE or nothing for a national significant number."""
    if len(national) in plan.lengths and plan.valid.fullmatch(national):
        return VALID
    if is_reserved(plan.region, national):
        return RESERVED
    if plan.country_code == "1" and national[:1] in "01":
        return ""
    return POSSIBLE if len(national) in plan.lengths else ""


@lru_cache(maxsize=65536)
def read_national(digits: str, region: str) -> Reading | None:
    """Return the best reading of digits dialled inside this region, None when no length fits."""
    plan = plan_of(region)
    if plan is None or not digits:
        return None
    # Where callers write a trunk zero, no national number begins with one.
    whole, found = "" if plan.trunk_zero and digits[0] == "0" else rank_of(plan, digits), None
    if plan.trunk and (match := plan.trunk.match(digits)) and match.end():
        rest = _without_trunk(plan, match, digits)
        if rank := rank_of(plan, rest):
            found = Reading(region, plan.country_code, rest, rank, True, len(rest) in plan.typical)
    if whole in (VALID, RESERVED) or (whole and (found is None or found.rank == POSSIBLE)):
        starts_trunk = not plan.writes_trunk
        better = Reading(region, plan.country_code, digits, whole, starts_trunk, len(digits) in plan.typical)
        return found if found is not None and (found.rank != POSSIBLE or whole == POSSIBLE) else better
    return found


def _without_trunk(plan: Plan, match: re.Match[str], digits: str) -> str:
    if plan.transform and match.lastindex and match.group(match.lastindex) is not None:
        return match.expand(plan.transform) + digits[match.end() :]
    return digits[match.end() :]


@lru_cache(maxsize=65536)
def read_international(digits: str) -> Reading | None:
    """Return the reading of digits that begin with a country code; a trunk zero after the code, as in +44 (0), goes."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    for size in (1, 2, 3):
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:size])) if digits[:1] != "0" else None
        if regions:
            found = _read_in(digits[size:], regions)
            if digits[size : size + 1] == "0" and (found is None or found.rank == POSSIBLE):  # +36 (0)20 …
                other = _read_in(digits[size + 1 :], regions)
                found = other if other is not None and other.rank != POSSIBLE else found
            return found
    return None


def _read_in(national: str, regions: tuple[str, ...]) -> Reading | None:
    best: Reading | None = None
    # North America is one plan of 25 regions with one length: the others are tried only where the first does not hold.
    for region in regions[:1] if len(national) < 5 or (regions[0] == "US" and len(national) != 10) else regions:
        found = read_national(national, region)
        if found is not None and len(found.national) > len(national):
            continue  # an area code was put before a local number, which nobody dials from abroad
        if found is not None and found.rank != POSSIBLE:
            return found
        best = best or found
    return best


@lru_cache(maxsize=65536)
def read_abroad(digits: str, region: str) -> Reading | None:
    """Return the reading of digits that begin with an exit code (00, 011, or the region's own), else None."""
    plan = plan_of(region) if region else plan_of("GB")
    match = plan.abroad.match(digits) if plan else None
    found = read_international(digits[match.end() :]) if match else None
    if match and match.end() > 2 and digits[:2] == "00":  # `0055 11 …` in Brazil: a carrier's code, or 00 and +55
        plain = read_international(digits[2:])
        if plain is not None and (found is None or found.rank == POSSIBLE or plain.rank != POSSIBLE):
            return plain
    return found
