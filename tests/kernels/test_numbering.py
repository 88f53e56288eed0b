"""Shared shingles as numbers, against an obvious twin."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.numbering import keep_terms, like_order, number_shared, reordered
from felinar.kernels.shingle import Shingles

HASHES = st.sampled_from([0, 1, 7, 2**16, 2**31, 2**31 + 1, 2**32 - 2, 2**32 - 1])


def shingles(texts: list[set[int]]) -> Shingles:
    flat = np.array([h for text in texts for h in sorted(text)], dtype=np.uint32)
    return Shingles(np.cumsum([0, *map(len, texts)]).astype(np.int64), flat)


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.sets(HASHES | st.integers(0, 2**32 - 1), max_size=8), max_size=8))
def test_shared_shingles_are_numbered_in_the_order_of_their_hashes(texts: list[set[int]], plain: bool) -> None:
    held = Counter(h for text in texts for h in text)
    shared = sorted(h for h, times in held.items() if times > 1)
    found = number_shared(shingles(texts), plain=plain)
    rows = [found.terms[a:b].tolist() for a, b in zip(found.offsets[:-1], found.offsets[1:], strict=True)]
    assert rows == [[shared.index(h) for h in sorted(text) if h in shared] for text in texts]
    assert (found.sizes.tolist(), found.hashes.tolist()) == (list(map(len, texts)), shared)


def test_terms_that_are_not_kept_count_no_more() -> None:
    found = keep_terms(number_shared(shingles([{1, 2, 3}, {1, 2}, {9}]), plain=True), np.array([False, True]))
    assert (found.offsets.tolist(), found.terms.tolist(), found.sizes.tolist()) == ([0, 1, 2, 2], [1, 1], [2, 1, 1])


def test_numbers_do_not_depend_on_how_many_parts_the_hashes_are_dealt_into() -> None:
    random = np.random.default_rng(3)
    rows = [set(random.integers(0, 90_000, 40).tolist()) for _ in range(3_000)]
    texts = [{value * 47_721 % 2**32 for value in row} for row in rows]
    held = Counter(h for text in texts for h in text)
    shared = sorted(h for h, times in held.items() if times > 1)
    found = number_shared(shingles(texts))
    assert found.hashes.tolist() == shared
    expected = [h for text in texts for h in sorted(text) if held[h] > 1]
    assert found.hashes[found.terms].tolist() == expected


def test_the_sketch_of_a_text_has_a_bit_for_its_terms_and_no_other() -> None:
    found = number_shared(shingles([{1, 2, 3}, {1, 2}, {3, 9}]), plain=True)
    bits = [set(np.flatnonzero(np.unpackbits(row.view(np.uint8))).tolist()) for row in found.bits]
    assert bits[1] | bits[2] == bits[0]
    assert (len(bits[0]), len(bits[1])) == (3, 2)


@pytest.mark.parametrize("plain", [True, False])
def test_like_texts_come_to_stand_beside_each_other(plain: bool) -> None:
    numbered = number_shared(shingles([{1, 2, 3, 8}, set(), {5, 6, 9}, {1, 2, 3}, {4}, {5, 6}]), plain=plain)
    order = like_order(numbered)
    assert order.tolist() == [0, 3, 2, 5, 1, 4]
    found = reordered(numbered, order, plain=plain)
    assert np.diff(found.offsets).tolist() == [3, 3, 2, 2, 0, 0]
    assert found.terms.tolist() == [0, 1, 2, 0, 1, 2, 3, 4, 3, 4]
    assert found.sizes.tolist() == [4, 3, 3, 2, 0, 1]
    assert found.bits.tolist() == numbered.bits[order].tolist()
