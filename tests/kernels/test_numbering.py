"""Shared shingles as numbers, against an obvious twin."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.numbering import keep_terms, number_shared
from felinar.kernels.shingle import Shingles

HASHES = st.sampled_from([0, 1, 7, 2**32, 2**63, 2**63 + 1, 2**64 - 2, 2**64 - 1])


def shingles(texts: list[set[int]]) -> Shingles:
    flat = np.array([h for text in texts for h in sorted(text)], dtype=np.uint64)
    return Shingles(np.cumsum([0, *map(len, texts)]).astype(np.int64), flat)


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.sets(HASHES | st.integers(0, 2**64 - 1), max_size=8), max_size=8))
def test_shared_shingles_are_numbered_in_the_order_of_their_hashes(texts: list[set[int]], plain: bool) -> None:
    held = Counter(h for text in texts for h in text)
    shared = sorted(h for h, times in held.items() if times > 1)
    found = number_shared(shingles(texts), plain=plain)
    rows = [found.terms[a:b].tolist() for a, b in zip(found.offsets[:-1], found.offsets[1:], strict=True)]
    assert rows == [[shared.index(h) for h in sorted(text) if h in shared] for text in texts]
    assert (found.sizes.tolist(), found.terms_count) == (list(map(len, texts)), len(shared))


def test_terms_that_are_not_kept_count_no_more() -> None:
    found = keep_terms(number_shared(shingles([{1, 2, 3}, {1, 2}, {9}]), plain=True), np.array([False, True]))
    assert (found.offsets.tolist(), found.terms.tolist(), found.sizes.tolist()) == ([0, 1, 2, 2], [1, 1], [2, 1, 1])
