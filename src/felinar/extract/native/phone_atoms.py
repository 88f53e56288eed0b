"""Atoms joined, trimmed and compared: the twin of `extract/phone_atoms.py`, over rows of the scratch."""

# ruff: noqa: SIM102, SIM109, SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

from felinar.extract import phone_words
from felinar.extract.native.phone_columns import (
    AS_DIGITS,
    AS_GUESS,
    AS_WORD,
    R_ATOMS,
    S_CONNECTED,
    S_COUNT,
    S_DIGITS,
    S_END,
    S_GAP,
    S_GAP_END,
    S_KIND,
    S_LANGUAGES,
    S_START,
    S_TENS,
    S_WORD,
    S_WORD_SIZE,
    SCRATCH_COLUMNS,
)
from felinar.extract.native.phone_hundreds import is_apart, join_hundreds, takes_times
from felinar.extract.native.phone_joining import joins_before, joins_of, still_open
from felinar.extract.native.phone_vocabulary import FRENCH, HINDI_LATIN, JOINS, OPEN, ORDER_SHIFT, SMALL, TAKES_UNITS
from felinar.kernels.compile import kernel

_WIDE = SCRATCH_COLUMNS
_ORDINARY, _LOOKALIKE = phone_words.ORDINARY, phone_words.LOOKALIKE
_LANGUAGES = (1 << ORDER_SHIFT) - 1
_FRENCH, _HINDI_LATIN = 1 << FRENCH, 1 << HINDI_LATIN
_BLANK, _HYPHEN = ord(" "), ord("-")


@kernel
def same_text(text: Any, a: Any, a_end: Any, b: Any, b_end: Any) -> Any:
    """Say whether two stretches have the same characters."""
    if a_end - a != b_end - b:
        return False
    for k in range(a_end - a):
        if text[a + k] != text[b + k]:
            return False
    return True


@kernel
def value_of(r: Any, first: Any, count: Any) -> Any:
    """Return digits as a number, -1 for none or for more than nine."""
    if count == 0 or count > 9:
        return -1
    value = 0
    for k in range(first, first + count):
        value = 10 * value + r[k]
    return value


@kernel
def joined_value(r: Any, left: Any, right: Any) -> Any:
    """Return the number that the digits of two words make as tens and units, -1 for none; as `_pair`."""
    a_count, b_count = r[R_ATOMS + _WIDE * left + S_COUNT], r[R_ATOMS + _WIDE * right + S_COUNT]
    a, b = (
        value_of(r, r[R_ATOMS + _WIDE * left + S_DIGITS], a_count),
        value_of(r, r[R_ATOMS + _WIDE * right + S_DIGITS], b_count),
    )
    a_tens = joins_of(r[R_ATOMS + _WIDE * left + S_TENS], r[R_ATOMS + _WIDE * right + S_LANGUAGES])
    b_tens = joins_before(r[R_ATOMS + _WIDE * right + S_TENS])
    a_one, b_one = r[r[R_ATOMS + _WIDE * left + S_DIGITS]], r[r[R_ATOMS + _WIDE * right + S_DIGITS]]
    if a_tens and r[r[R_ATOMS + _WIDE * left + S_DIGITS] + 1] == 0 and a != 10 and b_count == 1 and b != 0:
        return 10 * a_one + b
    if a_tens and b_tens and a_count == 2 and (a == 60 or a == 80) and b_one == 1:
        return a + b
    if a_tens and a_count == 2 and a == 10 and b_count == 1 and b >= (1 if a_tens & TAKES_UNITS else 7):
        return 10 + b
    if (
        a_count == 1
        and a == 4
        and b_count == 2
        and b == 20
        and b_tens
        and r[R_ATOMS + _WIDE * right + S_CONNECTED] == 0
    ):
        return 80
    turned = (
        r[R_ATOMS + _WIDE * right + S_CONNECTED]
        and b_tens
        and r[r[R_ATOMS + _WIDE * right + S_DIGITS] + 1] == 0
        and b != 10
    )
    if turned and a_count == 1 and a != 0:
        return 10 * b_one + a
    return -1


@kernel
def write_value(r: Any, at: Any, value: Any) -> Any:
    """Write a number of two to nine digits; return how many."""
    size, rest = 2, value // 100
    while rest:
        size += 1
        rest //= 10
    for k in range(size - 1, -1, -1):
        r[at + k] = value % 10
        value //= 10
    return size


@kernel
def has_sign(text: Any, sign: Any, start: Any, end: Any) -> Any:
    """Say whether a sign stands in a stretch."""
    for k in range(start, end):
        if text[k] == sign:
            return True
    return False


@kernel
def join_words(text: Any, n: Any, used: Any, r: Any) -> Any:
    """Join tens with their units among the first n atoms, as `_join_words`; return how many atoms are left."""
    tens = False
    for k in range(n):
        tens = tens or (r[R_ATOMS + _WIDE * k + S_WORD] >= 0 and r[R_ATOMS + _WIDE * k + S_TENS] != 0)
    if not tens:
        return n
    left = -1
    for right in range(n):
        spoken = r[R_ATOMS + _WIDE * right + S_WORD] >= 0 and r[R_ATOMS + _WIDE * right + S_COUNT] > 0
        if right and (is_apart(text, right, r) or takes_times(text, n, right, r)):
            left = -1
        if left >= 0 and spoken:
            value = joined_value(r, left, right)
            if value >= 0:
                r[R_ATOMS + _WIDE * left + S_COUNT] = 0
                r[R_ATOMS + _WIDE * right + S_DIGITS] = used
                r[R_ATOMS + _WIDE * right + S_COUNT] = write_value(r, used, value)
                used += r[R_ATOMS + _WIDE * right + S_COUNT]
                joins = JOINS if value == 60 or value == 70 or value == 80 or value == 90 else 0
                opens = r[R_ATOMS + _WIDE * right + S_TENS] >> OPEN << OPEN
                r[R_ATOMS + _WIDE * right + S_TENS] = SMALL | joins | opens
        left = right if spoken else -1
    used = join_hundreds(text, n, used, r)
    join_figures(text, n, used, r)
    return without_joined(n, r)


@kernel
def join_figures(text: Any, n: Any, used: Any, r: Any) -> None:
    """Give figures glued to a word the digits that it left open, as `_join_figures`: the word goes into them."""
    for at in range(1, n):
        word, atom = R_ATOMS + _WIDE * (at - 1), R_ATOMS + _WIDE * at
        size = r[atom + S_COUNT]
        gap = r[atom + S_GAP_END] - r[atom + S_GAP]
        glued = gap == 0 or (gap == 1 and text[r[atom + S_GAP]] == _HYPHEN)
        glued = glued and r[word + S_WORD] >= 0 and r[atom + S_WORD] < 0
        if not glued or size == 0 or r[word + S_COUNT] == 0 or r[r[atom + S_DIGITS]] == 0:
            continue
        count = r[word + S_COUNT]
        if still_open(r[word + S_TENS] >> OPEN, r[word + S_DIGITS], count, r) != size:
            continue
        for k in range(count):
            behind = k - count + size
            r[used + k] = r[r[word + S_DIGITS] + k] if behind < 0 else r[r[atom + S_DIGITS] + behind]
        r[word + S_COUNT] = 0
        r[atom + S_DIGITS], r[atom + S_COUNT] = used, count
        used += count


@kernel
def without_joined(n: Any, r: Any) -> Any:
    """Leave out the atoms that went into their neighbours; return how many are left."""
    kept = 0
    start = -1
    for k in range(n):
        if r[R_ATOMS + _WIDE * k + S_WORD] >= 0 and r[R_ATOMS + _WIDE * k + S_COUNT] == 0:
            start = r[R_ATOMS + _WIDE * k + S_START] if start < 0 else start
            continue
        for column in range(SCRATCH_COLUMNS):
            r[R_ATOMS + _WIDE * kept + column] = r[R_ATOMS + _WIDE * k + column]
        if start >= 0:
            r[R_ATOMS + _WIDE * kept + S_START], r[R_ATOMS + _WIDE * kept + S_KIND] = start, AS_WORD
        start = -1
        kept += 1
    return kept


@kernel
def is_loose(  # type: ignore[no-untyped-def]
    text, low, n, at, neighbour, spoken, r
) -> Any:
    """Say whether the word at this end belongs to the sentence, as `_loose`; `at` counts from row `low`."""
    atom = low + at
    if r[R_ATOMS + _WIDE * atom + S_KIND] != AS_GUESS or r[R_ATOMS + _WIDE * atom + S_COUNT] == 0:
        return r[R_ATOMS + _WIDE * atom + S_COUNT] == 0
    if neighbour < 0 or neighbour >= n:
        return True
    if r[R_ATOMS + _WIDE * atom + S_WORD] == _ORDINARY and r[R_ATOMS + _WIDE * atom + S_WORD_SIZE] > 2:
        return False
    if r[R_ATOMS + _WIDE * atom + S_WORD] == _LOOKALIKE and r[R_ATOMS + _WIDE * atom + S_COUNT] > 1:
        return False
    other = low + neighbour
    if (
        r[R_ATOMS + _WIDE * other + S_START] == r[R_ATOMS + _WIDE * atom + S_END]
        or r[R_ATOMS + _WIDE * other + S_END] == r[R_ATOMS + _WIDE * atom + S_START]
    ):
        return False
    if neighbour > 0 and neighbour < at and r[R_ATOMS + _WIDE * other + S_KIND] == AS_DIGITS:
        if not same_text(
            text,
            r[R_ATOMS + _WIDE * other + S_GAP],
            r[R_ATOMS + _WIDE * other + S_GAP_END],
            r[R_ATOMS + _WIDE * atom + S_GAP],
            r[R_ATOMS + _WIDE * atom + S_GAP_END],
        ):
            return True
    said = spoken and r[R_ATOMS + _WIDE * atom + S_WORD] == _ORDINARY and r[R_ATOMS + _WIDE * atom + S_WORD_SIZE] == 1
    return not (said and (r[R_ATOMS + _WIDE * other + S_KIND] == AS_WORD or r[R_ATOMS + _WIDE * other + S_COUNT] == 1))


@kernel
def time_follows(text: Any, low: Any, high: Any, r: Any) -> Any:
    """Say whether the last two groups are `de 10` of a sentence, as `_time_follows`."""
    word, last = high - 2, high - 1
    if (
        high - low < 4
        or r[R_ATOMS + _WIDE * word + S_KIND] != AS_GUESS
        or r[R_ATOMS + _WIDE * last + S_KIND] != AS_DIGITS
    ):
        return False
    gap = r[R_ATOMS + _WIDE * last + S_GAP]
    if r[R_ATOMS + _WIDE * last + S_COUNT] > 2 or r[R_ATOMS + _WIDE * word + S_WORD] != _ORDINARY:
        return False
    if r[R_ATOMS + _WIDE * last + S_GAP_END] - gap != 1 or text[gap] != _BLANK:
        return False
    size = 0
    spoken = shared = False
    languages = r[R_ATOMS + _WIDE * word + S_LANGUAGES] & _LANGUAGES
    for k in range(low, word):
        size += r[R_ATOMS + _WIDE * k + S_COUNT]
        other = r[R_ATOMS + _WIDE * k + S_LANGUAGES] & _LANGUAGES
        spoken = spoken or other != 0
        shared = shared or (other & languages) != 0
    if size < 9:
        return False
    return not shared if spoken else languages == _FRENCH or languages == _HINDI_LATIN


@kernel
def trim(  # type: ignore[no-untyped-def]
    text, low, high, before, after, r
) -> Any:
    """Return (first, stop, letter before, letter after) of what `trimmed` leaves; first == stop for nothing.

    Atoms without digits go: those that are left move together, from the first one on.
    """
    n = high - low
    spoken = False
    for k in range(low, high):
        spoken = spoken or r[R_ATOMS + _WIDE * k + S_KIND] == AS_WORD
    first, last = 0, n
    while last > first and is_loose(text, low, n, last - 1, last - 2, spoken, r):
        last -= 1
    while first < last:
        zero = (
            r[R_ATOMS + _WIDE * (low + first) + S_COUNT] == 1 and r[r[R_ATOMS + _WIDE * (low + first) + S_DIGITS]] == 0
        )
        if not is_loose(text, low, n, first, first + 1, spoken or zero, r):
            break
        first += 1
    if time_follows(text, low + first, low + last, r):
        last -= 2
    certain = size = 0
    kept = low + first
    for k in range(low + first, low + last):
        count = r[R_ATOMS + _WIDE * k + S_COUNT]
        if count == 0:
            continue
        size += count
        certain += count if r[R_ATOMS + _WIDE * k + S_KIND] != AS_GUESS else 0
        if kept != k:
            for column in range(SCRATCH_COLUMNS):
                r[R_ATOMS + _WIDE * kept + column] = r[R_ATOMS + _WIDE * k + column]
        kept += 1
    if size >= 7 and (certain >= 4 or (certain == 3 and size >= 9)):
        return low + first, kept, before != 0 and first == 0, after != 0 and last == n
    return low, low, False, False
