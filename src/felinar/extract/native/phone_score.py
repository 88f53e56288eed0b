"""Windows of 7 to 17 digits over a run, scored, and the best set that does not overlap: `extract/phone_score.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.phone_columns import A_DIGITS, A_DIGITS_END, A_PLUS
from felinar.extract.native.phone_edges import edge_points, last_sure
from felinar.extract.native.phone_gaps import SAME_AS, widest_of, write_gaps
from felinar.extract.native.phone_readings import FROM_NUMBER, read_number
from felinar.extract.native.phone_shape import shape_points
from felinar.extract.phone_atoms import LONGEST_RUN
from felinar.extract.phone_score import ALIKE, CERTAIN, ENOUGH, LONGEST
from felinar.kernels.compile import kernel

# A run: its atoms (first, one past the last), whether a foreign letter touches its ends, and its hints: `given` is a
# region or -1, WINDOWS says how many windows of its text may still be tried, the others are truth values.
FIRST, STOP, BEFORE, AFTER, CUE, ODD, ORDERED, GIVEN, WINDOWS = range(9)
RUN_COLUMNS = 9
# A window: its first and last atom (rows of the atoms), score, where the region comes from, and its reading: the
# fields of `DigitReading` (region -1: none).
W_FIRST, W_LAST, W_SCORE, W_SOURCE, W_READING = range(5)
WINDOW_COLUMNS = W_READING + 9
FEWEST, MOST_WHOLE, MOST_POINTS = 7, 15, 108
# A run has at most 64 atoms, and at each of them at most 11 windows begin.
MOST_ATOMS, MOST_OF_RUN = LONGEST_RUN, LONGEST_RUN * (LONGEST - FEWEST + 1)


@kernel
def write_window(  # type: ignore[no-untyped-def]
    plans, folded, digits, atoms, run, gaps, inferred, inferred_count, start, stop, last, out
) -> Any:
    """Write the window of atoms start to stop (from 0 in the run) into `out`; return its score, 0 if it has too few."""
    first = run[FIRST]
    begin = atoms[first + start, A_DIGITS]
    end = atoms[first + stop, A_DIGITS_END]
    plus = atoms[first + start, A_PLUS] != 0
    if digits[begin] == 0 and digits[begin + 1] == 0 and (plus or digits[begin + 2] == 0):
        return 0
    around = 20 * run[CUE] + 15 * run[ODD] + edge_points(folded, digits, atoms, run, gaps, start, stop, last)
    if start == 0:
        around -= run[ORDERED]
    if around + MOST_POINTS < ENOUGH:
        return 0
    around += shape_points(atoms, digits, first + start, first + stop)
    if widest_of(gaps, start, stop) >= 3:
        around -= 10
    points, found, source = read_number(
        plans, digits, begin, end, plus, run[GIVEN], inferred, inferred_count, run[CUE], run[ODD], ENOUGH - around
    )
    points += around
    if points < ENOUGH:
        return 0
    out[W_FIRST], out[W_LAST], out[W_SCORE], out[W_SOURCE] = first + start, first + stop, points, source
    out[W_READING], out[W_READING + 1], out[W_READING + 2] = found.region, found.code, found.rank
    out[W_READING + 3], out[W_READING + 4], out[W_READING + 5] = found.trunk, found.typical, found.cut
    out[W_READING + 6], out[W_READING + 7], out[W_READING + 8] = found.start, found.rest, found.last
    return points


@kernel
def beyond_doubt(atoms: Any, run: Any, gaps: Any, window: Any) -> Any:
    """Say whether the window of a whole run is so surely one number that its parts need no look, as `_whole`."""
    first = run[FIRST]
    if window[W_READING] < 0 or window[W_READING + 4] == 0:
        return False
    if window[W_SOURCE] == FROM_NUMBER and atoms[first, A_PLUS] == 0:
        return False
    alike = True
    for i in range(run[STOP] - first - 1):
        alike = alike and gaps[i, SAME_AS] == 0
    return window[W_SCORE] >= (ALIKE if alike else CERTAIN)


@kernel
def windows_of_run(  # type: ignore[no-untyped-def]
    plans, folded, kinds, digits, atoms, run, gaps, inferred, inferred_count, windows, sums, only_whole, out, to
) -> Any:
    """Write the whole run where it is beyond doubt one number, else its best windows in order; return how many.

    They go to the rows of `out` from `to` on. As `whole_window` with `only_whole`, else as `best_windows`. The whole
    run is looked at first, as start -1: so there is one place in which windows are scored, and the compiler has half
    the work.
    """
    first = run[FIRST]
    size = run[STOP] - first
    write_gaps(folded, atoms, first, run[STOP], gaps)
    last = last_sure(folded, kinds, atoms, first, run[STOP])
    n = np.int64(0)
    for turn in range(-1, size):
        if turn >= 0 and run[WINDOWS] <= 0:
            break
        start = max(turn, 0)
        begin = atoms[first + start, A_DIGITS]
        for stop in range(size - 1 if turn < 0 else start, size):
            length = atoms[first + stop, A_DIGITS_END] - begin
            if length > LONGEST:
                break
            if length < FEWEST or (turn < 0 and (length > MOST_WHOLE or widest_of(gaps, 0, size - 1) >= 3)):
                continue
            run[WINDOWS] -= turn >= 0
            row = windows[n]
            if write_window(plans, folded, digits, atoms, run, gaps, inferred, inferred_count, start, stop, last, row):
                if turn >= 0:
                    n += 1
                elif beyond_doubt(atoms, run, gaps, row):
                    copy_window(row, out[to])
                    return 1
        if only_whole:
            return 0
    return choose(atoms, first, size, windows, n, sums, out, to)


@kernel
def alike_of_run(  # type: ignore[no-untyped-def]
    plans, folded, kinds, digits, atoms, run, gaps, inferred, inferred_count, out, to
) -> Any:
    """Write the numbers of a run of two to four that are grouped alike, as `_alike_parts`; return how many, or 0."""
    first = run[FIRST]
    size = run[STOP] - first
    zero = np.int64(0)  # a plain 0 would be compiled for itself
    for parts in range(2, 5):
        length = size // parts
        if length * parts != size or not grouped_alike(atoms, first, length, size):
            continue
        n = 0
        while n < parts:
            run[FIRST], run[STOP], run[BEFORE], run[AFTER] = first + n * length, first + (n + 1) * length, 0, 0
            write_gaps(folded, atoms, run[FIRST], run[STOP], gaps)
            last = last_sure(folded, kinds, atoms, run[FIRST], run[STOP])
            if not write_window(
                plans, folded, digits, atoms, run, gaps, inferred, inferred_count, zero, length - 1, last, out[to + n]
            ):
                break
            n += 1
        if n == parts:
            return n
    return 0


@kernel
def grouped_alike(atoms: Any, first: Any, length: Any, size: Any) -> Any:
    """Say whether each `length` groups have the sizes of the first ones, together 9 to 12 digits."""
    alike = True
    for i in range(first + length, first + size):
        mine = atoms[i, A_DIGITS_END] - atoms[i, A_DIGITS]
        alike = alike and mine == atoms[i - length, A_DIGITS_END] - atoms[i - length, A_DIGITS]
    begin = atoms[first, A_DIGITS]
    one = atoms[first + length - 1, A_DIGITS_END] - begin
    return alike and one >= 9 and one <= 12


@kernel
def copy_window(window: Any, out: Any) -> None:
    """Write a window to another place."""
    for column in range(WINDOW_COLUMNS):
        out[column] = window[column]


@kernel
def choose(atoms: Any, first: Any, size: Any, windows: Any, n: Any, sums: Any, out: Any, to: Any) -> Any:
    """Write the windows that together score highest without overlap, from row `to` on; of equals the earlier one."""
    for i in range(size):
        best = sums[i - 1, 0] if i else 0
        taken = -1
        for k in range(n):
            if windows[k, W_LAST] == first + i:
                start = windows[k, W_FIRST] - first
                length = atoms[first + i, A_DIGITS_END] - atoms[first + start, A_DIGITS]
                value = (sums[start - 1, 0] if start else 0) + (windows[k, W_SCORE] - 30) * length
                if value > best:
                    best = value
                    taken = k
        sums[i, 0] = best
        sums[i, 1] = taken
    count = 0
    at = size - 1
    while at >= 0:
        taken = sums[at, 1]
        if taken >= 0:
            count += 1
            at = windows[taken, W_FIRST] - first
        at -= 1
    row = count
    at = size - 1
    while at >= 0:
        taken = sums[at, 1]
        if taken >= 0:
            row -= 1
            copy_window(windows[taken], out[to + row])
            at = windows[taken, W_FIRST] - first
        at -= 1
    return count


def room() -> tuple[Any, Any, Any, Any]:
    """Return scratch for one run: gaps, inferred regions, windows, sums."""
    return (
        np.zeros((MOST_ATOMS, 2), dtype=np.int64),
        np.zeros((16, 2), dtype=np.int64),
        np.zeros((MOST_OF_RUN + 1, WINDOW_COLUMNS), dtype=np.int64),
        np.zeros((MOST_ATOMS, 2), dtype=np.int64),
    )
