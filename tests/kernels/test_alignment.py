"""Alignment of two rows, against RapidFuzz."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from felinar.kernels.alignment import align, masks_of

SYMBOLS = 5
ROWS = st.lists(st.integers(0, SYMBOLS - 1), max_size=150)


def aligned(left: list[int], right: list[int], plain: bool) -> list[int]:
    rows = np.array(left, dtype=np.int32), np.array(right, dtype=np.int32)
    masks = (masks_of.plain if plain else masks_of)(rows[0], SYMBOLS)
    table, match = np.empty((len(right), masks.shape[1]), dtype=np.uint64), np.empty(len(right), dtype=np.int64)
    (align.plain if plain else align)(rows[0], masks, rows[1], table, match)
    return match.tolist()  # type: ignore[no-any-return]


def by_rapidfuzz(left: list[int], right: list[int]) -> list[int]:
    match = [-1] * len(right)
    for step in LCSseq.opcodes(left, right):
        if step.tag == "equal":
            match[step.dest_start : step.dest_end] = range(step.src_start, step.src_end)
    return match


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=60, deadline=None)
@given(left=ROWS, right=ROWS)
def test_two_rows_are_aligned_as_rapidfuzz_does(left: list[int], right: list[int], plain: bool) -> None:
    assert aligned(left, right, plain) == by_rapidfuzz(left, right)


def test_symbols_that_the_left_row_never_holds_match_nothing() -> None:
    assert aligned([0, 1, 2], [-1, 0, -1, 2], plain=True) == [-1, 0, -1, 2]
