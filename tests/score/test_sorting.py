"""The order of rows and the rows that are alike, beside what numpy says by comparing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.sorting import SMALL
from felinar.score.counting import Groups, count_distinct
from felinar.score.sorting import begins, cells_of, distinct, order_of, places

_columns = st.tuples(
    st.integers(0, 2**32 - 1),
    st.sampled_from([0, 1, 7, SMALL + 100]),
    st.lists(st.sampled_from([1, 40, 3_000, 1 << 20, 1 << 40]), min_size=1, max_size=3),
)


def _drawn(seed: int, rows: int, spans: list[int]) -> list[np.ndarray]:
    draw = np.random.default_rng(seed)
    return [draw.integers(-(span // 3), span, rows) for span in spans]


@settings(deadline=None)
@given(_columns)
def test_rows_stand_in_the_order_that_comparing_gives(drawn):
    columns = _drawn(*drawn)
    assert order_of(*columns).tolist() == np.lexsort(columns[::-1]).tolist()


@settings(deadline=None)
@given(_columns)
def test_rows_that_are_alike_share_a_cell(drawn):
    columns = _drawn(*drawn)
    rows, of, count = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True, return_counts=True)
    cells = cells_of(*columns)
    assert np.stack(cells.columns, axis=1).tolist() == rows.tolist()
    assert np.stack(distinct(*columns), axis=1).tolist() == rows.tolist()
    assert (cells.of.tolist(), cells.rows.tolist(), len(cells)) == (of.ravel().tolist(), count.tolist(), len(rows))


@settings(deadline=None)
@given(st.lists(st.integers(0, 5)))
def test_in_a_sorted_column_each_value_begins_somewhere(values):
    ordered = np.sort(np.array(values, dtype=np.int64))
    assert begins(ordered).tolist() == np.unique(ordered, return_index=True)[1].tolist()
    assert places(ordered).tolist() == [ordered[:i].tolist().count(value) for i, value in enumerate(ordered)]


@pytest.mark.parametrize("span", [5, 1 << 30])
def test_distinct_values_of_many_rows_are_counted_as_those_of_few(span):
    draw = np.random.default_rng(span)
    group, value = draw.integers(0, 90, 2 * SMALL), draw.integers(0, span, 2 * SMALL)
    expected = [len(set(value[group == g].tolist())) for g in range(100)]
    assert count_distinct(group, value, 100).tolist() == expected
    assert [Groups(group).rows(g).tolist() for g in (3, 95)] == [np.flatnonzero(group == 3).tolist(), []]
