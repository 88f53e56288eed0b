"""Windows and links as the columns of mentions: places, confidence, region, evidence, and the two written forms."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.fetch import A_LINE, fetched
from felinar.extract.native.phone_choice import W_TEXT
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_END,
    A_START,
    L_END,
    L_START,
    L_TEXT,
)
from felinar.extract.native.phone_digits import DigitReading, write_national
from felinar.extract.native.phone_disguise import LINK, WORDS, how_written, language_of_words
from felinar.extract.native.phone_display import region_of_number, write_display, write_e164
from felinar.extract.native.phone_score import W_FIRST, W_LAST, W_READING, W_SCORE, W_SOURCE
from felinar.extract.phone_disguise import NEAR
from felinar.kernels.compile import kernel

# Columns of what is found; the evidence is a number made of what it says, in these steps.
F_TEXT, F_START, F_END, F_CONFIDENCE, F_REGION, F_HOW, F_EVIDENCE = range(7)
FACTS = 7
SOURCE_STEP, RANK_STEP, LANGUAGE_STEP = 32, 32 * 8, 32 * 8 * 8
LONGEST_VALUE, LONGEST_DISPLAY = 28, 52
SURE, SUREST = 99, 98
_AHEAD = 4  # how many windows ahead their characters are fetched


@kernel
def write_found(  # type: ignore[no-untyped-def]
    original, kinds, first_of, last_of, place, plans, rows, signs, orders, atoms, digits, windows,
    links, link_readings, link_digits, given, unseen, scratch, facts, values, value_at, displays, display_at,
) -> None:  # fmt: skip
    """Write what is found in the order of texts, the links of a text first, then its windows.

    `scratch` has three rows of LONGEST_DISPLAY characters.
    """
    national, value, display = scratch[0], scratch[1], scratch[2]
    link = 0
    window = 0
    for n in range(len(links) + len(windows)):
        fact = facts[n]
        if window + _AHEAD < len(windows):
            fetch_window(original, kinds, first_of, place, atoms, windows[window + _AHEAD])
        if link < len(links) and (window == len(windows) or links[link, L_TEXT] <= windows[window, W_TEXT]):
            row = links[link]
            text = row[L_TEXT]
            found = reading_in(link_readings[link], np.int64(0))
            link += 1
            fact[F_CONFIDENCE], fact[F_HOW], fact[F_EVIDENCE] = SURE, LINK, 0
            left = row[L_START]
            right = row[L_END]
            size = write_national(plans, found, link_digits, national)
        else:
            row = windows[window]
            window += 1
            text = row[W_TEXT]
            found = reading_in(row, np.int64(W_READING))
            left = atoms[row[W_FIRST], A_START]
            right = atoms[row[W_LAST], A_END]
            write_facts(original, kinds, first_of, last_of, place, orders, unseen, atoms, row, left, right, fact)
            size = write_national(plans, found, digits, national) if found.region >= 0 else 0
        fact[F_TEXT], fact[F_START], fact[F_END] = text, place[left], place[right - 1] + 1
        shown = size
        if found.region < 0:
            fact[F_REGION] = -1
            begin = atoms[row[W_FIRST], A_DIGITS]
            size = shown = atoms[row[W_LAST], A_DIGITS_END] - begin
            for k in range(size):
                value[k] = display[k] = 48 + digits[begin + k]
        else:
            fact[F_REGION] = region_of_number(plans, found.code, national, size, given[text])
            shown = write_display(plans, rows, signs, found.code, national, size, display)
            size = write_e164(found.code, national, size, value)
        value_at[n + 1] = append(value, size, values, value_at[n])
        display_at[n + 1] = append(display, shown, displays, display_at[n])


@kernel
def fetch_window(original: Any, kinds: Any, first_of: Any, place: Any, atoms: Any, row: Any) -> None:
    """Have the original characters of a window brought to the cache of the processor."""
    left, right = atoms[row[W_FIRST], A_START], atoms[row[W_LAST], A_END]
    first = np.uint64(first_of[row[W_TEXT]] + place[left])
    for k in range(first, first + np.uint64(right - left) + A_LINE, A_LINE):
        fetched(original, k)
        fetched(kinds, k)
    fetched(place, np.uint64(right))


@kernel
def append(written: Any, size: Any, to: Any, at: Any) -> Any:
    """Write characters to a place of all; return where they end."""
    for k in range(size):
        to[at + k] = written[k]
    return at + size


@kernel
def reading_in(row: Any, at: Any) -> Any:
    """Return the reading whose fields stand in a row from this column on."""
    return DigitReading(
        row[at], row[at + 1], row[at + 2], row[at + 3], row[at + 4], row[at + 5], row[at + 6], row[at + 7], row[at + 8]
    )


@kernel
def write_facts(  # type: ignore[no-untyped-def]
    original, kinds, first_of, last_of, place, orders, unseen, atoms, row, left, right, fact
) -> None:
    """Write confidence and evidence of a window whose folded characters are left to right."""
    first = first_of[row[W_TEXT]]
    start, end = first + place[left], first + place[right - 1] + 1
    begin, stop = max(first, start - NEAR), min(last_of[row[W_TEXT]], end + NEAR)
    how = how_written(original, kinds, begin, start, end, stop, atoms, row[W_FIRST], row[W_LAST], unseen)
    language = language_of_words(orders, atoms, row[W_FIRST], row[W_LAST]) + 1 if how == WORDS else 0
    rank = row[W_READING + 2] if row[W_READING] >= 0 else 0
    fact[F_CONFIDENCE] = min(SUREST, row[W_SCORE])
    fact[F_HOW] = how
    fact[F_EVIDENCE] = SOURCE_STEP * row[W_SOURCE] + RANK_STEP * rank + LANGUAGE_STEP * language
