"""Work shared out among threads: everything is done once, and comes back in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from felinar.kernels.ranges import in_blocks, in_ranges, in_turn, ranges_of


@given(st.lists(st.integers(0, 40_000), max_size=30), st.integers(1, 5))
def test_ranges_follow_each_other_from_the_first_item_to_the_last(weights: list[int], count: int) -> None:
    ranges = ranges_of(np.cumsum([7, *weights]), count)
    assert [item for first, end in ranges for item in range(first, end)] == list(range(len(weights)))
    assert len(ranges) <= count


def test_ranges_weigh_about_the_same() -> None:
    ends = np.cumsum([0, *[30_000] * 2, *[10] * 6_000])
    weights = [int(ends[end] - ends[first]) for first, end in ranges_of(ends, 2)]
    assert weights == [60_000, 60_000]


@pytest.mark.parametrize("threads", [1, 3])
def test_what_the_work_gives_comes_in_order(threads: int) -> None:
    ends = np.arange(101) * 1_000
    parts = in_ranges(ends, threads, range)
    assert [item for part in parts for item in part] == list(range(100))
    assert in_blocks(10, 4, threads, lambda first, end: (first, end)) == [(0, 4), (4, 8), (8, 10)]
    assert in_blocks(0, 4, threads, lambda first, end: (first, end)) == [(0, 0)]
    assert list(in_turn(range(50), threads, str)) == [str(n) for n in range(50)]


def test_few_things_are_taken_before_their_turn() -> None:
    taken, done = [], threading.Semaphore(0)

    def things() -> Iterator[int]:
        for n in range(100):
            taken.append(n)
            yield n

    answers = in_turn(things(), 2, lambda n: done.release() or n)
    assert next(answers) == 0
    assert len(taken) <= 6
    assert list(answers) == list(range(1, 100))
