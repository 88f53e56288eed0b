"""Shared shingles as numbers, against an obvious twin."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.cards import LAST, keep_terms, like_order, numbered_of
from felinar.kernels.numbering import number_all
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
    found, order, single = number_all(shingles(texts), plain=plain)
    expected = [[shared.index(h) for h in sorted(text) if h in shared] for text in texts]
    assert sorted(order.tolist()) == list(range(len(texts)))
    assert [found.terms[a:b].tolist() for a, b in pairwise(found.offsets.tolist())] == [expected[i] for i in order]
    assert (found.sizes.tolist(), found.hashes.tolist()) == ([len(texts[i]) for i in order], shared)
    alone = [(h, row) for row, text in enumerate(texts) for h in sorted(text) if held[h] == 1]
    assert list(zip(single.hashes.tolist(), single.texts.tolist(), strict=True)) == alone


def test_terms_that_are_not_kept_count_no_more() -> None:
    numbered, _, _ = number_all(shingles([{1, 2, 3}, {1, 2}, {9}]), plain=True)
    found = keep_terms(numbered, np.array([False, True]), plain=True)
    assert (found.offsets.tolist(), found.terms.tolist(), found.sizes.tolist()) == ([0, 1, 2, 2], [1, 1], [2, 1, 1])


def test_numbers_do_not_depend_on_how_many_parts_the_hashes_are_dealt_into() -> None:
    random = np.random.default_rng(3)
    rows = [set(random.integers(0, 90_000, 40).tolist()) for _ in range(3_000)]
    texts = [{value * 47_721 % 2**32 for value in row} for row in rows]
    held = Counter(h for text in texts for h in text)
    shared = sorted(h for h, times in held.items() if times > 1)
    found, order, _ = number_all(shingles(texts))
    assert found.hashes.tolist() == shared
    expected = [h for i in order for h in sorted(texts[i]) if held[h] > 1]
    assert found.hashes[found.terms].tolist() == expected


def test_the_card_of_a_text_has_a_bit_for_its_terms_and_no_other() -> None:
    found, order, _ = number_all(shingles([{1, 2, 3}, {1, 2}, {3, 9}]), plain=True)
    bits = [set(np.flatnonzero(np.unpackbits(card[:LAST].view(np.uint8))).tolist()) for card in found.cards]
    first, second, third = (bits[row] for row in np.argsort(order))
    assert second | third == first
    assert (len(first), len(second)) == (3, 2)


def test_a_card_lies_in_one_line_of_the_cache() -> None:
    found, _, _ = number_all(shingles([{1, 2, 3}, {1, 2}, {3, 9}]), plain=True)
    assert found.cards.ctypes.data % 64 == 0
    assert found.cards.strides == (64, 8)


@pytest.mark.parametrize("plain", [True, False])
def test_like_texts_come_to_stand_beside_each_other(plain: bool) -> None:
    found, order, _ = number_all(shingles([{1, 2, 3, 8}, set(), {5, 6, 9}, {1, 2, 3}, {4}, {5, 6}]), plain=plain)
    assert order.tolist() == [0, 3, 2, 5, 1, 4]
    assert np.diff(found.offsets).tolist() == [3, 3, 2, 2, 0, 0]
    assert found.terms.tolist() == [0, 1, 2, 0, 1, 2, 3, 4, 3, 4]
    assert found.sizes.tolist() == [4, 3, 3, 2, 0, 1]
    assert like_order(found.offsets, found.terms).tolist() == list(range(6))
    again = numbered_of(found.offsets, found.terms, found.sizes, found.hashes, plain=plain)
    assert again.cards.tolist() == found.cards.tolist()
