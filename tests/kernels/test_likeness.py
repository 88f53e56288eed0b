"""Similarity of two texts, against sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.likeness import met_neighbours, most_shared, ones, similarity_of
from felinar.kernels.numbering import Numbered, keep_terms
from felinar.link.candidates import posting_lists

TERMS = st.sets(st.integers(0, 12), max_size=10)


def numbered(rows: list[set[int]], *, plain: bool) -> Numbered:
    """The rows as texts over terms 0 to 400."""
    offsets = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    terms = np.array([term for row in rows for term in sorted(row)], dtype=np.int32)
    whole = Numbered(
        offsets, terms, np.diff(offsets), np.zeros((len(rows), 4), dtype=np.uint64), np.arange(401, dtype=np.uint32)
    )
    return keep_terms(whole, np.ones(401, dtype=np.bool_), plain=plain)


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
    rows = [numbered([left, right], plain=plain) for left, right in ((a, b), (a - common, b - common))]
    run = similarity_of.plain if plain else similarity_of
    assert run(*rows, 0, 1, np.array(rule)) == by_sets(a, b, common, rule)


@settings(max_examples=120, deadline=None)
@given(a=st.sets(st.integers(0, 400)), b=st.sets(st.integers(0, 400)))
def test_sketches_never_say_fewer_shared_terms_than_there_are(a: set[int], b: set[int]) -> None:
    bits = numbered([a, b], plain=False).bits
    assert len(a & b) <= most_shared(bits, 0, 1, len(a), len(b)) <= min(len(a), len(b))


@given(st.integers(0, 2**64 - 1))
def test_bits_are_counted_as_python_counts_them(word: int) -> None:
    assert ones.plain(np.uint64(word)) == word.bit_count()


def test_texts_that_share_many_terms_are_met_and_others_are_not() -> None:
    rows = numbered([{1, 2, 3, 4}, {1, 9, 10}, {1, 2, 3, 7}, {7, 9, 10}], plain=False)
    alive = np.ones(4, dtype=np.bool_)
    starts, texts = posting_lists(rows, alive, plain=True)
    assert met_neighbours(rows, alive, starts, texts, 0, len(alive)).T.tolist() == [[0, 2], [1, 3]]
    assert met_neighbours.plain(rows, alive, starts, texts, 0, len(alive)).T.tolist() == [[0, 2], [1, 3]]
