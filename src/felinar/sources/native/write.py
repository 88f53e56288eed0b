"""Kernels that write texts: what a cell says, columns joined, parts of bodies, columns as JSON."""

from __future__ import annotations

from felinar.kernels.compile import kernel
from felinar.sources.native.cells import ABSENT, BEGIN, END, ESCAPED, KIND, LIST, NOTHING
from felinar.sources.native.characters import after_space, characters, copied, stripped, unescaped
from felinar.sources.native.json_marks import BLANK, COMMA, after_blanks, end_of_text

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
def is_passed_over(content, begin, end, which):  # type: ignore[no-untyped-def]
    """Return whether a text is empty or, where that counts, blank."""
    return begin == end or (which == BLANK_ONES and after_space(content, begin, end) == end)
