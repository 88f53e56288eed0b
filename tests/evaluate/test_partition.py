from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from felinar.evaluate.partition import adjusted_rand, b_cubed, contingency, largest_false_component, pairwise

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=14)


def table(rows: list[tuple[int, int]]):
    true, predicted = ([r[i] for r in rows] for i in (0, 1))
    return contingency(np.array(true, dtype=np.int64), np.array(predicted, dtype=np.int64))


@given(PAIRS)
def test_b_cubed_equals_its_definition_advert_by_advert(rows: list[tuple[int, int]]) -> None:
    measured = b_cubed(table(rows))
    if not rows:
        assert (measured.precision, measured.recall) == (1.0, 1.0)
        return
    precision = recall = 0.0
    for t, p in rows:
        both = sum(row == (t, p) for row in rows)
        precision += both / sum(row[1] == p for row in rows)
        recall += both / sum(row[0] == t for row in rows)
    assert measured.precision == pytest.approx(precision / len(rows))
    assert measured.recall == pytest.approx(recall / len(rows))


@given(PAIRS)
def test_pairwise_and_rand_equal_a_count_of_all_pairs(rows: list[tuple[int, int]]) -> None:
    pairs = [(a[0] == b[0], a[1] == b[1]) for a, b in combinations(rows, 2)]
    both = sum(t and p for t, p in pairs)
    true, predicted = sum(t for t, _ in pairs), sum(p for _, p in pairs)
    measured = pairwise(table(rows))
    assert measured.precision == pytest.approx(both / predicted if predicted else 1.0)
    assert measured.recall == pytest.approx(both / true if true else 1.0)
    a, b, c = both, true - both, predicted - both
    d = len(pairs) - a - b - c
    bottom = (a + b) * (b + d) + (a + c) * (c + d)
    expected = 2 * (a * d - b * c) / bottom if bottom else 1.0
    assert adjusted_rand(table(rows)) == pytest.approx(expected)


@given(PAIRS)
def test_largest_false_component_equals_a_count(rows: list[tuple[int, int]]) -> None:
    groups = [[t for t, p in rows if p == wanted] for wanted in {p for _, p in rows}]
    expected = max((len(g) - max(g.count(t) for t in g) for g in groups), default=0)
    assert largest_false_component(table(rows)) == (expected, max(map(len, groups), default=0))


def test_b_cubed_of_some_adverts_only() -> None:
    measured = b_cubed(table([(0, 0), (0, 0), (1, 0), (1, 1)]), np.array([True, True, False, False]))
    assert measured.precision == pytest.approx(2 / 3)
    assert measured.recall == 1.0
