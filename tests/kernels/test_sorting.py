"""Sorting, counting and looking up by counting agree with numpy and with dictionaries, plain and compiled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels import sorting
from felinar.kernels.sorting import (
    counted,
    distinct_in_groups,
    numbered,
    order_by,
    places_among,
    places_of,
    starts_of,
    values_of,
)
from felinar.tables import HITS

CODES = st.lists(st.integers(0, 9), max_size=60).map(lambda codes: np.array(codes, dtype=np.int64))


@pytest.fixture(params=[0, 10**9], ids=["compiled", "plain"], scope="module")
def _form(request):
    before, sorting.SMALL = sorting.SMALL, request.param
    yield
    sorting.SMALL = before


@pytest.mark.usefixtures("_form")
@settings(max_examples=60, deadline=None)
@given(CODES)
def test_the_order_is_that_of_a_stable_sort_and_starts_cut_it_into_codes(codes):
    order, starts = order_by(codes, 10), starts_of(codes, 10)
    assert order.tolist() == np.argsort(codes, kind="stable").tolist()
    for code in range(10):
        assert (codes[order[starts[code] : starts[code + 1]]] == code).all()


@pytest.mark.usefixtures("_form")
@settings(max_examples=60, deadline=None)
@given(CODES, st.randoms())
def test_distinct_things_are_counted_per_group(codes, random):
    groups = np.sort(codes)
    things = np.array([random.randrange(4) for _ in groups], dtype=np.int64)
    expected = [len(set(things[groups == group].tolist())) for group in range(10)]
    assert distinct_in_groups(starts_of(groups, 10), things).tolist() == expected


# Ids that differ only in bits that a hash table may drop, and kinds that make equal ids different.
IDS = st.integers(0, 5).map(lambda n: n << 40) | st.integers(0, 3) | st.just((1 << 63) - 1)
PAIRS = st.lists(st.tuples(IDS, st.integers(0, 2)), max_size=40)


@pytest.mark.usefixtures("_form")
@settings(max_examples=60, deadline=None)
@given(PAIRS.map(lambda pairs: list(dict.fromkeys(pairs))), PAIRS)
def test_pairs_are_found_where_they_stand_and_nowhere_else(known, wanted):
    expected = [known.index(pair) if pair in known else -1 for pair in wanted]
    assert places_of(*columns(known), *columns(wanted)).tolist() == expected


def columns(pairs):
    return np.array(pairs, dtype=np.int64).reshape(-1, 2).T.copy()


@given(CODES)
def test_the_values_of_a_column_are_its_distinct_ones_in_order(codes):
    assert values_of(codes).tolist() == sorted(set(codes.tolist()))


ANY_IDS = st.integers(0, 12) | st.integers(0, (1 << 63) - 1) | st.integers(0, 5).map(lambda n: n << 58)


@pytest.mark.usefixtures("_form")
@settings(max_examples=100, deadline=None)
@given(st.lists(ANY_IDS, max_size=40, unique=True), st.lists(ANY_IDS, max_size=40))
def test_ids_are_found_where_they_stand_among_those_that_ascend(ids, wanted):
    ids, asked = sorted(ids), wanted + ids[::2]
    expected = [ids.index(one) if one in ids else -1 for one in asked]
    assert places_among(np.array(ids, np.int64), np.array(asked, np.int64)).tolist() == expected


@given(st.lists(st.integers(0, 90), max_size=120))
def test_ids_are_numbered_and_counted_as_numpy_does_it(ids):
    column = np.array(ids, dtype=np.int64)
    values, places, counts = np.unique(column, return_inverse=True, return_counts=True)
    for found in (numbered(column)[0], counted(column)[0]):
        assert found.tolist() == values.tolist()
    assert numbered(column)[1].tolist() == places.tolist()
    assert counted(column)[1].tolist() == counts.tolist()


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc")), unique=True), st.sets(st.integers(0, 9)))
def test_parts_of_a_table_that_stand_in_order_are_merged_into_what_sorting_gives(pairs, second):
    rows = [{"operation_id": operation, "indicator": indicator} for operation, indicator in pairs]
    parts = [[row for row in rows if (row["operation_id"] in second) == part] for part in (False, True)]
    merged = HITS.merge(*(HITS.sort(HITS.from_rows(part)) for part in parts))
    assert merged.equals(HITS.sort(HITS.from_rows(rows)))
