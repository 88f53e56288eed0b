"""Numbers and lists as words, so that a sentence could be read out in court: plurals, percentages, dates, examples."""

from __future__ import annotations

from collections.abc import Iterable

_IRREGULAR = {"is": "are", "was": "were", "stands": "stand", "states": "state", "goes": "go"}


def counted(number: int, thing: str) -> str:
    """Return "1 advert", "3 adverts", "2,000 adverts", "no advert"; the plural ends in -s."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}" if number else f"no {thing}"


def verb(number: int, singular: str) -> str:
    """Return the form of the verb that goes with this number."""
    return singular if number == 1 else _IRREGULAR[singular]


def joined(parts: Iterable[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    *most, last = list(parts)
    return f"{', '.join(most)} and {last}" if most else last


def some_of(values: Iterable[str], total: int) -> str:
    """Return "Ana, Bea, …", the ellipsis where there are more; "Bath, GB; York, GB" where the values have commas."""
    shown = list(values)
    between = "; " if any(", " in value for value in shown) else ", "
    return between.join([*shown, "…"] if total > len(shown) else shown)


def percent(thousandths: int) -> str:
    """Return "42 %", rounded to the nearest; what is not quite none or all says so."""
    if 0 <= thousandths < 5:
        return "under 1 %"
    if 995 <= thousandths < 1000:
        return "over 99 %"
    return f"{(thousandths + 5) // 10} %"


def share(part: int, whole: int) -> str:
    """Return part of whole as percent, rounded once; only all of it is 100 %."""
    rounded = (200 * part + whole) // (2 * whole) if whole else 0
    if rounded == 0:
        return "under 1 %"
    return "over 99 %" if rounded == 100 and part < whole else f"{rounded} %"


def decimal(hundredths: int) -> str:
    """Return "2", "2.5" or "2.25"."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole:,}.{rest:02d}".rstrip("0") if rest else f"{whole:,}"


def period(first: str, last: str) -> str:
    """Return "on 2026-01-05" or "between 2026-01-05 and 2026-02-01"; empty when no advert has a date."""
    if not first:
        return ""
    return f"on {first}" if first == last else f"between {first} and {last}"
