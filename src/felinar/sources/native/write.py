"""Kernels that write texts: what a cell says, columns joined, parts of bodies, columns as JSON."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.kernels.utf8 import code_at
from felinar.sources.native.json_marks import (
    BACK,
    BLANK,
    CARRIAGE,
    COMMA,
    FORM,
    LINE,
    TABULATOR,
    UNICODE,
    after_blanks,
    after_plain,
    end_of_text,
    four_digits,
)
from felinar.sources.native.rows import ABSENT, BEGIN, END, ESCAPED, KIND, LIST, NOTHING

# Which texts are passed over where several columns are joined.
EMPTY_ONES, BLANK_ONES = 1, 2


@kernel
def write_texts(content, at, state, picks, joint, passed_over, strip, out, bounds):  # type: ignore[no-untyped-def]
    """Write the text of each row; texts that are empty, or blank, are passed over where there are several columns."""
    place = 0
    for row in range(len(state)):
        begin = place
        alone = picks.shape[1] < 2 or picks[state[row], 1] < 0
        for slot in range(picks.shape[1]):
            column = picks[state[row], slot]
            if column < 0:
                break
            before = place
            if before > begin:
                place = copied(joint, 0, len(joint), out, place)
            text = place
            place = write_cell(content, at, row, column, out, place)
            if not alone and is_passed_over(out, text, place, passed_over):
                place = before
        if strip:
            place = stripped(out, begin, place)
        bounds[row + 1] = place


@kernel
def write_bodies(content, at, state, picks, joint, out, bounds, counts, parts):  # type: ignore[no-untyped-def]
    """Write the body of each row, and column, first and last character of each of its parts."""
    place, part = 0, 0
    for row in range(len(state)):
        begin, character = place, 0
        for slot in range(picks.shape[1]):
            column = picks[state[row], slot]
            if column < 0:
                break
            before = place
            if before > begin:
                place = copied(joint, 0, len(joint), out, place)
            text = place
            place = write_cell(content, at, row, column, out, place)
            if place == text:
                place = before
                continue
            if before > begin:
                character += len(joint)
            parts[part, 0], parts[part, 1] = column, character
            character += characters(out, text, place)
            parts[part, 2] = character
            part += 1
        bounds[row + 1], counts[row + 1] = place, part


@kernel
def write_cell(content, at, row, column, out, place):  # type: ignore[no-untyped-def]
    """Write the text of a cell and return the place after it; the texts of a list are joined by commas."""
    kind, begin, end = at[row, column, KIND], at[row, column, BEGIN], at[row, column, END]
    if kind in (ABSENT, NOTHING):
        return place
    if kind == ESCAPED:
        return unescaped(content, begin, end, out, place)
    if kind != LIST:
        return copied(content, begin, end, out, place)
    first = place
    while begin < end:  # at the quote of the list's next text
        stop, _ = end_of_text(content, begin + 1, end)
        if stop > begin + 1:
            if place > first:
                out[place], out[place + 1] = COMMA, BLANK
                place += 2
            place = unescaped(content, begin + 1, stop, out, place)
        begin = after_comma(content, stop + 1, end)
    return place


@kernel
def after_comma(content, at, last):  # type: ignore[no-untyped-def]
    """Return where the next text of a list begins, or its end."""
    at = after_blanks(content, at, last)
    return after_blanks(content, at + 1, last) if at < last else last


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
def is_passed_over(content, begin, end, which):  # type: ignore[no-untyped-def]
    """Return whether a text is empty or, where that counts, blank."""
    return begin == end or (which == BLANK_ONES and after_space(content, begin, end) == end)


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
