"""Band keys: equal for equal sets, and shared about as often as the Jaccard similarity says."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from felinar.kernels.minhash import BANDS, ROWS, band_keys


def keys_of(sets: list[set[int]], *, plain: bool = False) -> NDArray[np.uint32]:
    offsets = np.cumsum([0, *map(len, sets)], dtype=np.int64)
    return band_keys(offsets, np.array([h for s in sets for h in sorted(s)], dtype=np.uint32), plain=plain)


hashes = st.sets(st.integers(0, 2**32 - 1), max_size=12)


@settings(max_examples=25, deadline=None)  # the plain form hashes every shingle in Python
@given(st.lists(hashes, min_size=1, max_size=6))
def test_compiled_and_plain_keys_are_the_same_and_depend_on_the_set_alone(sets: list[set[int]]) -> None:
    keys = keys_of(sets)
    assert np.array_equal(keys, keys_of(sets, plain=True))
    assert np.array_equal(keys_of(sets[::-1])[::-1], keys)
    assert all(keys[i].any() == (len(s) > 2) for i, s in enumerate(sets))


def test_texts_share_a_band_as_often_as_their_similarity_says() -> None:
    random = np.random.default_rng(5)
    for jaccard, pairs in ((0.2, 300), (0.8, 300)):
        hits = 0
        for _ in range(pairs):
            values = [int(v) for v in random.integers(0, 2**32, 200)]
            both = int(200 * jaccard)
            apart = (200 - both) // 2
            keys = keys_of([set(values[: both + apart]), set(values[:both] + values[both + apart :])])
            hits += bool((keys[0] == keys[1]).any())
        expected = 1 - (1 - jaccard**ROWS) ** BANDS
        assert abs(hits / pairs - expected) < 0.1
