"""Kernels that find the cells of lines: which columns a line has, and what kind of value stands where."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel
from felinar.sources.native.json_marks import (
    CLOSE,
    CLOSE_LIST,
    COLON,
    COMMA,
    MINUS,
    OPEN,
    OPEN_LIST,
    QUOTE,
    after_blanks,
    after_number,
    end_of_text,
)

# Kinds of cells. A text begins after its quote, a list after its bracket; a bare value is its own text.
ABSENT, TEXT, ESCAPED, BARE, NOTHING, LIST = range(6)
KIND, BEGIN, END = range(3)
# More columns, or more ways in which lines combine them, are a case for the careful way.
COLUMNS, STATES = 64, 512
ODD, UNKNOWN = -1, -2


@kernel
def read_rows(content, starts, row, keys, bounds, following, parents, at, states):  # type: ignore[no-untyped-def]
    """Write cells and state of the rows from `row` on; stop at one with a new key and say which and where it stands."""
    while row < len(starts) - 1:
        last = starts[row + 1]
        if content[last - 1] == 0x0A:
            last -= 1
        if states[row] == ODD:
            row += 1
            continue
        state, begin, end = read_row(content, starts[row], last, row, keys, bounds, following, parents, at)
        if state == UNKNOWN:
            return row, begin, end
        states[row] = state
        row += 1
    return row, 0, 0


@kernel
def read_row(content, place, last, row, keys, bounds, following, parents, at):  # type: ignore[no-untyped-def]
    """Write the cells of one row and return its state; where a key is new, UNKNOWN and where it begins and ends."""
    place = after_blanks(content, place, last)
    if place >= last or content[place] != OPEN:
        return ODD, 0, 0
    place = after_blanks(content, place + 1, last)
    state, column, seen = 0, -1, np.uint64(0)
    while place < last and content[place] == QUOTE:
        begin = place + 1
        end, escapes = end_of_text(content, begin, last)
        if end < 0 or escapes:
            break
        column = column_of(content, begin, end, keys, bounds, column + 1)
        if column < 0:
            return UNKNOWN, begin, end
        bit = np.uint64(1) << np.uint64(column)
        state = next_state(following, parents, state, column)
        place = after_blanks(content, end + 1, last)
        if seen & bit or state < 0 or place >= last or content[place] != COLON:
            break
        seen |= bit
        place = read_value(content, after_blanks(content, place + 1, last), last, at, row, column)
        if place < 0:
            break
        place = after_blanks(content, place, last)
        if place < last and content[place] == CLOSE:
            return (state if after_blanks(content, place + 1, last) == last else ODD), 0, 0
        if place >= last or content[place] != COMMA:
            break
        place = after_blanks(content, place + 1, last)
    return ODD, 0, 0


@kernel
def column_of(content, begin, end, keys, bounds, likely):  # type: ignore[no-untyped-def]
    """Return the column with this key, -1 if it is new; looked for from the likely one on."""
    known = len(bounds) - 1
    for step in range(known):
        column = (likely + step) % known
        first = bounds[column]
        if bounds[column + 1] - first == end - begin:
            same = 0
            while same < end - begin and keys[first + same] == content[begin + same]:
                same += 1
            if same == end - begin:
                return column
    return -1


@kernel
def next_state(following, parents, state, column):  # type: ignore[no-untyped-def]
    """Return the state of a row in this state after one more column, -1 if there are too many states."""
    after = following[state, column]
    if after == 0:
        parents[0, 0] += 1
        after = parents[0, 0]
        if after >= len(parents):
            parents[0, 0] -= 1
            return ODD
        following[state, column] = after
        parents[after, 0] = state
        parents[after, 1] = column
    return after


@kernel
def read_value(content, place, last, at, row, column):  # type: ignore[no-untyped-def]
    """Write the cell of the value that begins here and return the place after it, -1 if it is odd."""
    if place >= last:
        return -1
    byte, begin, kind = content[place], place, BARE
    if byte == QUOTE:
        begin = place + 1
        end, escapes = end_of_text(content, begin, last)
        kind, place = ESCAPED if escapes else TEXT, end + 1
    elif byte == OPEN_LIST:
        begin = after_blanks(content, place + 1, last)
        end = end_of_list(content, begin, last)
        kind, place = NOTHING if begin == end else LIST, end + 1
    elif byte == MINUS or 0x30 <= byte <= 0x39:
        end = place = after_number(content, place, last)
    else:
        end = place = after_word(content, place, last)
        kind = NOTHING if byte == 0x6E else BARE
    if end < 0:
        return -1
    at[row, column, KIND], at[row, column, BEGIN], at[row, column, END] = kind, begin, end
    return place


@kernel
def end_of_list(content, place, last):  # type: ignore[no-untyped-def]
    """Return the place of the bracket that ends a list of texts, -1 if it holds anything else."""
    if place < last and content[place] == CLOSE_LIST:
        return place
    while place < last and content[place] == QUOTE:
        end, _ = end_of_text(content, place + 1, last)
        if end < 0:
            return -1
        place = after_blanks(content, end + 1, last)
        if place < last and content[place] == CLOSE_LIST:
            return place
        if place >= last or content[place] != COMMA:
            return -1
        place = after_blanks(content, place + 1, last)
    return -1


@kernel
def after_word(content, place, last):  # type: ignore[no-untyped-def]
    """Return the place after null, true or false, -1 if it is none of them."""
    word = 0
    end = min(place + 5, last)
    while place < end and 0x61 <= content[place] <= 0x7A:
        word = word << 8 | int(content[place])
        place += 1
    return place if word == 0x6E756C6C or word == 0x74727565 or word == 0x66616C7365 else -1
