"""The machine that follows the patterns of `native/patterns.py` over many stretches of text, exactly as `re` would.

It tries the first choice first and goes back where that fails, with a stack of its own instead of calls. It is
compiled once for all patterns: a reader asks for one pattern at many places, and decides between such questions.
"""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import SPACE
from felinar.extract.native.charsets import holds
from felinar.extract.native.openings import opens
from felinar.extract.native.patterns import (
    ACCEPT,
    AGAIN,
    CHARACTER,
    CHOICE,
    CODE,
    FIRST,
    GROUPS,
    JUMP,
    LAST,
    LOOK,
    LOOKED,
    NEAR,
    RUN,
    SAVE,
    SET,
    SPLIT,
    STACK,
    WHETHER,
    Book,
)  # fmt: skip
from felinar.extract.native.tries import BLANKS
from felinar.kernels.compile import kernel

NONE = -1  # no match
_STEP, _SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(40)
# The memory: two places for each group, then the stack, three numbers a place.
_BOTTOM = 2 * GROUPS
# What lies on the stack instead of a line to go on with: a look around, and (RESTORE - slot) an older place of a group.
_LOOKING, _RESTORE = -1, -2


class _Own(threading.local):
    """The memory of this thread, made once: new memory costs more than most questions."""

    def __init__(self) -> None:
        self.memory = np.empty(_BOTTOM + 3 * STACK, dtype=np.int64)


_own = _Own()


class Matches(NamedTuple):
    """Where the match in each stretch begins and ends, NONE for no match.

    Group g (from 1) of match i was found at `groups[i, 2 * g - 2]` to `groups[i, 2 * g - 1]`, or NONE.
    """

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    groups: NDArray[np.int64]


def matches(
    book: Book, pattern: int, codes: NDArray[np.uint32], kinds: NDArray[np.uint16], lo: Any, hi: Any, at: Any = None,
    *, last: Any = None, plain: bool = False,
) -> Matches:  # fmt: skip
    """Return the match in each stretch codes[lo:hi] that begins at `at`; without `at` or with `last` the first one.

    As with `re`, a stretch is all that a pattern sees, and `at`, where a search begins too, may lie inside it. `last`
    is where a match may begin at the latest.
    """
    entry = book.entries[pattern]
    found = Matches(
        np.empty(len(lo), dtype=np.int64),
        np.empty(len(lo), dtype=np.int64),
        np.empty((len(lo), 2 * entry.groups), np.int64),
    )
    if at is None or last is not None:
        first, final = np.maximum(lo if at is None else at, hi - entry.reach), hi if last is None else last
    else:
        first = final = at
    run = match_all.plain if plain else match_all
    run(book.program, entry[:-2], codes, kinds, lo, hi, first, final, _own.memory, *found)
    return found


@kernel
def match_all(  # type: ignore[no-untyped-def]
    program, entry, codes, kinds, lo, hi, first, last, memory, starts, ends, groups
) -> None:
    """Write the first match in each stretch that begins at `first` to `last`."""
    line, head, behind, lead, least, most, then, bits = entry
    for i in range(len(lo)):
        start: Any = np.int64(first[i])
        end: Any = np.int64(NONE)
        while start <= last[i]:
            fits = head < 0 or (start < hi[i] and holds(program, head, np.int64(codes[start]), np.int64(kinds[start])))
            if fits and behind >= 0 and start > lo[i]:
                fits = not holds(program, behind, np.int64(codes[start - 1]), np.int64(kinds[start - 1]))
            if fits and lead >= 0:
                fits = leads(program, lead, least, most, then, codes, kinds, start, hi[i])
            if fits and bits >= 0:
                fits = opens(program, bits, codes, kinds, start, hi[i])
            if fits:
                memory[: groups.shape[1]] = NONE
                end = match_at(program, line, codes, kinds, np.int64(lo[i]), np.int64(hi[i]), start, memory)
                if end != NONE:
                    break
            start += 1
        starts[i] = start if end != NONE else NONE
        ends[i] = end
        for group in range(groups.shape[1]):
            groups[i, group] = memory[group] if end != NONE else NONE


@kernel
def leads(  # type: ignore[no-untyped-def]
    program, lead, least, most, then, codes, kinds, place, hi
) -> bool:
    """Say whether a match may begin here, by its first few characters."""
    for n in range(most + 1):
        if place + n >= hi:
            return False
        code, kind = np.int64(codes[place + n]), np.int64(kinds[place + n])
        if n >= least and holds(program, then, code, kind):
            return True
        if not holds(program, lead, code, kind):
            return False
    return False


@kernel
def slot_of(program: Any, node: Any, code: Any) -> Any:
    """Return where the slot of the trie begins for this node and character, 0 for none."""
    key = (np.int64(node) << 21) | np.int64(code)
    mask = np.int64(program[3])
    slot = np.int64((np.uint64(key) * _STEP) >> _SPREAD) & mask
    while True:
        place = program[2] + 5 * slot
        if program[place] == node and program[place + 1] == code:
            return place
        if program[place] < 0:
            return 0
        slot = (slot + 1) & mask


@kernel
def push_choices(  # type: ignore[no-untyped-def]
    program, line, text, kinds, pos, hi, memory, top
) -> Any:
    """Push what a choice may go on with, the first alternative on top; return the new top."""
    bottom = top
    node: Any = np.int64(program[line + 1])
    first: Any = np.int64(program[line + 2])
    many: Any = np.int64(program[line + 3])
    while True:
        for end in range(first, first + 2 * many, 2):
            rank = program[end]
            k = top  # a low rank goes to the top
            while k > bottom and memory[k - 1] < rank:
                memory[k] = memory[k - 3]
                memory[k + 1] = memory[k - 2]
                memory[k + 2] = memory[k - 1]
                k -= 3
            memory[k] = program[end + 1]
            memory[k + 1] = pos
            memory[k + 2] = rank
            top += 3
        if pos >= hi:
            break
        slot = slot_of(program, node, np.int64(text[pos]))
        if slot != 0:
            pos += 1
        elif kinds[pos] & SPACE:
            slot = slot_of(program, node, BLANKS)
            stop = min(hi, pos + 3)
            while slot != 0 and pos < stop and kinds[pos] & SPACE:
                pos += 1
        if slot == 0:
            break
        node = np.int64(program[slot + 2])
        first = np.int64(program[slot + 3])
        many = np.int64(program[slot + 4])
    for k in range(bottom, top, 3):
        memory[k + 2] = memory[k + 1]
    return top


@kernel
def match_at(  # type: ignore[no-untyped-def]
    program, entry, text, kinds, lo, hi, at, memory
) -> Any:
    """Return where the match of text[lo:hi] that begins at `at` ends, or NONE; groups lie in `memory`."""
    line: Any = np.int64(entry)
    pos = at
    top: Any = np.int64(_BOTTOM)
    while True:
        place = CODE + 4 * line
        what = program[place]
        a: Any = np.int64(program[place + 1])
        b: Any = np.int64(program[place + 2])
        fits: Any = True
        line += 1
        if what == CHARACTER:
            fits = pos < hi and np.int64(text[pos]) == a
            pos += 1
        elif what == SET:
            fits = pos < hi and holds(program, a, np.int64(text[pos]), np.int64(kinds[pos]))
            pos += 1
        elif what == RUN:
            end = pos
            stop = min(hi, pos + np.int64(program[place + 3]))
            while end < stop and holds(program, a, np.int64(text[end]), np.int64(kinds[end])):
                end += 1
            fits = end >= pos + b
            if end > pos + b:
                memory[top] = line
                memory[top + 1] = end - 1
                memory[top + 2] = pos + b
                top += 3
            pos = end
        elif what == CHOICE:
            top = push_choices(program, place, text, kinds, pos, hi, memory, top)
            fits = False  # the first choice lies on top
        elif what == SPLIT:
            memory[top] = b
            memory[top + 1] = pos
            memory[top + 2] = pos
            top += 3
            line = a
        elif what == JUMP:
            line = a
        elif what == SAVE:
            memory[top] = _RESTORE - a
            memory[top + 1] = memory[a]
            top += 3
            memory[a] = pos
        elif what == NEAR:
            near = pos - b
            found = near >= lo and near < hi and holds(program, a, np.int64(text[near]), np.int64(kinds[near]))
            fits = found != (program[place + 3] != 0)
        elif what == LOOK:
            memory[top] = _LOOKING
            memory[top + 1] = pos
            memory[top + 2] = place
            top += 3
            pos -= b
            fits = pos >= lo
        elif what == LOOKED:
            top -= 3
            while memory[top] != _LOOKING:
                top -= 3
            pos = memory[top + 1]
            fits = program[memory[top + 2] + 3] == 0
        elif what == LAST:
            fits = pos == hi or (pos == hi - 1 and text[pos] == 10)
        elif what == FIRST:
            fits = pos == lo
        elif what == AGAIN:
            near = memory[a]
            fits = near >= 0 and memory[a + 1] >= 0
            while fits and near < memory[a + 1]:
                fits = pos < hi and text[pos] == text[near]
                pos += 1
                near += 1
        elif what == WHETHER:
            line = line if memory[a + 1] >= 0 else b
        elif what == ACCEPT:
            return pos
        while not fits:
            if top == _BOTTOM:
                return NONE
            top -= 3
            line = memory[top]
            pos = memory[top + 1]
            if line >= 0:
                fits = True
                if pos > memory[top + 2]:
                    memory[top + 1] = pos - 1
                    top += 3
            elif line == _LOOKING:
                look = memory[top + 2]
                fits = program[look + 3] != 0
                line = np.int64(program[look + 1])
            else:
                memory[_RESTORE - line] = pos


@kernel
def apart(start: Any, end: Any) -> Any:
    """Return which matches a search from left to right finds: those that begin in no earlier one."""
    keep = np.zeros(len(start), dtype=np.bool_)
    done = np.int64(0)
    for i in range(len(start)):
        keep[i] = end[i] != NONE and start[i] >= done
        if keep[i]:
            done = end[i]
    return keep
