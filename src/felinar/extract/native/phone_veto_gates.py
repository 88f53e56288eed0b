"""Which vetoes of `extract/phone_vetoes.py` may match near a run: each says yes too often, never too seldom."""

# ruff: noqa: SIM109, SIM110, SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_vetoes
from felinar.extract.native.characters import FIGURE
from felinar.extract.native.phone_gates import is_figure
from felinar.kernels.compile import kernel

_FOUR, _FIVE, _SIX = map(np.int64, range(4, 7))  # as integers of numpy: a kernel is compiled for each constant
# The top domains of the vetoes, eight bits a letter.
_TOPS = np.array([int.from_bytes(top.encode(), "big") for top in phone_vetoes._TOPS.split("|")], dtype=np.int64)
# Bits by the place of a pattern in `phone_vetoes._PATTERNS`.
_PLACES, _DEGREES, _BAR, _CARDS, _YEARS, _DAYS, _AMOUNTS, _SIZES, _HOURS, _CODES, _DOMAINS = (1 << k for k in range(11))
_SIGNS = np.zeros(128, dtype=np.uint8)
_SIGNS[[ord(sign) for sign in "-.,/"]] = 1
_HYPHEN, _DOT, _COMMA, _SLASH, _DASH, _DEGREE = map(ord, "-.,/\u2013°")


@kernel
def veto_bits(text: Any, kinds: Any, left: Any, right: Any) -> Any:
    """Return which of the vetoes may match here, as bits."""
    found = np.int64(0)
    before = np.int64(0)  # whether a figure stands before this place
    for place in range(np.uint64(left), np.uint64(right)):
        code = text[place]
        figure = np.int64(kinds[place]) & FIGURE
        # Most places are no sign, and neither first figure nor first behind figures: one question for all of them.
        if figure == before and (code >= 128 or not _SIGNS[code]) and code != _DASH and code != _DEGREE:
            continue
        k = np.int64(place)
        if figure:
            found |= figure_bits(text, kinds, k, left, right)
        elif code == 32:
            if is_printed_code(text, kinds, k, right):
                found |= _BAR | _CARDS
        elif code == 122:
            if k > left and text[k - 1] == 49:
                found |= _CODES
        elif code == _DEGREE:
            found |= _DEGREES
        elif code == _HYPHEN or code == _DOT or code == _COMMA or code == _SLASH or code == _DASH:
            found |= sign_bits(text, kinds, k, left, right)
        before = figure
    return found


@kernel
def figure_bits(text: Any, kinds: Any, k: Any, left: Any, right: Any) -> Any:
    """Return the vetoes of which the figures that begin here may be part."""
    found = 0
    if k > left and 97 <= text[k - 1] and text[k - 1] <= 122 and is_figure(kinds, k, _SIX, right):
        found |= _CODES
    if (text[k] == 49 or text[k] == 50) and is_year_behind(text, kinds, k, left, right):
        found |= _YEARS | _DAYS
    return found


@kernel
def sign_bits(text: Any, kinds: Any, at: Any, left: Any, right: Any) -> Any:
    """Return the vetoes of which this hyphen, dot, comma, slash or dash may be part."""
    code = np.int64(text[at])
    k = at + 1
    if code == _DOT and k < right and 97 <= text[k] and text[k] <= 122:
        while k < right and k - at <= 8 and 97 <= text[k] and text[k] <= 122:
            k += 1
        return _DOMAINS if k < right and text[k] == _SLASH and is_top(text, at + 1, k) else 0
    after_figure = at > left and (kinds[at - 1] & FIGURE) != 0
    if code == _DOT or code == _COMMA:
        if not after_figure:
            return 0
        found = _PLACES if is_figure(kinds, k, _FOUR, right) else 0
        return found | _HOURS if code == _COMMA and goes_on(text, kinds, k, right) else found
    found = _AMOUNTS if code != _SLASH and is_amount_range(text, kinds, at, left, right) else 0
    if after_figure:
        if code == _HYPHEN and is_printed_code(text, kinds, at, right):
            found |= _CARDS
        if code != _DASH and are_sizes(text, kinds, at, left, right):
            found |= _SIZES
    return found


@kernel
def goes_on(text: Any, kinds: Any, at: Any, right: Any) -> Any:
    """Say whether one or two figures and a hyphen stand here, behind a blank or none."""
    at += at < right and text[at] == 32
    first = at
    while at < right and at - first < 2 and kinds[at] & FIGURE:
        at += 1
    return at > first and at < right and text[at] == _HYPHEN


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
