"""The text in the middle of a group, against all distances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.cards import numbered_of
from felinar.kernels.medoid import keep_similar_to_medoid

TERMS = 10
Text = tuple[set[int], int, int]
# What a text shares with others, how many shingles it has for itself, and how many adverts carry it.
TEXTS = st.tuples(st.sets(st.integers(0, TERMS - 1)), st.integers(0, 3), st.integers(1, 3))
EVERY = np.array([0, 0, 1001, 1001])  # no text is refused


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=100, deadline=None)
@given(groups=st.lists(st.lists(TEXTS, min_size=2, max_size=5), min_size=1, max_size=3))
def test_the_medoid_differs_least_from_all_members(groups: list[list[Text]], plain: bool) -> None:
    texts = [text for group in groups for text in group]
    offsets = np.cumsum([0, *(len(terms) for terms, _, _ in texts)], dtype=np.int64)
    terms = np.array([term for row, _, _ in texts for term in sorted(row)], dtype=np.int32)
    sizes = np.array([len(row) + own for row, own, _ in texts], dtype=np.int64)
    whole = numbered_of(offsets, terms, sizes, np.arange(TERMS, dtype=np.uint32), plain=plain)
    weights = np.array([weight for _, _, weight in texts], dtype=np.int64)
    bounds = np.cumsum([0, *map(len, groups)], dtype=np.int64)
    medoid, similarity = np.full(len(texts), -2, dtype=np.int64), np.zeros(len(texts), dtype=np.int64)
    run = keep_similar_to_medoid.plain if plain else keep_similar_to_medoid
    run(whole, whole, weights, np.arange(len(texts)), bounds, EVERY, medoid, similarity)
    for first, group in zip(bounds.tolist(), groups, strict=False):
        costs = [sum(other[2] * differ(text, other) for other in group if other is not text) for text in group]
        best = costs.index(min(costs))
        assert medoid[first + best] == first + best
        assert set(medoid[first : first + len(group)].tolist()) <= {first + best, -1}  # -1: they share nothing


def differ(one: Text, other: Text) -> int:
    """In how many shingles two texts differ."""
    return len(one[0] ^ other[0]) + one[1] + other[1]
