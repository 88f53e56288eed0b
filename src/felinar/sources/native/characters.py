"""Kernels over the characters of texts: copied, without escapes, counted, stripped as `str.strip` does."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.utf8 import code_at
from felinar.sources.native.json_marks import (
    BACK,
    CARRIAGE,
    FORM,
    LINE,
    TABULATOR,
    UNICODE,
    after_plain,
    four_digits,
)


@kernel
def copied(content, begin, end, out, place):  # type: ignore[no-untyped-def]
    """Copy bytes and return the place after them; places that cannot be negative are copied 40 times as fast."""
    first, to = np.uint64(begin), np.uint64(place)
    for step in range(np.uint64(end - begin)):
        out[to + step] = content[first + step]
    return place + end - begin


@kernel
def unescaped(content, at, last, out, place):  # type: ignore[no-untyped-def]
    """Write a text without its escapes and return the place after it."""
    while True:
        plain = after_plain(content, at, last)
        place = copied(content, at, plain, out, place)
        if plain >= last:
            return place
        code, at = escaped_code(content, plain, last)
        place = put(code, out, place)


@kernel
def escaped_code(content, at, last):  # type: ignore[no-untyped-def]
    """Return the character that the escape at this place means, and the place after it."""
    letter = content[at + 1]
    if letter != UNICODE:
        code = int(letter)
        if letter == BACK:
            code = 8
        elif letter == TABULATOR:
            code = 9
        elif letter == LINE:
            code = 10
        elif letter == FORM:
            code = 12
        elif letter == CARRIAGE:
            code = 13
        return code, at + 2
    code = four_digits(content, at + 2, last)
    if code < 0xD800 or code >= 0xE000:
        return code, at + 6
    return 0x10000 + ((code - 0xD800) << 10) + four_digits(content, at + 8, last) - 0xDC00, at + 12


@kernel
def put(code, out, place):  # type: ignore[no-untyped-def]
    """Write one character as UTF-8 and return the place after it."""
    if code < 0x80:
        out[place] = code
        return place + 1
    if code < 0x800:
        out[place], out[place + 1] = 0xC0 | code >> 6, 0x80 | code & 0x3F
        return place + 2
    if code < 0x10000:
        out[place] = 0xE0 | code >> 12
        out[place + 1], out[place + 2] = 0x80 | code >> 6 & 0x3F, 0x80 | code & 0x3F
        return place + 3
    out[place], out[place + 1] = 0xF0 | code >> 18, 0x80 | code >> 12 & 0x3F
    out[place + 2], out[place + 3] = 0x80 | code >> 6 & 0x3F, 0x80 | code & 0x3F
    return place + 4


@kernel
def characters(content, begin, end):  # type: ignore[no-untyped-def]
    """Return how many characters these bytes hold."""
    count = np.uint32(0)
    for place in range(np.uint64(begin), np.uint64(end)):
        count += np.uint32((content[place] & np.uint8(0xC0)) != np.uint8(0x80))
    return np.int64(count)


@kernel
def is_blank_code(code):  # type: ignore[no-untyped-def]
    """Return whether `str.strip` takes this character away."""
    if code < 0x80:
        return code == 0x20 or 0x09 <= code <= 0x0D or 0x1C <= code <= 0x1F
    if code < 0x2000:
        return code == 0x85 or code == 0xA0 or code == 0x1680
    lines = code == 0x2028 or code == 0x2029 or code == 0x202F or code == 0x205F
    return code <= 0x200A or lines or code == 0x3000


@kernel
def after_space(content, at, last):  # type: ignore[no-untyped-def]
    """Return the first place that `str.lstrip` leaves."""
    while at < last:
        code, after = code_at(content, at)
        if not is_blank_code(code):
            break
        at = after
    return at


@kernel
def stripped(out, begin, end):  # type: ignore[no-untyped-def]
    """Move a text to the left as `str.strip` leaves it, and return its end."""
    first = after_space(out, begin, end)
    while end > first:
        last = end - 1
        while out[last] & 0xC0 == 0x80:
            last -= 1
        code, _ = code_at(out, last)
        if not is_blank_code(code):
            break
        end = last
    if first == begin:
        return end
    return copied(out, first, end, out, begin)
