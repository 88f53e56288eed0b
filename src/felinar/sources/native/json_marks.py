"""The bytes of JSON, and small kernels over one text or number of it; what is odd is left to `json_lines.py`.

Places are byte numbers; `last` is one past the last byte of the line. A place of -1 says that something is odd: not
JSON, or JSON that our two parsers and Python's texts may see differently (NUL, half a surrogate pair, long numbers).
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel

QUOTE, BACKSLASH, COMMA, COLON, MINUS, POINT, ZERO, NINE = 0x22, 0x5C, 0x2C, 0x3A, 0x2D, 0x2E, 0x30, 0x39
OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, BLANK, TAB, RETURN = 0x7B, 0x7D, 0x5B, 0x5D, 0x20, 0x09, 0x0D
UNICODE = 0x75  # the u of \u00e9
SLASH, BACK, FORM, LINE, CARRIAGE, TABULATOR = 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74  # the letters of \/ \b \f \n \r \t
AT_ONCE = 64  # bytes that are looked at together
# Bytes that mean something in a text.
MEANS = np.array([byte < BLANK or byte in (QUOTE, BACKSLASH) for byte in range(256)])
# Digits that a number may have so that its text is the one that Python gives: whole ones, and those with a fraction.
WHOLE_DIGITS, DIGITS = 18, 15


@kernel
def after_blanks(content, at, last):  # type: ignore[no-untyped-def]
    """Return the first place from `at` on that is no blank."""
    while at < last and (content[at] == BLANK or content[at] == TAB or content[at] == RETURN):
        at += 1
    return at


@kernel
def after_plain(content, at, last):  # type: ignore[no-untyped-def]
    """Return the first place from `at` on with a byte that means something in a text: a quote, a backslash, a control.

    Many bytes at a time, and with places that cannot be negative: the compiler then uses wide registers.
    """
    place, end, many = np.uint64(at), np.uint64(last), np.uint64(AT_ONCE)
    near = min(end, place + many // np.uint64(2))  # most texts are short
    while place < near:
        if MEANS[content[place]]:
            return np.int64(place)
        place += np.uint64(1)
    while place + many <= end:
        found = np.uint8(0)
        for step in range(AT_ONCE):
            byte = content[place + np.uint64(step)]
            found += np.uint8((byte == np.uint8(QUOTE)) | (byte == np.uint8(BACKSLASH)) | (byte < np.uint8(BLANK)))
        if found:
            break
        place += many
    while place < end and not MEANS[content[place]]:
        place += np.uint64(1)
    return np.int64(place)


@kernel
def end_of_text(content, at, last):  # type: ignore[no-untyped-def]
    """Return the place of the quote that ends a text, and whether the text holds escapes."""
    escapes = False
    while True:
        at = after_plain(content, at, last)
        if at >= last or content[at] < BLANK:
            break
        if content[at] == QUOTE:
            return at, escapes
        escapes = True
        at = after_escape(content, at, last)
        if at < 0:
            break
    return -1, escapes


@kernel
def after_escape(content, at, last):  # type: ignore[no-untyped-def]
    """Return the place after the escape that begins here; one for half a character is odd."""
    if at + 1 >= last:
        return -1
    letter = content[at + 1]
    if letter != UNICODE:
        known = (QUOTE, BACKSLASH, SLASH, BACK, FORM, LINE, CARRIAGE, TABULATOR)
        return at + 2 if letter in known else -1
    code = four_digits(content, at + 2, last)
    if code <= 0 or 0xDC00 <= code < 0xE000:
        return -1
    if code < 0xD800 or code >= 0xE000:
        return at + 6
    if at + 12 > last or content[at + 6] != BACKSLASH or content[at + 7] != UNICODE:
        return -1
    return at + 12 if 0xDC00 <= four_digits(content, at + 8, last) < 0xE000 else -1


@kernel
def four_digits(content, at, last):  # type: ignore[no-untyped-def]
    """Return the number that four hexadecimal digits give, -1 if they are none."""
    if at + 4 > last:
        return -1
    number = 0
    for place in range(at, at + 4):
        byte = content[place]
        if ZERO <= byte <= NINE:
            digit = byte - ZERO
        elif 0x61 <= (byte | 0x20) <= 0x66:
            digit = (byte | 0x20) - 0x57
        else:
            return -1
        number = number * 16 + int(digit)
    return number


@kernel
def after_digits(content, at, last):  # type: ignore[no-untyped-def]
    """Return the first place from `at` on that is no digit."""
    while at < last and ZERO <= content[at] <= NINE:
        at += 1
    return at


@kernel
def after_number(content, at, last):  # type: ignore[no-untyped-def]
    """Return the place after a number whose text is also the text that Python gives for its value."""
    begin = at + (content[at] == MINUS)
    at = after_digits(content, begin, last)
    digits = at - begin
    if digits == 0 or (digits > 1 and content[begin] == ZERO):
        return -1
    if at >= last or content[at] != POINT:
        return -1 if digits > WHOLE_DIGITS or (content[begin] == ZERO and content[begin - 1] == MINUS) else at
    point = at
    at = after_digits(content, point + 1, last)
    if at == point + 1 or content[at - 1] == ZERO or digits + at - point - 1 > DIGITS:
        return -1
    first = point + 1  # Python writes 0.00001 as 1e-05
    small = at - first > 3 and content[begin] == ZERO and content[first] == ZERO and content[first + 1] == ZERO
    return -1 if small and content[first + 2] == ZERO else at
