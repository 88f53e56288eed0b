"""What stands between the atoms of a run, natively: the twin of `gaps_of` in `extract/phone_edges.py`."""

from __future__ import annotations

from typing import Any

from felinar.extract.native.phone_columns import A_END, A_START
from felinar.kernels.compile import kernel

# Columns of a gap (after atom i of a run): its width 0 to 3, and the first gap of the run with the same text.
WIDTH, SAME_AS = 0, 1
NEW_LINE, BLANK, BAR = 10, 32, 124


@kernel
def write_gaps(folded: Any, atoms: Any, first: Any, stop: Any, gaps: Any) -> None:
    """Write what stands between the atoms first to stop - 1 into the rows 0 to stop - first - 2 of `gaps`."""
    for i in range(stop - first - 1):
        left = atoms[first + i, A_END]
        right = atoms[first + i + 1, A_START]
        gaps[i, WIDTH] = width_of(folded, left, right)
        gaps[i, SAME_AS] = i
        for k in range(i):
            if gaps[k, SAME_AS] == k and gaps[k, WIDTH] == gaps[i, WIDTH]:
                other = atoms[first + k, A_END]
                same = atoms[first + k + 1, A_START] - other == right - left
                at = left
                while same and at < right:
                    same = folded[at] == folded[other + at - left]
                    at += 1
                if same:
                    gaps[i, SAME_AS] = k
                    break


@kernel
def width_of(folded: Any, left: Any, right: Any) -> Any:
    """Return 0 to 2 for what stands between two atoms, 3 where a line or a sentence ends."""
    size = right - left
    if size <= 0:
        return 0
    if size == 1:
        return 3 if folded[left] == NEW_LINE else 1
    for at in range(left, right):
        if folded[at] == NEW_LINE:
            return 3
    code = folded[left]
    if size == 3 and folded[left] == BLANK and folded[left + 1] == BAR and folded[right - 1] == BLANK:
        return 3
    if folded[right - 1] == BLANK and (
        code == 46 or code == 44 or code == 58 or code == 59 or code == 33 or code == 63  # . , : ; ! ?
    ):
        return 3
    return 2


@kernel
def widest_of(gaps: Any, start: Any, stop: Any) -> Any:
    """Return the width of the widest gap between the atoms start to stop of a run."""
    widest = 0
    for i in range(start, stop):
        widest = max(widest, gaps[i, WIDTH])
    return widest
