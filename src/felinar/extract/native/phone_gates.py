"""Cheap signs without which no mask can stand: each says yes too often, never too seldom, and spares a search.

`phone_masks` asks them before it runs the patterns of `extract/phone_masks.py` and `extract/phone_vetoes.py`.
"""

# ruff: noqa: SIM102, SIM110, SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_masks, phone_vetoes
from felinar.extract.native.characters import ALNUM, DECIMAL, FIGURE, SPACE
from felinar.extract.native.lexis import lexis_of, next_node, word_at
from felinar.extract.native.phone_columns import T_UNITS
from felinar.kernels.compile import kernel

# Numbers of the patterns of `phone_masks._NEAR`.
_DATE, _DAY, _HOUR, _TIME, _MACHINE, _PLACE, _CURRENCY, _AMOUNT, _SIZE, _CARD = range(10)
_LINE = ord("_")
_FOUR, _FIVE, _SIX, _SEVEN = map(np.int64, range(4, 8))  # as integers of numpy: a kernel is compiled for each constant
# The top domains of the vetoes, eight bits a letter.
_TOPS = np.array([int.from_bytes(top.encode(), "big") for top in phone_vetoes._TOPS.split("|")], dtype=np.int64)


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
        if (n == 1 or n == 2) and after == code and next_figure:
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


@kernel
def may_be_vetoed(text: Any, kinds: Any, left: Any, right: Any) -> Any:
    """Say whether one of the vetoes may fit here."""
    for k in range(left, right):
        code = np.int64(text[k])
        if 97 <= code and code <= 122:
            if code == 122 and k > left and text[k - 1] == 49:
                return True
        elif code <= 32:
            if code == 32 and k > left and kinds[k - 1] & FIGURE and is_printed_code(text, kinds, k, right):
                return True
        elif 48 <= code and code <= 57:
            if k == left or kinds[k - 1] & FIGURE:
                continue
            if 97 <= text[k - 1] and text[k - 1] <= 122 and is_figure(kinds, k, _SIX, right):
                return True
            if (code == 49 or code == 50) and is_year_behind(text, kinds, k, left, right):
                return True
        elif code == 176:
            return True
        elif code == 45 or code == 46 or code == 44 or code == 47 or code == 0x2013:
            if may_veto(text, kinds, k, left, right):
                return True
    return False


@kernel
def is_printed_code(text: Any, kinds: Any, at: Any, right: Any) -> Any:
    """Say whether six figures and then five stand behind this sign, as in a bar code or on a card."""
    if at + 13 > right or not is_figure(kinds, at + 1, _SIX, right):
        return False
    return (text[at + 7] == 32 or text[at + 7] == 45) and is_figure(kinds, at + 8, _FIVE, right)


@kernel
def is_year_behind(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether a year stands here behind another year, or a day that begins with one, and a sign between them."""
    if at == left or not is_year(text, kinds, at, left, right):
        return False
    k = at - 1
    while k >= left and at - k <= 3 and (text[k] == 32 or text[k] == 45 or text[k] == 47 or text[k] == 0x2013):
        k -= 1
    if k == at - 1:
        return False
    return is_year(text, kinds, k - 3, left, right) or is_year(text, kinds, k - 7, left, right)


@kernel
def is_year(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether four figures from 1900 to 2099 stand here."""
    if at < left or not is_figure(kinds, at, _FOUR, right):
        return False
    return (text[at] == 49 and text[at + 1] == 57) or (text[at] == 50 and text[at + 1] == 48)


@kernel
def may_veto(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether this hyphen, dot, comma or slash may be part of what MAY looks for."""
    code = np.int64(text[at])
    after_figure = at > left and (kinds[at - 1] & FIGURE) != 0
    k = at + 1
    if code == 46 and k < right and 97 <= text[k] and text[k] <= 122:
        while k < right and k - at <= 8 and 97 <= text[k] and text[k] <= 122:
            k += 1
        return k < right and text[k] == 47 and is_top(text, at + 1, k) and has_three_figures(kinds, text, k + 1, right)
    if code == 46 or code == 44:
        if after_figure and is_coordinate(text, kinds, k, right):
            return True
        if code == 46 or not after_figure:
            return False
        k += k < right and text[k] == 32
        first = k
        while k < right and k - first < 2 and kinds[k] & FIGURE:
            k += 1
        return k > first and k < right and text[k] == 45
    if after_figure and code == 45 and is_printed_code(text, kinds, at, right):
        return True
    if code != 47:
        if is_amount_range(text, kinds, at, left, right):
            return True
    return code != 0x2013 and after_figure and are_sizes(text, kinds, at, left, right)


@kernel
def are_sizes(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether this is the first sign of sizes: `90-60-90`."""
    two = at - 2 >= left and 55 <= text[at - 2] and text[at - 2] <= 57
    three = at - 3 >= left and text[at - 3] == 49 and 48 <= text[at - 2] and text[at - 2] <= 52
    if not (two or three):
        return False
    k = at + 1
    if k + 2 >= right:
        return False
    if not (53 <= text[k] and text[k] <= 57) and not (text[k] == 49 and 48 <= text[k + 1] and text[k + 1] <= 50):
        return False
    k += 3 if text[k] == 49 else 2
    if k + 2 >= right or (text[k] != 45 and text[k] != 47) or not kinds[k + 2] & FIGURE:
        return False
    return (55 <= text[k + 1] and text[k + 1] <= 57) or text[k + 1] == 49


@kernel
def is_coordinate(text: Any, kinds: Any, at: Any, right: Any) -> Any:
    """Say whether four to eight decimals stand here, and soon behind them another figure with four of them."""
    if not is_figure(kinds, at, _FOUR, right):
        return False
    while at < right and kinds[at] & FIGURE:
        at += 1
    first = at
    while at < right and at - first < 14 and not kinds[at] & FIGURE and text[at] != 46:
        at += 1
    if at == first:
        return False
    first = at
    while at < right and at - first < 3 and kinds[at] & FIGURE:
        at += 1
    return at > first and at < right and (text[at] == 46 or text[at] == 44) and is_figure(kinds, at + 1, _FOUR, right)


@kernel
def is_amount_range(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Say whether this hyphen stands between hundreds, the later ones with thousands: `1 200 - 1 500`."""
    before = at - 1 - (at > left and text[at - 1] == 32)
    if before - 2 < left or text[before] != 48 or text[before - 1] != 48 or not kinds[before - 2] & FIGURE:
        return False
    k = at + 1
    k += k < right and text[k] == 32
    first = k
    while k < right and k - first < 3 and kinds[k] & FIGURE:
        k += 1
    if k == first or k + 4 > right or text[k] != 32:
        return False
    return (kinds[k + 1] & FIGURE) != 0 and text[k + 2] == 48 and text[k + 3] == 48


@kernel
def is_top(text: Any, start: Any, end: Any) -> Any:
    """Say whether this is one of the top domains of the vetoes."""
    packed = np.int64(0)
    for k in range(start, end):
        packed = packed << 8 | np.int64(text[k])
    for top in _TOPS:
        if top == packed:
            return True
    return False


@kernel
def has_three_figures(kinds: Any, text: Any, at: Any, right: Any) -> Any:
    """Say whether three figures stand together here before a blank."""
    n = 0
    while at < right and text[at] != 32 and n < 3:
        n = n + 1 if kinds[at] & FIGURE else 0
        at += 1
    return n == 3
