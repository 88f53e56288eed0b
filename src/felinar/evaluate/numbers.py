"""Which of the telephone numbers that adverts show were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from felinar.evaluate.partition import Agreement, agreement

DROPPED = 3
SHORTEST = 6


@dataclass(frozen=True)
class PhoneScore:
    """Counts over pairs of (advert, number); `junk` is the share of what was read that no advert shows."""

    score: Agreement
    shown: int
    read: int
    matched: int
    junk: float


def same_number(one: str, other: str) -> bool:
    """Return whether two numbers are equal after dropping up to three leading digits of each."""
    a, b = digits_of(one), digits_of(other)
    longest = min(len(a), len(b))
    for kept in range(longest, max(SHORTEST, len(a) - DROPPED, len(b) - DROPPED) - 1, -1):
        if a[-kept:] == b[-kept:]:
            return True
    return False


def digits_of(number: str) -> str:
    """Return the digits 0 to 9 of a number as written."""
    return "".join(c for c in number if "0" <= c <= "9")


def score_phones(shown: dict[str, list[str]], read: Iterable[tuple[str, str]]) -> PhoneScore:
    """Return micro precision, recall and F1; each shown number is matched by at most one reading.

    `shown` holds the true numbers by advert; readings of adverts outside `shown` are left out.
    """
    found: dict[str, dict[str, None]] = {}
    for source_id, value in read:
        if source_id in shown:
            found.setdefault(source_id, {})[value] = None
    matched = sum(_matches(shown[source_id], list(values)) for source_id, values in found.items())
    total_read = sum(map(len, found.values()))
    total_shown = sum(len(dict.fromkeys(numbers)) for numbers in shown.values())
    precision = matched / total_read if total_read else 1.0
    recall = matched / total_shown if total_shown else 1.0
    junk = (total_read - matched) / total_read if total_read else 0.0
    return PhoneScore(agreement(precision, recall), total_shown, total_read, matched, junk)


def _matches(shown: list[str], values: list[str]) -> int:
    """Count matches: equal numbers first, then the others in order."""
    open_numbers = list(dict.fromkeys(shown))
    rest = []
    for value in sorted(values):
        if value in open_numbers:
            open_numbers.remove(value)
        else:
            rest.append(value)
    count = len(dict.fromkeys(shown)) - len(open_numbers)
    for value in rest:
        hit = next((number for number in open_numbers if same_number(number, value)), None)
        if hit is not None:
            open_numbers.remove(hit)
            count += 1
    return count
