"""Amounts of money in a job advert and what each is for: the nearest word for pay, fee or bed says it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice

from felinar.extract.contract import Found
from felinar.extract.signs import Hit
from felinar.kernels.fold import Folded

PRICED = {"pay": "pay", "lead": "pay", "fee": "fee", "accommodation": "accommodation"}
BEFORE, AFTER, RANGE = 45, 25, 4  # characters between an amount and its word, or the other end of a range
LONGEST = 60  # characters of a word
NEAR, FAR = 80, 60  # confidence of an amount with a word and of one without
MOST = 1_000  # amounts, and words of one text that are looked at
_STOPS = (". ", "! ", "? ", "\n", "; ", "।")
# A word with a meaning: its first and one past its last character, its folded place, what it says.
_Word = tuple[int, int, int, str]
# An amount that is near a word: the characters between, the word's place, what it says.
_Near = tuple[int, int, str]


def amounts(text: Folded, cues: list[Hit], prices: Iterable[Found]) -> tuple[set[tuple[int, str]], list[Found]]:
    """Return the words that have an amount, and the amounts with what they are for; without a word it is pay."""
    words = [(*text.span(a, b), a, PRICED[meant]) for a, b, many in cues for meant in many if meant in PRICED]
    starts = [word[0] for word in words]
    used: set[tuple[int, str]] = set()
    found: list[Found] = []
    last_end, last_meant = -RANGE - 1, ""
    for amount in islice(prices, MOST):
        start, end = amount.start or 0, amount.end or 0
        around = words[bisect_left(starts, start - BEFORE - LONGEST) : bisect_right(starts, end + AFTER)]
        near = min(filter(None, (_near(text.original, word, start, end) for word in around)), default=None)
        # The other end of a range is what the first one is.
        meant = near[2] if near else last_meant if start - last_end <= RANGE else "pay"
        if near:
            used.add((near[1], meant))
        last_end, last_meant = end, meant
        found.append(Found(start, end, f"{meant}:{amount.value}", confidence=NEAR if near else FAR))
    return used, found


def _near(original: str, word: _Word, start: int, end: int) -> _Near | None:
    """Return how near a word is where no sentence ends between it and the amount."""
    first, last, at, meant = word
    if last <= start:
        gap, most, between = start - last, BEFORE, original[last:start]
    else:
        gap, most, between = max(0, first - end), AFTER, original[end:first]
        between = between.replace(",", ". ")  # what follows a comma belongs to the next amount
    return None if gap > most or any(stop in between for stop in _STOPS) else (gap, at, meant)
