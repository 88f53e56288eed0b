"""Who is connected with whom, beside asking again and again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from felinar.kernels import components as fast
from felinar.kernels.components import components

NODES = 12
PAIRS = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=15)


def slow(pairs):
    smallest = list(range(NODES))
    for _ in range(NODES):
        for left, right in pairs:
            smallest[left] = smallest[right] = min(smallest[left], smallest[right])
    return smallest


def columns(pairs):
    return [np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1)]


@given(PAIRS)
def test_each_node_is_told_the_smallest_one_that_it_is_connected_with(pairs):
    assert components(NODES, *columns(pairs)).tolist() == slow(pairs)


def test_the_compiled_form_agrees_with_the_plain_one(monkeypatch):
    draw = np.random.default_rng(5)
    left, right = draw.integers(0, 900, (2, 700))
    plain = components(900, left, right).tolist()
    monkeypatch.setattr(fast, "SMALL", 0)
    assert components(900, left, right).tolist() == plain
    assert len(set(plain)) > 200
