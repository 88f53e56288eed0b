"""What stands somewhere in a text, told chunk by chunk: signs without which a mask need not be looked for.

Each bit is set too often, never too seldom: no pattern behind it can match in a text without it.
"""

# ruff: noqa: SIM114, SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.characters import FIGURE
from felinar.kernels.compile import kernel

# `@`; `://` or `www.`; `#`; a letter a-z beside a figure; what a veto needs; a mark of a link (phone_links.MARKS).
AT, ADDRESS, HASH, MIXED, VETO, MARK = 1, 2, 4, 8, 16, 32
SIGNALS = 63


@kernel
def signals_of(text: Any, kinds: Any, start: Any, end: Any) -> Any:
    """Return the signals of a chunk that is not all figures."""
    found = 0
    row = 0  # figures in a row before this place
    dot = slash = False
    for k in range(start, end):
        code = np.int64(text[k])
        if kinds[k] & FIGURE:
            row += 1
            if row == 4 and is_century(text, k - 3):
                found |= VETO
            if k > start and is_letter(np.int64(text[k - 1])):
                found |= MIXED
            continue
        if row and is_letter(code):
            found |= MIXED
        if is_dash(code):
            if row or k == start:
                found |= VETO
        elif row and (code == 47 or ((code == 46 or code == 44) and k + 1 < end)):
            found |= VETO
        row = 0
        if code == 64:
            found |= AT
        elif code == 35:
            found |= HASH
        elif code == 0xB0:
            found |= VETO
        elif code == 58 and k + 3 <= end and text[k + 1] == 47 and text[k + 2] == 47:
            found |= ADDRESS
        elif code == 119 and k + 4 <= end and text[k + 1] == 119 and text[k + 2] == 119 and text[k + 3] == 46:
            found |= ADDRESS
        dot = dot or code == 46
        slash = slash or code == 47
        if k - start >= 3 and is_mark(text, k):
            found |= MARK
    if dot and slash:
        found |= VETO
    return found


@kernel
def is_letter(code: Any) -> Any:
    """Say whether this is one of a to z."""
    return 97 <= code and code <= 122


@kernel
def is_dash(code: Any) -> Any:
    """Say whether this is a hyphen or a dash that stands between years and amounts."""
    return code == 45 or code == 0x2013


@kernel
def is_century(text: Any, at: Any) -> Any:
    """Say whether two figures begin a year."""
    return (text[at] == 49 and text[at + 1] == 57) or (text[at] == 50 and text[at + 1] == 48)


@kernel
def of_figures(text: Any, start: Any, end: Any) -> Any:
    """Return the signals of a chunk of figures alone: it may be a year, or part of a bar code."""
    size = end - start
    if size < 4:
        return 0
    return VETO if size == 6 or is_century(text, start) else 0


@kernel
def has_free_call(text: Any, start: Any, end: Any) -> Any:
    """Say whether figures end like 800, 0808, 1300 or another number whose rest may be letters."""
    if end - start < 3:
        return False
    one, two, three = np.int64(text[end - 3]), np.int64(text[end - 2]), np.int64(text[end - 1])
    if one == 56:
        return two == three or (two == 48 and three == 56)
    return one == 51 and two == 48 and three == 48


@kernel
def is_mark(text: Any, k: Any) -> Any:
    """Say whether one of `phone_links.MARKS` may end here, three characters behind the first or later."""
    code = np.int64(text[k])
    if code == 58:
        if text[k - 1] == 108 and text[k - 2] == 101 and text[k - 3] == 116:
            return True
        if text[k - 1] == 111 and text[k - 2] == 116 and text[k - 3] == 108:
            return True
        return text[k - 1] == 115 and text[k - 2] == 109 and text[k - 3] == 115
    if code == 61:
        if text[k - 1] == 101 and text[k - 2] == 110 and text[k - 3] == 111:
            return True
        return text[k - 1] == 114 and text[k - 2] == 101 and text[k - 3] == 98
    if code == 101 and text[k - 1] == 109 and text[k - 2] == 46:
        return text[k - 3] == 97 or text[k - 3] == 116 or text[k - 3] == 108
    return False
