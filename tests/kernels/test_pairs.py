"""Pairs sorted by counting agree with pairs sorted by comparing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from felinar.kernels import pairs
from felinar.kernels.pairs import distinct_pairs

PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7)), max_size=40)


def slow_pairs(given):
    """Return each distinct pair with the first row in which it stands."""
    return [(left, right, given.index((left, right))) for left, right in sorted(set(given))]


def found(given):
    left, right = (np.array([pair[side] for pair in given], np.int64) for side in (0, 1))
    return list(zip(*(column.tolist() for column in distinct_pairs(left, right, 6, 8)), strict=True))


@pytest.mark.parametrize("small", [pairs.SMALL, 0])
@given(PAIRS)
def test_distinct_pairs_are_those_that_a_set_holds(small, given):
    before, pairs.SMALL = pairs.SMALL, small
    try:
        assert found(given) == slow_pairs(given)
    finally:
        pairs.SMALL = before
