"""Pairs that are worth comparing, against all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.link.candidates import band_neighbours

KEYS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 9)), max_size=12)


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=60, deadline=None)
@given(rows=KEYS)
def test_each_text_meets_the_one_before_it_in_each_band_and_a_pair_comes_once(
    rows: list[tuple[int, int, int]], plain: bool
) -> None:
    keys = np.array(rows, dtype=np.uint32).reshape(-1, 3)
    left, right = band_neighbours(keys, plain, 2)
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    expected = set()
    for text, row in enumerate(rows):
        for band, key in enumerate(row):
            same = [other for other in range(text) if rows[other][band] == key and key]
            expected |= {(other, text) for other in same[-1:]}
    assert len(found) == len(set(found))
    assert set(found) == expected
