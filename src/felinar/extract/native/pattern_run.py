"""The machine that runs the patterns of `native/pattern.py` inside kernels: backtracking over one array of integers."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.characters import ALNUM
from felinar.extract.native.pattern import (
    AT_EDGE,
    AT_END,
    AT_START,
    AT_STOP,
    BACK,
    CHAR,
    CHOOSE,
    CLASS,
    CLASS_SIZE,
    CLASSES,
    CODE,
    ENTRIES,
    ENTRY_SIZE,
    EVERY,
    JUMP,
    KINDS,
    LOOK,
    LOOKED,
    LOOKING,
    MANY_RANGES,
    MATCH_ROOM,
    NOT_KINDS,
    OLD_PLACE,
    OTHER_WAY,
    PLACES,
    RANGES,
    REPEAT,
    SAVE,
    SHORTER,
    SPLIT,
    TABLES,
    TOO_DEEP,
    TURNED,
)
from felinar.kernels.compile import kernel


@kernel
def high_class(p: Any, base: Any, number: Any, code: Any, kind: Any) -> Any:
    """Say whether a character beyond ASCII belongs to a class."""
    about = base + p[base + CLASSES] + CLASS_SIZE * number
    if p[about + EVERY]:
        return True
    inside = (kind & p[about + KINDS]) != 0
    if p[about + NOT_KINDS] and (kind & p[about + NOT_KINDS]) != p[about + NOT_KINDS]:
        inside = True
    if not inside:
        first = base + p[base + RANGES]
        for row in range(first, first + 3 * p[base + MANY_RANGES], 3):
            if p[row] == number and p[row + 1] <= code and code <= p[row + 2]:
                inside = True
                break
    return inside != (p[about + TURNED] != 0)


@kernel
def in_class(p: Any, base: Any, classes: Any, number: Any, code: Any, kind: Any) -> Any:
    """Say whether a character belongs to a class; the classes begin at `classes`."""
    if code < 128:
        return (p[classes + CLASS_SIZE * number + (code >> 6)] >> (code & 63)) & 1 != 0
    return high_class(p, base, number, code, kind)


@kernel
def is_edge(text: Any, kinds: Any, begin: Any, at: Any, stop: Any) -> Any:
    r"""Say whether this place is one of `\b`."""
    before = at > begin and ((kinds[at - 1] & ALNUM) != 0 or text[at - 1] == 95)
    after = at < stop and ((kinds[at] & ALNUM) != 0 or text[at] == 95)
    return before != after


@kernel
def search(  # type: ignore[no-untyped-def]
    p, base, pattern, text, kinds, begin, at, stop, until, room
) -> Any:
    """Return where the first match from `at` on ends, -1 for none; its start goes to `room[0]`.

    The text is `text[begin:stop]`: what stands before `begin` cannot be seen, what stands before `at` can. The match
    must begin at `until` or before. TOO_DEEP says that the scratch does not do.
    """
    codes, classes = base + p[base + CODE], base + p[base + CLASSES]
    about = base + ENTRIES + ENTRY_SIZE * pattern
    entry, leading = p[about], p[about + 1]
    if leading >= 0:
        until = min(until, stop - 1)
        while at <= until and not in_class(p, base, classes, leading, np.int64(text[at]), np.int64(0)):
            at += 1
    if at > until:
        return -1
    for k in range(p[about + 2]):
        room[k] = -1
    pc = entry
    start = at
    top = PLACES
    while True:
        row = codes + 4 * pc
        operation, a = p[row], p[row + 1]
        fits = True
        if top > MATCH_ROOM - 8:
            return TOO_DEEP
        if operation == CHAR:
            fits = at < stop and np.int64(text[at]) == a
            at += 1
            pc += 1
        elif operation == CLASS:
            fits = at < stop and in_class(p, base, classes, a, np.int64(text[at]), np.int64(kinds[at]))
            at += 1
            pc += 1
        elif operation == REPEAT:
            least = at + p[row + 2]
            most = min(stop, at + p[row + 3])
            while at < most and in_class(p, base, classes, a, np.int64(text[at]), np.int64(kinds[at])):
                at += 1
            pc += 1
            if at < least:
                fits = False
            elif at > least:
                room[top], room[top + 1], room[top + 2], room[top + 3] = SHORTER, pc, at, least
                top += 4
        elif operation == SPLIT:
            first = p[row + 3]
            if first >= 0 and (
                at >= stop or not in_class(p, base, classes, first, np.int64(text[at]), np.int64(kinds[at]))
            ):
                pc = p[row + 2]
            else:
                room[top], room[top + 1], room[top + 2] = OTHER_WAY, p[row + 2], at
                top += 4
                pc = a
        elif operation == JUMP:
            pc = a
        elif operation == CHOOSE:
            fits = at < stop
            if fits:
                pc = p[base + p[base + TABLES] + 129 * a + min(np.int64(text[at]), 128)]
                fits = pc >= 0
        elif operation == SAVE:
            room[top], room[top + 1], room[top + 2] = OLD_PLACE, a, room[a]
            top += 4
            room[a] = at
            pc += 1
        elif operation == BACK:
            first = room[2 * a]
            size = room[2 * a + 1] - first
            fits = first >= 0 and room[2 * a + 1] >= 0 and at + size <= stop
            k = 0
            while fits and k < size:
                fits = text[first + k] == text[at + k]
                k += 1
            at += size
            pc += 1
        elif operation == LOOK:
            width = p[row + 2]
            room[top], room[top + 1], room[top + 2] = LOOKING, pc, at
            top += 4
            if width >= 0 and at - width < begin:
                fits = False
            elif width >= 0:
                at -= width
            pc += 1
        elif operation == LOOKED:
            top -= 4
            while room[top] != LOOKING:
                if room[top] == OLD_PLACE:
                    room[room[top + 1]] = room[top + 2]
                top -= 4
            at = room[top + 2]
            pc = p[codes + 4 * room[top + 1] + 3]
            fits = p[codes + 4 * room[top + 1] + 1] == 0
        elif operation == AT_END:
            fits = at == stop or (at == stop - 1 and text[at] == 10)
            pc += 1
        elif operation == AT_START:
            fits = at == begin
            pc += 1
        elif operation == AT_STOP:
            fits = at == stop
            pc += 1
        elif operation == AT_EDGE:
            fits = is_edge(text, kinds, begin, at, stop)
            pc += 1
        else:
            room[0], room[1] = start, at
            return at
        while not fits:
            if top == PLACES:
                at = start + 1
                if leading >= 0:
                    while at <= until and not in_class(p, base, classes, leading, np.int64(text[at]), np.int64(0)):
                        at += 1
                if at > until:
                    return -1
                start, pc, fits = at, entry, True
                break
            top -= 4
            kind = room[top]
            if kind == OTHER_WAY:
                pc, at, fits = room[top + 1], room[top + 2], True
            elif kind == SHORTER:
                pc, at, fits = room[top + 1], room[top + 2] - 1, True
                if at > room[top + 3]:
                    room[top + 2] = at
                    top += 4
            elif kind == OLD_PLACE:
                room[room[top + 1]] = room[top + 2]
            elif p[codes + 4 * room[top + 1] + 1] == 1:
                pc, at, fits = p[codes + 4 * room[top + 1] + 3], room[top + 2], True
