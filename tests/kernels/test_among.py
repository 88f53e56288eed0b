"""Shingles that are among given ones, against Python's own sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.among import count_among, numbers_among, without
from felinar.kernels.shingle import Shingles

HASH = st.integers(0, 2**32 - 1) | st.integers(0, 5) | st.integers(2**32 - 5, 2**32 - 1)


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.sets(HASH, max_size=8), max_size=8), given_ones=st.sets(HASH, max_size=30))
def test_given_shingles_are_counted_left_out_and_numbered(
    texts: list[set[int]], given_ones: set[int], plain: bool
) -> None:
    offsets = np.cumsum([0, *map(len, texts)]).astype(np.int64)
    rows = Shingles(offsets, np.array([h for text in texts for h in sorted(text)], dtype=np.uint32))
    ascending = np.array(sorted(given_ones), dtype=np.uint32)
    assert count_among(rows, ascending, plain=plain).tolist() == [len(text & given_ones) for text in texts]
    left = without(rows, ascending, plain=plain)
    assert left.hashes.tolist() == [h for text in texts for h in sorted(text - given_ones)]
    assert np.diff(left.offsets).tolist() == [len(text - given_ones) for text in texts]
    places = {value: place for place, value in enumerate(sorted(given_ones))}
    assert numbers_among(rows.hashes, ascending, plain=plain).tolist() == [
        places.get(h, -1) for h in rows.hashes.tolist()
    ]
