"""Who holds each term: lists, spread over groups, and the few that a look-up keeps; against obvious twins."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.holders import few_holders, first_holders
from felinar.kernels.postings import count_holders, fill_postings, spread_of

TERMS, MOST = 6, 3
TEXTS = st.lists(st.tuples(st.sets(st.integers(0, TERMS - 1)), st.integers(-1, 2), st.booleans()), max_size=12)
Lists = tuple[np.ndarray, np.ndarray]


def posted(rows: list[set[int]], *, plain: bool) -> Lists:
    """The texts that hold each term."""
    offsets = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    terms = np.array([term for row in rows for term in sorted(row)], dtype=np.int32)
    starts, texts = np.zeros(TERMS + 1, dtype=np.int64), np.empty(len(terms), dtype=np.int32)
    (count_holders.plain if plain else count_holders)(terms, starts)
    for low, high in ((0, 2), (2, TERMS)):
        (fill_postings.plain if plain else fill_postings)(offsets, terms, starts, low, high, texts)
    return starts, texts


def lists_of(rows: list[set[int]]) -> list[list[int]]:
    return [[text for text, row in enumerate(rows) if term in row] for term in range(TERMS)]


@pytest.mark.parametrize("plain", [True, False])
@settings(deadline=None, max_examples=60)
@given(some=TEXTS)
def test_the_holders_of_each_term_are_listed_and_counted_over_groups(
    some: list[tuple[set[int], int, bool]], plain: bool
) -> None:
    rows, labels = [row for row, _, _ in some], np.array([label for _, label, _ in some], dtype=np.int32)
    starts, texts = posted(rows, plain=plain)
    expected = lists_of(rows)
    assert [texts[a:b].tolist() for a, b in pairwise(starts.tolist())] == expected
    spread, largest = np.zeros((2, TERMS), dtype=np.int64)
    (spread_of.plain if plain else spread_of)(starts, texts, labels, 3, spread, largest)
    groups = [Counter((labels[text], text if labels[text] < 0 else 0) for text in held) for held in expected]
    assert spread.tolist() == [len(counts) for counts in groups]
    assert largest.tolist() == [max(counts.values(), default=0) for counts in groups]


@pytest.mark.parametrize("plain", [True, False])
@settings(deadline=None, max_examples=60)
@given(some=TEXTS, shift=st.integers(0, 9))
def test_a_look_up_keeps_the_first_few_holders_of_a_term(
    some: list[tuple[set[int], int, bool]], shift: int, plain: bool
) -> None:
    rows, marked = [row for row, _, _ in some], np.array([mark for _, _, mark in some], dtype=np.bool_)
    row_of = np.array([(text + shift) % max(1, len(rows)) for text in range(len(rows))], dtype=np.int64)
    lists = posted(rows, plain=plain)
    wanted = [[text for text in held if marked[text]] for held in lists_of(rows)]
    few = [held if len(held) <= MOST else [] for held in wanted]
    counts, out = np.zeros(TERMS, dtype=np.int32), np.empty(TERMS * MOST, dtype=np.int32)
    n = (few_holders.plain if plain else few_holders)(*lists, row_of, marked, MOST, counts, out)
    assert counts.tolist() == list(map(len, few))
    assert out[:n].tolist() == [row_of[text] for held in few for text in held]
    asked = [held if some else [] for held, some in zip(lists_of(rows), wanted, strict=True)]
    n = (first_holders.plain if plain else first_holders)(*lists, row_of, marked, MOST, counts, out)
    assert counts.tolist() == list(map(len, asked))
    assert out[:n].tolist() == [row_of[text] for held in asked for text in held[:MOST]]
