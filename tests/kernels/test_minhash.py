"""Band keys: equal for equal sets, and shared about as often as the Jaccard similarity says."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.minhash import BANDS, ROWS, band_keys
from felinar.kernels.shingle import Shingles


def as_shingles(sets: list[set[int]]) -> Shingles:
    offsets = np.concatenate(([0], np.cumsum([len(s) for s in sets]))).astype(np.int64)
    return Shingles(offsets, np.array([h for s in sets for h in sorted(s)], dtype=np.uint64))


hashes = st.sets(st.integers(0, 2**64 - 1), max_size=12)


@settings(max_examples=25, deadline=None)  # the plain form hashes every shingle 128 times in Python
@given(st.lists(hashes, min_size=1, max_size=6))
def test_compiled_and_plain_keys_are_the_same_and_depend_on_the_set_alone(sets: list[set[int]]) -> None:
    keys = band_keys(as_shingles(sets))
    assert np.array_equal(keys, band_keys(as_shingles(sets), plain=True))
    assert np.array_equal(band_keys(as_shingles(sets[::-1]))[::-1], keys)
    assert all(keys[i].any() == bool(s) for i, s in enumerate(sets))


def test_texts_share_a_band_as_often_as_their_similarity_says() -> None:
    random = np.random.default_rng(5)
    for jaccard, pairs in ((0.2, 300), (0.8, 300)):
        hits = 0
        for _ in range(pairs):
            values = random.integers(0, 2**63, 200).tolist()
            both = int(200 * jaccard)
            apart = (200 - both) // 2
            keys = band_keys(as_shingles([set(values[: both + apart]), set(values[:both] + values[both + apart :])]))
            hits += bool((keys[0] == keys[1]).any())
        expected = 1 - (1 - jaccard**ROWS) ** BANDS
        assert abs(hits / pairs - expected) < 0.1
