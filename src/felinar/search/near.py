"""Numbers that a slip of typing may have meant: one digit other, or two neighbours swapped. Shown, never linked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from felinar.search.readings import Reading
from felinar.store.published import Published, Row

SHORTEST = 9  # digits; in shorter ones too many numbers lie one slip away
MOST = 5


def near_numbers(published: Published, readings: list[Reading]) -> list[Row]:
    """Return up to five telephone keys one slip away from what was read, hubs left out, by number of adverts."""
    found: dict[int, Row] = {}
    for reading in readings:
        if reading.kind == "phone" and len(reading.value) > SHORTEST:
            rows = (published.keys_by_value(f"+{digits}", "phone") for digits in slips(reading.value[1:]))
        elif reading.kind == "phone ending" and len(reading.value) >= SHORTEST:
            rows = (published.phones_ending_in(digits, MOST) for digits in slips(reading.value))
        else:
            continue
        found |= {row["key_no"]: row for row in chain.from_iterable(rows) if not row["hub"]}
    return sorted(found.values(), key=lambda row: (-row["adverts"], row["value"]))[:MOST]


def slips(digits: str) -> Iterator[str]:
    """Yield every number with one digit other, then every one with two different neighbours swapped."""
    for place, old in enumerate(digits):
        for new in "0123456789":
            if new != old:
                yield digits[:place] + new + digits[place + 1 :]
    for place in range(len(digits) - 1):
        one, two = digits[place], digits[place + 1]
        if one != two:
            yield digits[:place] + two + one + digits[place + 2 :]
