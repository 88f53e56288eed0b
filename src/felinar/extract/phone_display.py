"""Region and display form of a number that was read, from libphonenumber's metadata compiled once per region."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from felinar.extract.phone_plans import RESERVED, VALID, holds_own, plan_of, rank_of


@lru_cache(maxsize=16384)
def region_of(country_code: str, national: str, hint: str) -> str:
    """Return the region of a number; where several share the code and none holds it, the hint, else the main one."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    regions: tuple[str, ...] = COUNTRY_CODE_TO_REGION_CODE[int(country_code)]
    if len(regions) == 1 or (main := plan_of(regions[0])) is None:
        return regions[0]
    if country_code == "1":
        return _american(national[:3]) or (hint if hint in regions else regions[0])
    if rank_of(main, national) in (VALID, RESERVED):
        return regions[0]
    known = next((region for region in regions if holds_own(region, national)), "")
    return known or (hint if hint in regions else regions[0])


@cache
def _american(area: str) -> str:
    """Return the region of a North American area code: at most 800 of them."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return next((r for r in COUNTRY_CODE_TO_REGION_CODE[1] if holds_own(r, f"{area}2345678")), "")


@cache
def _formats(country_code: str) -> tuple[tuple[re.Pattern[str] | None, re.Pattern[str], str], ...]:
    """Return (leading digits, whole number, format) of each international format of a country code, in order."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    data = PhoneMetadata.metadata_for_region(COUNTRY_CODE_TO_REGION_CODE[int(country_code)][0], None)
    rows = data.intl_number_format or data.number_format if data is not None else ()
    return tuple(
        (
            re.compile(row.leading_digits_pattern[-1]) if row.leading_digits_pattern else None,
            re.compile(str(row.pattern)),
            re.sub(r"[\\$](\d)", lambda group: f"{{{int(group[1]) - 1}}}", str(row.format)),
        )
        for row in rows
    )


@lru_cache(maxsize=16384)
def display_form(country_code: str, national: str) -> str:
    """Return the number as people write it internationally: +44 7700 900123."""
    for leading, pattern, written in _formats(country_code):
        if (leading is None or leading.match(national)) and (match := pattern.fullmatch(national)):
            return f"+{country_code} {written.format(*match.groups())}"
    return f"+{country_code} {national}"
