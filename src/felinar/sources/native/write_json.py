"""Kernels that write canonical JSON: sorted keys, no blanks, no escapes but those that must be."""

from __future__ import annotations

from felinar.kernels.compile import kernel
from felinar.sources.native.cells import ABSENT, BEGIN, END, KIND, LIST, NOTHING
from felinar.sources.native.characters import copied, escaped_code, put
from felinar.sources.native.json_marks import (
    BACK,
    BACKSLASH,
    BLANK,
    CARRIAGE,
    CLOSE,
    CLOSE_LIST,
    COMMA,
    FORM,
    LINE,
    OPEN,
    OPEN_LIST,
    QUOTE,
    TABULATOR,
    UNICODE,
    ZERO,
    after_plain,
    end_of_text,
)
from felinar.sources.native.write import after_comma


@kernel
def write_objects(content, at, state, picks, heads, head_bounds, out, bounds):  # type: ignore[no-untyped-def]
    """Write an object of each row: the columns of `picks` in their order, without those that are empty."""
    place = 0
    for row in range(len(state)):
        out[place] = OPEN
        place += 1
        first = place
        for slot in range(picks.shape[1]):
            column = picks[state[row], slot]
            if column < 0:
                break
            before = place
            if before > first:
                out[place] = COMMA
                place += 1
            value = copied(heads, head_bounds[column], head_bounds[column + 1], out, place)
            place = write_value(content, at, row, column, out, value)
            if place == value:
                place = before
        out[place] = CLOSE
        place += 1
        bounds[row + 1] = place


@kernel
def write_value(content, at, row, column, out, place):  # type: ignore[no-untyped-def]
    """Write a cell as a JSON text, or a list as one of texts, and return the place after it; nothing if empty."""
    kind, begin, end = at[row, column, KIND], at[row, column, BEGIN], at[row, column, END]
    if kind in (ABSENT, NOTHING) or begin == end:
        return place
    if kind != LIST:
        return write_quoted(content, begin, end, out, place)
    before = place
    out[place] = OPEN_LIST
    place += 1
    while begin < end:  # at the quote of the list's next text
        stop, _ = end_of_text(content, begin + 1, end)
        if stop > begin + 1:
            if place > before + 1:
                out[place] = COMMA
                place += 1
            place = write_quoted(content, begin + 1, stop, out, place)
        begin = after_comma(content, stop + 1, end)
    if place == before + 1:
        return before
    out[place] = CLOSE_LIST
    return place + 1


@kernel
def write_quoted(content, at, last, out, place):  # type: ignore[no-untyped-def]
    """Write a text of a line in quotes, with the escapes that must be and no others; return the place after it."""
    out[place] = QUOTE
    place += 1
    while True:
        plain = after_plain(content, at, last)
        place = copied(content, at, plain, out, place)
        if plain >= last:
            break
        code, at = escaped_code(content, plain, last)
        place = put_escaped(code, out, place)
    out[place] = QUOTE
    return place + 1


@kernel
def put_escaped(code, out, place):  # type: ignore[no-untyped-def]
    """Write one character of a JSON text and return the place after it."""
    if code >= BLANK and code != QUOTE and code != BACKSLASH:
        return put(code, out, place)
    letter = code
    if code == 8:
        letter = BACK
    elif code == 9:
        letter = TABULATOR
    elif code == 10:
        letter = LINE
    elif code == 12:
        letter = FORM
    elif code == 13:
        letter = CARRIAGE
    out[place] = BACKSLASH
    if letter >= BLANK:
        out[place + 1] = letter
        return place + 2
    out[place + 1], out[place + 2], out[place + 3] = UNICODE, ZERO, ZERO
    high, low = code >> 4, code & 15
    out[place + 4], out[place + 5] = ZERO + high, ZERO + low if low < 10 else 0x57 + low
    return place + 6


@kernel
def write_plain_quoted(content, at, last, out, place):  # type: ignore[no-untyped-def]
    """Write a text as it is between quotes, with the escapes that must be; return the place after it."""
    out[place] = QUOTE
    place += 1
    while True:
        plain = after_plain(content, at, last)
        place = copied(content, at, plain, out, place)
        if plain >= last:
            break
        place, at = put_escaped(int(content[plain]), out, place), plain + 1
    out[place] = QUOTE
    return place + 1


@kernel
def write_identities(contents, bounds, heads, head_bounds, out, ends):  # type: ignore[no-untyped-def]
    """Write an object of each row: the texts of all columns, each after its head."""
    place = 0
    for row in range(bounds.shape[1] - 1):
        for column in range(bounds.shape[0]):
            place = copied(heads, head_bounds[column], head_bounds[column + 1], out, place)
            begin, end = bounds[column, row], bounds[column, row + 1]
            place = write_plain_quoted(contents[column], begin, end, out, place)
        out[place] = CLOSE
        place += 1
        ends[row + 1] = place
