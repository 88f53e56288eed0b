"""Texts alone, put to the group whose own words they say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.attach import MOST_HOLDERS, attach, mark_terms, post_members
from felinar.kernels.cards import numbered_of
from felinar.link.candidates import Postings


def attached(rows: list[set[int]], medoid: list[int], *, plain: bool = True) -> list[int]:
    ordered = [sorted(row) for row in rows]
    offsets = np.cumsum([0, *map(len, ordered)], dtype=np.int64)
    terms = np.array([term for row in ordered for term in row], dtype=np.int32)
    count = int(terms.max(initial=-1)) + 1
    holders = [[text for text, row in enumerate(rows) if term in row] for term in range(count)]
    starts = np.cumsum([0, *map(len, holders)], dtype=np.int64)
    texts = np.array([text for row in holders for text in row], dtype=np.int32)
    whole = numbered_of(offsets, terms, np.diff(offsets), np.arange(count, dtype=np.uint32), plain=True)
    alive, fresh = np.ones(len(rows), dtype=np.bool_), np.ones(count, dtype=np.bool_)
    found, likeness = np.empty(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    groups, posted = np.array(medoid, dtype=np.int64), Postings(starts, texts)
    members = Postings(np.zeros_like(starts), np.empty_like(texts))
    few = np.array([len(row) <= MOST_HOLDERS for row in holders], dtype=np.bool_)
    (post_members.plain if plain else post_members)(whole, few, groups, *members)
    kept = [[text for text in row if medoid[text] >= 0 and is_few] for row, is_few in zip(holders, few, strict=True)]
    assert [members.texts[a:b].tolist() for a, b in pairwise(members.starts.tolist())] == kept
    run = attach.plain if plain else attach
    run(whole, posted, members, alive, fresh, groups, 0, len(rows), found, likeness)
    (mark_terms.plain if plain else mark_terms)(whole, found, fresh)
    assert {term for row, f in zip(rows, found, strict=True) if f >= 0 for term in row} == set(np.flatnonzero(fresh))
    assert all((f >= 0) >= (s > 0) for f, s in zip(found, likeness, strict=True))
    return found.tolist()


def test_a_text_whose_words_one_group_holds_joins_it() -> None:
    assert attached([{0, 1, 2, 3}, {0, 1, 2, 4}, {0, 1, 2, 5}], [0, 0, -1]) == [-1, -1, 0]


def test_a_text_that_shares_only_what_many_hold_stays_alone() -> None:
    blurb = {0, 1, 2, 3}
    others = [blurb | {10 + i, 30 + i} for i in range(12)]
    assert attached([blurb | {50}, blurb | {51}, *others, blurb | {60, 61}], [0, 0, *range(2, 14), -1])[-1] == -1


def test_a_text_that_shares_too_little_stays_alone() -> None:
    assert attached([{0, 1, 2, 3}, {0, 1, 2, 4}, {2, 5, 6, 7, 8}], [0, 0, -1])[2] == -1


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.sets(st.integers(0, 12), min_size=3), st.integers(-1, 2)), min_size=3, max_size=9))
def test_compiled_and_plain_attach_the_same(some: list[tuple[set[int], int]]) -> None:
    rows, medoid = [row for row, _ in some], [label for _, label in some]
    assert attached(rows, medoid) == attached(rows, medoid, plain=False)
