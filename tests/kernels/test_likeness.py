"""Similarity of two texts, against sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.likeness import similarity_of

TERMS = st.sets(st.integers(0, 12), max_size=10)


def by_sets(a: set[int], b: set[int], common: set[int], rule: list[int]) -> int:
    size = max(1, min(len(a), len(b)))
    whole, rare = 1000 * len(a & b) // size, len((a & b) - common)
    if len(a & b) >= rule[0] and whole >= rule[1]:
        return whole
    fewest = min(len(a - common), len(b - common))
    similar = rare >= rule[0] and 1000 * rare >= rule[2] * fewest and 1000 * rare >= rule[3] * size
    return whole if similar else 0


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=120, deadline=None)
@given(a=TERMS, b=TERMS, common=TERMS, whole=st.sampled_from([300, 650, 1001]), rare=st.sampled_from([350, 1001]))
def test_similarity_is_that_of_the_sets(
    a: set[int], b: set[int], common: set[int], whole: int, rare: int, plain: bool
) -> None:
    rule = [2, whole, rare, 150]
    rows = []
    for left, right in ((a, b), (a - common, b - common)):
        terms = np.array(sorted(left) + sorted(right), dtype=np.int32)
        rows += [np.array([0, len(left), len(terms)]), terms, np.array([len(left), len(right)])]
    run = similarity_of.plain if plain else similarity_of
    assert run(*rows, 0, 1, np.array(rule)) == by_sets(a, b, common, rule)
