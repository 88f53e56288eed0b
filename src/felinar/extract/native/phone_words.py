"""What a word means inside a number, looked up in a trie: the twin of `extract/phone_words.py`.

One walk from the first letter tells a known word and all number words that it begins with; most words end it after
two or three letters.
"""

# ruff: noqa: SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_words
from felinar.extract.lexicon import load
from felinar.extract.native.lexis import next_node, word_at
from felinar.extract.native.phone_columns import (
    R_GLUE,
    R_SAID,
    R_SAID_DIGITS,
    R_WAY,
    T_ALIKE_FOLDED,
    T_WORDS,
)
from felinar.extract.phone_words import LOOKALIKE, ORDINARY, PLAIN, TIMES, vocabulary
from felinar.kernels.compile import kernel

# Columns of the rows of words; digits stand one in each of three columns; MASK has the languages (see
# `languages_mask`).
# TENS: bit 0 for a word of two digits, bit 1 where it may join its neighbour (`joins_tens`), bit 4 for a ten that
# takes every unit; bits 2 and 3: how it speaks of hundreds; from bit OPEN on: what figures behind it may fill.
KIND, COUNT, ONE, TWO, THREE, TENS, MASK, JOINT = range(8)
WORD_COLUMNS = 8
SMALL, JOINS, SAYS_HUNDREDS, TAKES_TIMES, TAKES_UNITS, OPEN = 1, 2, 4, 8, 16, 5  # OPEN: a shift
# What `read_word` writes about a word: its kind or -1, how many digits, tens, languages.
SAID_KIND, SAID_COUNT, SAID_TENS, SAID_MASK = range(4)
ORDER_SHIFT, AS_NUMBERS, AS_PAIRS, AS_SORTED, AS_HUNDREDS = 60, 0, 1, 2, 3
_SHORTEST, LONGEST, _MOST_ALIKE, _PIECE = 4, phone_words._LONGEST, phone_words._MOST_ALIKE, 14
_SURE = phone_words._SURE
_FAR = 1 << 30
_LANGUAGES = (1 << ORDER_SHIFT) - 1
# The bits of French and of Hindi in Latin letters (`de` and `saat` are prepositions), of Korean and of Turkish.
FRENCH, HINDI_LATIN, KOREAN, TURKISH = 8, 6, 48, 22


@lru_cache(maxsize=1)
def language_names() -> tuple[str, ...]:
    """Return the languages in the order of their bits."""
    return tuple(dict.fromkeys([*load().numbers, *load().pairs]))


@lru_cache(maxsize=1)
def language_orders() -> NDArray[np.int64]:
    """Return the bits in the four orders in which plain readers list languages: (4, languages)."""
    names = language_names()
    hundreds = dict.fromkeys([*load().hundreds, *load().hundred, *names])
    rows = (names, dict.fromkeys([*load().pairs, *names]), sorted(names), hundreds)
    return np.array([[names.index(name) for name in row] for row in rows], dtype=np.int64)


def languages_mask(languages: tuple[str, ...], order: int) -> int:
    """Return these languages as bits, with the number of the order in which they stand."""
    return sum(1 << language_names().index(k) for k in languages) | (order << ORDER_SHIFT if languages else 0)


def word_rows() -> dict[str, list[int]]:
    """Return the rows of the vocabulary."""
    return {word: _about(word, meaning) for word, meaning in vocabulary().items()}


def alike_rows() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the digits that letters look like by code point (-1 for none): of originals, of folded ones.

    Each begins with its length.
    """
    exact = {ord(c): int(d) for c, d in load().lookalikes.items()}
    folded = {ord(c): int(d) for c, d in phone_words._lookalikes().items()}
    return _by_code(exact), _by_code(folded)


def _about(word: str, meaning: phone_words.Word) -> list[int]:
    digits = [int(d) for d in meaning.digits] + [0, 0, 0]
    order = AS_HUNDREDS if meaning.hundred else AS_PAIRS if meaning.tens else AS_NUMBERS
    mask = languages_mask(meaning.languages, order)
    joint = word in ("und", "en", "og")
    joins = phone_words.joins_tens(meaning) if meaning.tens else 0
    tens = SMALL * meaning.tens + JOINS * (joins > 0) + TAKES_UNITS * (joins > 1)
    tens += SAYS_HUNDREDS * (meaning.hundred > 0) + TAKES_TIMES * (meaning.hundred == TIMES)
    tens += meaning.open << OPEN
    return [meaning.kind, len(meaning.digits), *digits[:3], tens, mask, joint]


def _by_code(table: dict[int, int]) -> NDArray[np.int64]:
    found = np.full(max(table) + 2, -1, dtype=np.int64)
    found[0] = max(table) + 1
    for code, digit in table.items():
        found[1 + code] = digit
    return found


@kernel
def read_word(t: Any, text: Any, start: Any, end: Any, r: Any) -> Any:
    """Return the kind of the word text[start:end] or -1; what it says goes into `r` (not the zeros of look-alikes)."""
    words = t[T_WORDS]
    node = np.int64(0)
    at = start
    pieces = False  # whether it begins with a number word
    row = -1
    while at < end:
        node = next_node(t, words, node, np.int64(text[at]))
        if node == 0:
            break
        at += 1
        row = word_at(t, words, node)
        pieces = pieces or (at < end and row >= 0)
    if node and row >= 0:
        r[R_SAID + SAID_KIND], r[R_SAID + SAID_COUNT] = t[row + KIND], t[row + COUNT]
        r[R_SAID + SAID_TENS], r[R_SAID + SAID_MASK] = t[row + TENS], t[row + MASK]
        r[R_SAID_DIGITS], r[R_SAID_DIGITS + 1], r[R_SAID_DIGITS + 2] = t[row + ONE], t[row + TWO], t[row + THREE]
        return t[row + KIND]
    size = end - start
    least = _SHORTEST - (0xAC00 <= text[start] and text[start] <= 0xD7A3)  # a syllable of Korean is a figure
    if pieces and least <= size and size <= LONGEST and read_glued(t, text, start, end, r):
        return r[R_SAID + SAID_KIND]
    if size > _MOST_ALIKE:
        return -1
    for k in range(start, end):
        if alike_digit(t, t[T_ALIKE_FOLDED], np.int64(text[k])) < 0:
            return -1
    r[R_SAID + SAID_KIND], r[R_SAID + SAID_COUNT] = LOOKALIKE, size
    r[R_SAID + SAID_TENS], r[R_SAID + SAID_MASK] = 0, 0
    return LOOKALIKE


@kernel
def alike_digit(t: Any, base: Any, code: Any) -> Any:
    """Return the digit that a character looks like by one of the tables, -1 for none."""
    return t[base + 1 + code] if code < t[base] else -1


@kernel
def read_glued(t: Any, text: Any, start: Any, end: Any, r: Any) -> Any:
    """Say whether number words are glued together here, the fewest and longest pieces first; as `_split`."""
    size = end - start
    words = t[T_WORDS]
    for k in range(size + 1):
        r[R_WAY + 3 * k] = _FAR
    r[R_WAY] = 0
    for at in range(size):
        so_far = r[R_WAY + 3 * at]
        if so_far == _FAR:
            continue
        node = np.int64(0)
        for k in range(at, min(at + _PIECE, size)):
            node = next_node(t, words, node, np.int64(text[start + k]))
            if node == 0:
                break
            row = word_at(t, words, node)
            if row < 0:
                continue
            joins = t[row + JOINT] != 0 and at > 0 and k + 1 < size
            if joins or t[row + KIND] <= ORDINARY:
                cost = so_far + (1 if joins or k + 1 - at > 2 else 3)
                way = R_WAY + 3 * (k + 1)
                if cost < r[way]:
                    r[way], r[way + 1], r[way + 2] = cost, at, -1 if joins else row
    return r[R_WAY + 3 * size] < _FAR and glued(t, size, r)


@kernel
def glued(t: Any, size: Any, r: Any) -> Any:
    """Write what the pieces on the cheapest way say together, if they are number words enough; as `_glue`."""
    pieces = numbers = plain = 0
    shared = np.int64(_LANGUAGES)
    at = size
    letter = False
    while at > 0:
        pieces += 1
        letter = letter or at - r[R_WAY + 3 * at + 1] == 1
        row = r[R_WAY + 3 * at + 2]
        if row >= 0:
            numbers += 1
            plain += t[row + KIND] == PLAIN
            shared &= t[row + MASK]
        at = r[R_WAY + 3 * at + 1]
    if letter and shared == 0:
        return False
    sure = plain >= 2 and (2 * plain >= numbers or size >= _SURE)
    if pieces == size and size >= 3 and shared >> KOREAN & 1:  # each syllable is a figure
        sure = True
    kind = PLAIN
    if pieces < 2 or (plain < max(1, numbers - 1) and not sure):
        if numbers < 2 or shared == 0 or 2 * size < 5 * numbers or size < 6:
            return False
        if plain == 0 or not (size >= _SURE or (numbers > 2 and size >= 9)):
            kind = ORDINARY
    at = size
    part = R_GLUE + WORD_COLUMNS * numbers
    while at > 0:
        row = r[R_WAY + 3 * at + 2]
        if row >= 0:
            part -= WORD_COLUMNS
            for k in range(WORD_COLUMNS):
                r[part + k] = t[row + k]
            r[part + JOINT] = 0
        elif part < R_GLUE + WORD_COLUMNS * numbers:
            r[part + JOINT] = 1
        at = r[R_WAY + 3 * at + 1]
    return write_glued(numbers, kind, shared, r)


@kernel
def write_glued(numbers: Any, kind: Any, shared: Any, r: Any) -> Any:
    """Join the parts that say one number, and write the digits and languages of the word."""
    stop = R_GLUE + WORD_COLUMNS * numbers
    still = r[stop - WORD_COLUMNS + TENS] >> OPEN
    for right in range(R_GLUE + WORD_COLUMNS, stop, WORD_COLUMNS):
        left = right - WORD_COLUMNS
        if glued_times(right, stop, r):
            continue
        joins = joins_of(r[left + TENS], r[right + MASK])
        pair = joined_pair(
            r[left + ONE], r[left + TWO], r[left + COUNT], joins,
            r[right + ONE], r[right + TWO], r[right + COUNT], joins_before(r[right + TENS]), r[right + JOINT],
        )  # fmt: skip
        if pair >= 0:
            r[left + COUNT], r[right + COUNT] = 0, 2
            r[right + ONE], r[right + TWO] = pair // 10, pair % 10
            r[right + TENS] = SMALL | JOINS if pair == 60 or pair == 70 or pair == 80 or pair == 90 else SMALL
    join_glued_hundreds(stop, r)
    n = 0
    for part in range(R_GLUE, stop, WORD_COLUMNS):
        for digit in range(r[part + COUNT]):
            r[R_SAID_DIGITS + n] = r[part + ONE + digit]
            n += 1
    first = r[R_GLUE + MASK]
    r[R_SAID + SAID_KIND], r[R_SAID + SAID_COUNT], r[R_SAID + SAID_TENS] = (
        kind,
        n,
        still_open(still, R_SAID_DIGITS, n, r) << OPEN,
    )
    r[R_SAID + SAID_MASK] = shared | (first & ~np.int64(_LANGUAGES)) if shared else first
    return True


@kernel
def still_open(last: Any, digits: Any, count: Any, r: Any) -> Any:
    """Return what may be filled behind digits of which the last word is so open, as `_still_open`."""
    if count < last:
        return 0
    for k in range(digits + count - last, digits + count):
        if r[k] != 0:
            return 0
    return last


@kernel
def glued_times(part: Any, stop: Any, r: Any) -> Any:
    """Say whether this is the `zwei` of `zweihundert`."""
    after = part + WORD_COLUMNS
    return after < stop and r[part + COUNT] == 1 and r[part + ONE] != 0 and r[after + TENS] & TAKES_TIMES != 0


@kernel
def join_glued_hundreds(stop: Any, r: Any) -> None:
    """Join hundreds with the unit before and the rest behind, as `_join_hundreds`."""
    unit = held = np.int64(-1)
    for part in range(R_GLUE, stop, WORD_COLUMNS):
        if r[part + COUNT] == 0:
            continue
        if r[part + TENS] & SAYS_HUNDREDS:
            if r[part + TENS] & TAKES_TIMES and unit >= 0:
                r[part + ONE], r[unit + COUNT] = r[unit + ONE], 0
            held, unit = np.int64(part), np.int64(-1)
            continue
        single = r[part + COUNT] == 1 and r[part + ONE] != 0
        if held >= 0 and fits_glued(part, stop, single, r):
            two = r[part + COUNT] == 2
            r[part + THREE] = r[part + TWO] if two else r[part + ONE]
            r[part + TWO] = r[part + ONE] if two else 0
            r[part + ONE], r[part + COUNT], r[held + COUNT] = r[held + ONE], 3, 0
            single = False
        held, unit = np.int64(-1), np.int64(part) if single else np.int64(-1)


@kernel
def fits_glued(part: Any, stop: Any, single: Any, r: Any) -> Any:
    """Say whether this part is what stands behind a hundred, as `_fits`."""
    if r[part + COUNT] == 2:
        return r[part + TENS] & SMALL != 0
    after = part + WORD_COLUMNS
    while after < stop and r[after + COUNT] == 0:
        after += WORD_COLUMNS
    if not single or after >= stop:
        return single
    return r[after + COUNT] != 1 and r[after + TENS] & TAKES_TIMES == 0


@kernel
def joins_of(tens: Any, languages: Any) -> Any:
    """Return the bits that let a word join one of these languages: `on` is ten before Turkish words only."""
    if tens & TAKES_UNITS and languages >> TURKISH & 1 == 0:
        return 0
    return tens & (JOINS | TAKES_UNITS)


@kernel
def joins_before(tens: Any) -> Any:
    """Return the bit that lets a word join the one before it, which a ten that takes units never does."""
    return tens & JOINS if tens & TAKES_UNITS == 0 else 0


@kernel
def joined_pair(  # type: ignore[no-untyped-def]
    left_one, left_two, left_count, left_tens, right_one, right_two, right_count, right_tens, connected
) -> Any:
    """Return the number below 100 that tens and units make, -1 where they make none; as `_pair`."""
    left = 10 * left_one + left_two if left_count == 2 else left_one
    right = 10 * right_one + right_two if right_count == 2 else right_one
    if left_tens and left_two == 0 and left != 10 and right_count == 1 and right != 0:
        return 10 * left_one + right
    if left_tens and right_tens and left_count == 2 and (left == 60 or left == 80) and right_one == 1:
        return left + right
    units = 1 if left_tens & TAKES_UNITS else 7
    if left_tens and left_count == 2 and left == 10 and right_count == 1 and right >= units:
        return 10 + right
    if left_count == 1 and left == 4 and right_tens and right_count == 2 and right == 20 and not connected:
        return 80
    if connected and right_tens and right_two == 0 and right != 10 and left_count == 1 and left != 0:
        return 10 * right_one + left
    return -1


@kernel
def first_language(orders: Any, mask: Any, common: Any) -> Any:
    """Return the first language of `mask`, in its order, that is also in `common`; -1 for none."""
    order = (mask >> ORDER_SHIFT) & 3
    for k in range(orders.shape[1]):
        if (mask & common) >> orders[order, k] & 1:
            return orders[order, k]
    return -1
