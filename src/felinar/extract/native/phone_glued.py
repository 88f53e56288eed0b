"""Number words glued together, the fewest and longest pieces first: the twin of `extract/phone_glued.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_glued
from felinar.extract.native.lexis import next_node, word_at
from felinar.extract.native.phone_columns import R_GLUE, R_SAID, R_SAID_DIGITS, R_WAY, T_WORDS
from felinar.extract.native.phone_joining import joined_pair, joins_before, joins_of, still_open
from felinar.extract.native.phone_vocabulary import (
    COUNT,
    JOINS,
    JOINT,
    KIND,
    KOREAN,
    LANGUAGES,
    MASK,
    ONE,
    OPEN,
    SAID_COUNT,
    SAID_KIND,
    SAID_MASK,
    SAID_TENS,
    SAYS_HUNDREDS,
    SMALL,
    TAKES_TIMES,
    TENS,
    THREE,
    TWO,
    WORD_COLUMNS,
)
from felinar.extract.phone_words import ORDINARY, PLAIN
from felinar.kernels.compile import kernel

_PIECE, _SURE, _FAR = 14, phone_glued._SURE, 1 << 30


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
    shared = np.int64(LANGUAGES)
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
    if shared == 0 and (letter or (numbers == 2 and plain < 2)):
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
    r[R_SAID + SAID_MASK] = shared | (first & ~np.int64(LANGUAGES)) if shared else first
    return True


@kernel
def glued_times(part: Any, stop: Any, r: Any) -> Any:
    """Say whether this is the `zwei` of `zweihundert`."""
    after = part + WORD_COLUMNS
    return after < stop and r[part + COUNT] == 1 and r[part + ONE] != 0 and r[after + TENS] & TAKES_TIMES != 0


@kernel
def join_glued_hundreds(stop: Any, r: Any) -> None:
    """Join hundreds with the unit before and the rest behind, as `_join_hundreds`."""
    unit = held = article = np.int64(-1)
    for part in range(R_GLUE, stop, WORD_COLUMNS):
        if r[part + COUNT] == 0:
            continue
        if r[part + TENS] & SAYS_HUNDREDS:
            if r[part + TENS] & TAKES_TIMES and unit >= 0:
                r[part + ONE], r[unit + COUNT] = r[unit + ONE], 0
            elif r[part + TENS] & TAKES_TIMES and article >= 0:  # `o sută`
                r[article + COUNT] = 0
            held, unit, article = np.int64(part), np.int64(-1), np.int64(-1)
            continue
        zero = r[part + KIND] == ORDINARY and r[part + COUNT] == 1 and r[part + ONE] == 0
        article = np.int64(part if zero else -1)
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
