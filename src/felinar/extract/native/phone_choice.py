"""Runs with their hints to the windows that they say: the choosing half of `extract/phone_lines.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.fetch import A_LINE, fetched
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_END,
    A_START,
    P_AMOUNT,
    P_CUE,
    P_FIRST,
    P_LETTER_AFTER,
    P_LETTER_BEFORE,
    P_NUMBER,
    P_ODD,
    P_ORDERED,
    P_PIECE,
    P_PIECE_STOP,
    P_PLUS,
    P_PLUS_NUMBER,
    P_REGION,
    P_SECOND,
    P_SPAN,
    P_STOP,
    P_TEXT,
    P_TRIED,
    P_UNITS,
    P_WIDE,
)
from felinar.extract.native.phone_digits import RANK_POSSIBLE, RANK_RESERVED
from felinar.extract.native.phone_readings import FROM_LANGUAGE, FROM_TEXT
from felinar.extract.native.phone_score import (
    AFTER,
    BEFORE,
    CUE,
    FIRST,
    GIVEN,
    MOST_ATOMS,
    ODD,
    ORDERED,
    STOP,
    W_FIRST,
    W_LAST,
    W_READING,
    WINDOW_COLUMNS,
    WINDOWS,
    alike_of_run,
    copy_window,
    windows_of_run,
)
from felinar.extract.native.phone_trim import trim_atoms
from felinar.extract.phone import MOST_RUNS, MOST_WINDOWS
from felinar.kernels.compile import kernel

# Behind the columns of a window: the part that it stands in, and that part's text.
W_PART, W_TEXT = WINDOW_COLUMNS, WINDOW_COLUMNS + 1
ROW_COLUMNS = WINDOW_COLUMNS + 2
# What is tried of a part: the whole, the whole without an amount at its end, the best windows of what waits.
WHOLE, SHORTER, BEST = 0, 1, 2
_AHEAD = 4  # how many parts ahead their characters are fetched


@kernel
def fill_hints(  # type: ignore[no-untyped-def]
    part, given, others, other_count, language, run, inferred, only_plus
) -> Any:
    """Write a part as a run with hints, and the regions that its text speaks for; return how many these are."""
    run[FIRST], run[STOP] = part[P_FIRST], part[P_STOP]
    run[BEFORE], run[AFTER] = part[P_LETTER_BEFORE], part[P_LETTER_AFTER]
    # That the field is for contacts (bit 1) does not count where only regions are looked for.
    run[CUE] = part[P_CUE] & 1 if only_plus else part[P_CUE] != 0
    run[ODD], run[ORDERED], run[GIVEN] = part[P_ODD], part[P_ORDERED], given
    for k in range(other_count):
        inferred[k, 0] = others[k]
        inferred[k, 1] = FROM_TEXT
    if part[P_REGION] < 0:
        return other_count
    inferred[other_count, 0] = language[part[P_REGION]]
    inferred[other_count, 1] = FROM_LANGUAGE
    return other_count + 1


@kernel
def read_part(  # type: ignore[no-untyped-def]
    plans, folded, kinds, digits, atoms, part, pieces, run, gaps, inferred, inferred_count, windows, sums, stack, out,
    to,
) -> Any:  # fmt: skip
    """Write the windows of a part, whose hints are in `run`, in order, as `_read_run`; return how many there are.

    They go to the rows of `out` from `to` on. First the whole part is tried, then the same without an amount at its
    end; else its pieces (or itself) wait on the stack, and what their best windows leave over waits behind them.
    """
    n = np.int64(0)
    waiting = push_pieces(part, pieces, stack)
    turn = np.int64(WHOLE)
    while True:
        if turn == BEST:
            if waiting == 0:
                break
            waiting -= 1
            take(stack[waiting], run)
            found = alike_of_run(plans, folded, kinds, digits, atoms, run, gaps, inferred, inferred_count, out, to + n)
            if found:
                n += found
                continue
            take(stack[waiting], run)
        found = windows_of_run(
            plans,
            folded,
            kinds,
            digits,
            atoms,
            run,
            gaps,
            inferred,
            inferred_count,
            windows,
            sums,
            turn < BEST,
            out,
            to + n,
        )
        if turn == BEST:
            if found:
                waiting = push_rests(folded, digits, atoms, run, out, to + n, found, stack, waiting)
                n += found
        elif turn == SHORTER:
            if found:
                copy_window(out[to + 1], out[to])
            return 1
        elif found == 0:
            turn = np.int64(BEST)
        elif part[P_AMOUNT] == 0:
            return 1
        else:
            turn = np.int64(SHORTER)
            n = np.int64(1)
            run[STOP] -= 1
            run[AFTER] = 0
    order_rows(out, to, n)
    return n


@kernel
def take(waiting: Any, run: Any) -> None:
    """Go on with a run that waited."""
    run[FIRST], run[STOP], run[BEFORE], run[AFTER] = waiting[0], waiting[1], waiting[2], waiting[3]


@kernel
def push_pieces(part: Any, pieces: Any, stack: Any) -> Any:
    """Put the pieces of a part, or the part itself, on the stack; return how many wait there."""
    if part[P_UNITS] == 0:
        stack[0, 0], stack[0, 1] = part[P_FIRST], part[P_STOP]
        stack[0, 2], stack[0, 3] = part[P_LETTER_BEFORE], part[P_LETTER_AFTER]
        return 1
    waiting = 0
    for k in range(part[P_PIECE], part[P_PIECE_STOP]):
        stack[waiting, 0], stack[waiting, 1] = pieces[k, P_FIRST], pieces[k, P_STOP]
        stack[waiting, 2], stack[waiting, 3] = pieces[k, P_LETTER_BEFORE], pieces[k, P_LETTER_AFTER]
        waiting += 1
    return waiting


@kernel
def push_rests(  # type: ignore[no-untyped-def]
    folded, digits, atoms, run, found_rows, to, found, stack, waiting
) -> Any:
    """Put what the windows of a run leave over on the stack, trimmed; return how many wait there."""
    at = run[FIRST]
    for k in range(found + 1):
        end = found_rows[to + k, W_FIRST] if k < found else run[STOP]
        if end > at:
            left, right = trim_atoms(folded, digits, atoms, at, end)
            if right > left:
                stack[waiting, 0], stack[waiting, 1], stack[waiting, 2], stack[waiting, 3] = left, right, 0, 0
                waiting += 1
        if k < found:
            at = found_rows[to + k, W_LAST] + 1
    return waiting


@kernel
def order_rows(out: Any, to: Any, n: Any) -> None:
    """Sort n windows from row `to` on by their place."""
    for i in range(to + 1, to + n):
        k = i
        while k > to and out[k - 1, W_FIRST] > out[k, W_FIRST]:
            for column in range(WINDOW_COLUMNS):
                kept = out[k, column]
                out[k, column] = out[k - 1, column]
                out[k - 1, column] = kept
            k -= 1


@kernel
def is_complete(window: Any) -> Any:
    """Say whether a window has the length that callers in its region know, as `phone_lines.is_complete`."""
    return window[W_READING] >= 0 and (window[W_READING + 2] == RANK_RESERVED or window[W_READING + 4] != 0)


@kernel
def is_sure(window: Any) -> Any:
    """Say whether a window is a whole number that is given out, as `phone_lines._sure`."""
    return is_complete(window) and window[W_READING + 2] != RANK_POSSIBLE


@kernel
def read_parts(  # type: ignore[no-untyped-def]
    plans, folded, kinds, digits, atoms, parts, pieces, given, others, counts, language, only_plus,
    run, gaps, inferred, windows, sums, stack, out,
) -> Any:  # fmt: skip
    """Write the windows of all parts in order; return how many there are.

    `given`: region of each text or -1; `others` and `counts`: regions that its text speaks for; `only_plus`: only
    parts beside a plus in texts without a region. Of one text MOST_RUNS runs count, and MOST_WINDOWS windows.
    """
    n = np.int64(0)
    before = np.int64(-1)
    span = np.int64(-1)
    complete: Any = np.int64(0)  # bits: whether a form of the span says a whole number for sure
    for p in range(len(parts)):
        if p + _AHEAD < len(parts):
            fetch_part(folded, kinds, digits, atoms, parts[p + _AHEAD])
        part = parts[p]
        text = part[P_TEXT]
        if only_plus and (given[text] >= 0 or part[P_PLUS] == 0):
            continue
        if part[P_PLUS_NUMBER if only_plus else P_NUMBER] >= MOST_RUNS:
            continue
        if text != before:
            before, run[WINDOWS] = text, MOST_WINDOWS
            span = np.int64(-1)
        if span != part[P_SPAN]:
            span = part[P_SPAN]
            complete = np.int64(0)
        if part[P_WIDE] and complete >> part[P_SECOND] & 1 and part[P_TRIED] == 0:
            continue
        count = fill_hints(part, given[text], others[text], counts[text], language, run, inferred, only_plus)
        found = read_part(
            plans, folded, kinds, digits, atoms, part, pieces, run, gaps, inferred, count, windows, sums, stack, out,
            n,
        )  # fmt: skip
        for k in range(n, n + found):
            out[k, W_PART] = p
            out[k, W_TEXT] = text
            if not part[P_WIDE] and is_sure(out[k]):
                complete |= 1 << part[P_SECOND]
        n += found
    return n


@kernel
def fetch_part(folded: Any, kinds: Any, digits: Any, atoms: Any, part: Any) -> None:
    """Have the characters and digits of a part brought to the cache of the processor."""
    first, last = part[P_FIRST], part[P_STOP] - 1
    for k in range(np.uint64(atoms[first, A_START]), np.uint64(atoms[last, A_END]) + A_LINE, A_LINE):
        fetched(folded, k)
        fetched(kinds, k)
    fetched(digits, np.uint64(atoms[first, A_DIGITS]))


def stack_room() -> Any:
    """Return room for the runs that wait."""
    return np.zeros((4 * MOST_ATOMS, 4), dtype=np.int64)
