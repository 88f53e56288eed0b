"""Similarity of two texts, against sets."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.bits import ones
from felinar.kernels.cards import Numbered, most_shared, numbered_of, size_of, terms_of
from felinar.kernels.likeness import (
    AHEAD,
    CHOSEN,
    MEET,
    MEET_PER_TERMS,
    UNKNOWN,
    link_pairs,
    may_be_similar,
    met_neighbours,
    similarity_of,
)
from felinar.link.rounds import flattened

TERMS = st.sets(st.integers(0, 12), max_size=10)


def numbered(rows: list[set[int]], *, plain: bool) -> Numbered:
    """The rows as texts over terms 0 to 400."""
    offsets = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    terms = np.array([term for row in rows for term in sorted(row)], dtype=np.int32)
    return numbered_of(offsets, terms, np.diff(offsets), np.arange(401, dtype=np.uint32), plain=plain)


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
    similarity = run(*rows, 0, 1, np.array(rule))
    assert similarity == by_sets(a, b, common, rule)
    may_be = may_be_similar.plain if plain else may_be_similar
    assert may_be(rows[0].cards, rows[1].cards, 0, 1, np.array(rule)) or not similarity


@settings(max_examples=120, deadline=None)
@given(a=st.sets(st.integers(0, 400)), b=st.sets(st.integers(0, 400)))
def test_sketches_never_say_fewer_shared_terms_than_there_are(a: set[int], b: set[int]) -> None:
    cards = numbered([a, b], plain=False).cards
    assert len(a & b) <= most_shared(cards, 0, 1) <= min(len(a), len(b))
    assert [(terms_of(cards, row), size_of(cards, row)) for row in (0, 1)] == [(len(a),) * 2, (len(b),) * 2]


@given(st.integers(0, 2**64 - 1))
def test_bits_are_counted_as_python_counts_them(word: int) -> None:
    assert ones.plain(np.uint64(word)) == word.bit_count()


def met_by_lists(rows: list[set[int]], alive: list[bool]) -> set[tuple[int, int]]:
    """The pairs that are met, from the list of all who hold a term."""
    chosen = [sorted(row)[:CHOSEN] if living else [] for row, living in zip(rows, alive, strict=True)]
    holders: dict[int, list[int]] = defaultdict(list)
    for text, terms in enumerate(chosen):
        for term in terms:
            holders[term].append(text)
    pairs = set()
    for text, terms in enumerate(chosen):
        times: Counter[int] = Counter()
        for term in terms:
            at = holders[term].index(text)
            times.update(holders[term][at + 1 : at + 1 + AHEAD])
        pairs |= {(text, other) for other, n in times.items() if n >= MEET + len(terms) // MEET_PER_TERMS}
    return pairs


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(st.tuples(st.sets(st.integers(0, 30)), st.booleans() | st.just(True)), max_size=12),
    cut=st.integers(0, 12),
)
def test_texts_meet_the_next_two_that_hold_the_same_terms(
    rows: list[tuple[set[int], bool]], cut: int, plain: bool
) -> None:
    texts, alive = numbered([row for row, _ in rows], plain=plain), np.array([living for _, living in rows], dtype=bool)
    run, cut = (met_neighbours.plain if plain else met_neighbours), min(cut, len(rows))
    parts = [run(texts, alive, first, end).T.tolist() for first, end in ((0, cut), (cut, len(rows)))]
    found = [tuple(pair) for part in parts for pair in part]
    assert len(found) == len(set(found))
    assert set(found) == met_by_lists([row for row, _ in rows], alive.tolist())


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.sets(st.integers(0, 8)), min_size=2, max_size=8),
    seeds=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12),
    cut=st.integers(0, 8),
)
def test_pairs_are_linked_alike_in_parts_and_when_what_is_known_of_them_is_used_again(
    rows: list[set[int]], seeds: list[tuple[int, int]], cut: int, plain: bool
) -> None:
    texts, run, rule = numbered(rows, plain=plain), (link_pairs.plain if plain else link_pairs), [2, 500, 350, 150]
    pairs = [(a, b) for a, b in seeds if a < len(rows) and b < len(rows) and a != b]
    left, right = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    known, cut = np.full(len(left), UNKNOWN, dtype=np.int8), min(cut, len(rows))
    for asked, itself in ((rule, True), (rule, True), ([2, 750, 700, 600], False)):
        parent = np.arange(len(rows))
        for low, high in ((0, cut), (cut, len(rows)), (0, len(rows))):
            run(texts, texts, left, right, known, np.array(asked), itself, low, high, parent)
        expected = np.arange(len(rows))
        for _ in rows:
            for a, b in pairs:
                if by_sets(rows[a], rows[b], set(), asked):
                    expected[a] = expected[b] = min(expected[a], expected[b])
        assert flattened(parent).tolist() == expected.tolist()
