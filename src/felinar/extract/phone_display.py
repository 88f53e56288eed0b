"""Region and display form of a number that was read; libphonenumber does this part, once per number."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from felinar.extract.phone_plans import RESERVED, VALID, plan_of, rank_of


@lru_cache(maxsize=16384)
def region_of(country_code: str, national: str, hint: str) -> str:
    """Return the region of a number, the hint where libphonenumber knows none and the country code agrees."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, region_code_for_number

    regions = COUNTRY_CODE_TO_REGION_CODE[int(country_code)]
    if len(regions) == 1 or (main := plan_of(regions[0])) is None:
        return str(regions[0])
    if country_code != "1" and rank_of(main, national) in (VALID, RESERVED):
        return str(regions[0])
    known = region_code_for_number(_number(country_code, national))
    return str(known or (hint if hint in regions else regions[0]))


def _number(country_code: str, national: str) -> Any:
    from phonenumbers import PhoneNumber

    zeros = len(national) - len(national.lstrip("0"))
    return PhoneNumber(
        country_code=int(country_code),
        national_number=int(national),
        italian_leading_zero=zeros > 0 or None,
        number_of_leading_zeros=zeros if zeros > 1 else None,
    )


@lru_cache(maxsize=16384)
def display_form(country_code: str, national: str) -> str:
    """Return the number as people write it internationally: +44 7700 900123."""
    from phonenumbers import PhoneNumberFormat, format_number

    return str(format_number(_number(country_code, national), PhoneNumberFormat.INTERNATIONAL))
