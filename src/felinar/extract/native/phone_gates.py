"""Cheap signs without which no mask can stand: each says yes too often, never too seldom, and spares a search.

`phone_masks` asks them before it runs the patterns of `extract/phone_masks.py`.
"""

# ruff: noqa: SIM102, SIM110, SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_masks
from felinar.extract.native.characters import ALNUM, DECIMAL, FIGURE, SPACE
from felinar.extract.native.lexis import lexis_of, next_node, word_at
from felinar.extract.native.phone_columns import T_UNITS
from felinar.kernels.compile import kernel

# Numbers of the patterns of `phone_masks._NEAR`.
_DATE, _DAY, _HOUR, _TIME, _MACHINE, _PLACE, _CURRENCY, _AMOUNT, _SIZE, _CARD = range(10)
_LINE = ord("_")
_FOUR, _SEVEN = map(np.int64, (4, 7))  # as integers of numpy: a kernel is compiled for each constant


def unit_words() -> NDArray[np.int64]:
    """Return the trie of what units begin with: whether any letter may follow the last one."""
    rows: dict[str, list[int]] = {}
    for written in [*phone_masks._UNITS.split("|"), *"%€£₹$"]:
        fixed = re.match(r"[^\\?\[*]+", unit := written.replace("\\$", "$"))
        word, rest = (fixed[0], unit[fixed.end() :]) if fixed else ("", "")
        word = word[:-1] if rest[:1] in ("?", "*") else word
        if not word:
            raise ValueError(f"the unit {unit} has no fixed beginning: extend unit_words")
        rows[word] = [int(bool(rest) or not word[-1].isalnum() or rows.get(word, [0])[0])]
    return lexis_of(rows, roots=0x1000)


@kernel
def may_be_unit(t: Any, text: Any, kinds: Any, left: Any, right: Any) -> Any:
    """Say whether a figure stands here with what may be a unit or a currency behind it."""
    units = t[T_UNITS]
    for k in range(left, right - 1):
        if not kinds[k] & FIGURE or kinds[k + 1] & FIGURE:
            continue
        at = k + 1
        if kinds[at] & SPACE:
            at += 1
        node = np.int64(0)
        while at < right:
            node = next_node(t, units, node, np.int64(text[at]))
            if node == 0:
                break
            at += 1
            row = word_at(t, units, node)
            if row >= 0 and (t[row] or at == right or not (kinds[at] & ALNUM or text[at] == _LINE)):
                return True
    return False


@kernel
def near_bits(text: Any, kinds: Any, left: Any, right: Any, end: Any) -> Any:
    """Return which patterns of `_NEAR` may match here, as bits; a match must begin before `end`."""
    found = np.int64(0)
    row = 0  # figures in a row up to this place
    for k in range(left, right - 1):
        code = np.int64(text[k])
        if not kinds[k] & FIGURE:
            row = 0
            if code > 0x20BD or (code < 0xA3 and code != 36):
                continue
            if code == 36 or code == 0xA3 or code == 0x20AC or code == 0x20B9 or code == 0x20BD:
                if kinds[k + 1] & (FIGURE | SPACE):
                    found |= 1 << _CURRENCY
            continue
        row += 1
        if not kinds[k + 1] & FIGURE:
            if k - row + 1 >= end:
                break
            found |= behind_figures(text, kinds, k, row, left, right)
    return found


@kernel
def behind_figures(text: Any, kinds: Any, at: Any, row: Any, left: Any, right: Any) -> Any:
    """Return which patterns of `_NEAR` go on behind these figures, the last of which stands here."""
    code = np.int64(text[at + 1])
    n = 0
    while at + 2 + n < right and n < 5 and kinds[at + 2 + n] & FIGURE:
        n += 1
    after = np.int64(text[at + 2 + n]) if at + 2 + n < right else np.int64(0)
    next_figure = at + 3 + n < right and (kinds[at + 3 + n] & FIGURE) != 0
    found = 0
    if code == 45 or code == 47 or code == 46:  # - / .
        if (n == 1 or n == 2) and after == code and next_figure and is_date_part(text, at, row, left):
            found |= 1 << _DATE
    if code == 46 or code == 58 or code == 104:  # . : h
        if n == 2 and row <= 2 and (code != 46 or after == 58):
            found |= 1 << _HOUR
            if code == 58:
                found |= 1 << _TIME
        if code == 46:
            if 1 <= n and n <= 3 and after == 46 and next_figure:
                found |= 1 << _MACHINE
            if n >= 4:
                found |= 1 << _PLACE
        return found
    if code == 44:  # ,
        return 1 << _AMOUNT if n == 3 else 0
    if code == 120:  # x
        return 1 << _SIZE if n > 0 or (kinds[min(at + 2, right - 1)] & SPACE) != 0 else 0
    if code == 45:
        return found | (1 << _CARD if row == 4 and n == 4 and is_card(text, kinds, at, code, right) else 0)
    if not kinds[at + 1] & SPACE:
        return found
    if n == 0:
        found |= 1 << _SIZE if after == 120 else 0
    elif code == 32:
        if row >= 4 and n < 3 and after == 32 and next_figure and (text[at - 3] == 49 or text[at - 3] == 50):
            found |= 1 << _DAY
        if row == 4 and n == 4 and is_card(text, kinds, at, code, right):
            found |= 1 << _CARD
    if row >= 8 and is_day_code(text, kinds, at, left):
        found |= 1 << _DATE
    return found


@kernel
def is_date_part(text: Any, at: Any, row: Any, left: Any) -> Any:
    """Say whether figures in a row, the last of which stands here, may begin a date."""
    if at - row >= left and 45 <= text[at - row] and text[at - row] <= 47:
        return False
    if row == 4:
        return text[at - 3] == 49 or text[at - 3] == 50
    return row == 1 or (row == 2 and text[at - 1] <= 51)


@kernel
def is_card(text: Any, kinds: Any, at: Any, sign: Any, right: Any) -> Any:
    """Say whether three groups of four figures stand behind this one with the same sign before each."""
    for group in range(3):
        first = at + 1 + 5 * group
        if first >= right or text[first] != sign or not is_figure(kinds, first + 1, _FOUR, right):
            return False
    return True


@kernel
def is_day_code(text: Any, kinds: Any, at: Any, left: Any) -> Any:
    """Say whether seven figures that may be the end of a day, as in 20240115, stand before the end of this one."""
    if at - 6 < left or not is_figure(kinds, at - 6, _SEVEN, at + 1):
        return False
    return text[at - 3] <= 49 and text[at - 1] <= 51


@kernel
def mixed_signs(text: Any, kinds: Any, left: Any, right: Any) -> Any:
    """Return bits: 1 where a letter a-z and a figure touch, 2, 4, 8 where one of the ids may stand, 16 for `v1`."""
    found = 0
    size = letters = 0  # of a row of hexadecimal digits
    for k in range(left, right):
        code = np.int64(text[k])
        figure = (kinds[k] & DECIMAL) != 0
        if figure or (97 <= code and code <= 102):
            size += 1
            letters += not figure
            if size >= 8 and letters >= 3:
                found |= 8
        else:
            if code == 45 and size >= 4:
                found |= 4
            size = letters = 0
        if k == left:
            continue
        before = np.int64(text[k - 1])
        if figure and 97 <= before and before <= 122:
            found |= 1
            if before == 118:
                found |= 16
            if is_bank_code(text, kinds, k, left, right):
                found |= 2
        elif 97 <= code and code <= 122 and kinds[k - 1] & DECIMAL:
            found |= 1
    return found


@kernel
def is_bank_code(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether two letters and two figures stand together, the first figure here."""
    if at - 2 < left or at + 1 >= right or not kinds[at + 1] & DECIMAL:
        return False
    if text[at - 2] < 97 or text[at - 2] > 122:
        return False
    if at - 3 < left:
        return True
    code = np.int64(text[at - 3])
    return not ((48 <= code and code <= 57) or (97 <= code and code <= 122))


@kernel
def is_figure(kinds: Any, first: Any, count: Any, right: Any) -> Any:
    """Say whether `count` figures stand here."""
    if first + count > right:
        return False
    for k in range(first, first + count):
        if not kinds[k] & FIGURE:
            return False
    return True
