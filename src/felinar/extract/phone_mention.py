"""What is said of a number that was read: its value, its written form, its region and the evidence."""

from __future__ import annotations

from functools import lru_cache

from felinar.extract.contract import Found
from felinar.extract.phone_display import display_form, region_of
from felinar.extract.phone_plans import Reading
from felinar.ids import canonical_json
from felinar.kernels.fold import Folded


def mention_of(
    folded: Folded, start: int, end: int, reading: Reading, hint: str, sure: int, evidence: dict[str, str], hidden: bool
) -> Found:
    """Return the mention of a reading that stands at these folded characters; `hint` is the region of the advert."""
    left, right = folded.span(start, end)
    shown = display_form(reading.country_code, reading.national)
    region = region_of(reading.country_code, reading.national, hint)
    return Found(left, right, reading.e164, shown, region, sure, hidden, as_text(evidence))


def of_digits(
    folded: Folded, start: int, end: int, digits: str, sure: int, evidence: dict[str, str], hidden: bool
) -> Found:
    """Return the mention of digits that belong to no known region."""
    left, right = folded.span(start, end)
    return Found(left, right, digits, digits, "", sure, hidden, as_text(evidence))


def as_text(evidence: dict[str, str]) -> str:
    """Return evidence as JSON; few different ones occur."""
    return _as_text(*evidence.items())


@lru_cache(maxsize=4096)
def _as_text(*evidence: tuple[str, str]) -> str:
    return canonical_json(dict(evidence))
