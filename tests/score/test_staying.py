"""Whether an operation stays and moves on, beside a slow twin that tries every order."""

from __future__ import annotations

from itertools import pairwise, permutations
from statistics import fmean, pvariance
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.score.staying import STAYS, at_home, one_place, stays


def made(operations: list[list[int]]) -> Any:
    """Return a pile of which only places, days and operations are known; adverts come in the order of time."""
    place = [town for towns in operations for town in towns]
    operation = [at for at, towns in enumerate(operations) for _ in towns]
    day = np.arange(len(place), dtype=np.int64)
    columns = {"place": np.array(place, dtype=np.int64), "operation": np.array(operation, dtype=np.int64)}
    return cast(Any, SimpleNamespace(m=len(operations), n=len(place), day=day, second=day * 86_400, **columns))


def moves_of(towns: tuple[int, ...]) -> int:
    return sum(a != b for a, b in pairwise(towns))


def twin(towns: list[int]) -> bool | None:
    """Try every order of the adverts; None where the mark lies so near that rounding decides."""
    if len(towns) < 2:
        return False
    every = [moves_of(order) for order in permutations(towns)]
    spread, fewer = pvariance(every), fmean(every) - moves_of(tuple(towns))
    if abs(fewer * fewer - STAYS**2 * spread) < 1e-9:
        return None
    return spread > 0 and fewer > 0 and fewer * fewer >= STAYS**2 * spread


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2), max_size=7), min_size=1, max_size=4))
def test_the_test_of_runs_agrees_with_trying_every_order(operations: list[list[int]]) -> None:
    pile = made(operations)
    found = stays(pile, np.ones(pile.n, dtype=np.bool_))
    expected = [twin(towns) for towns in operations]
    assert [f for f, e in zip(found.stays.tolist(), expected, strict=True) if e is not None] == [
        e for e in expected if e is not None
    ]
    assert found.moves.tolist() == [moves_of(tuple(towns)) for towns in operations]


@pytest.mark.parametrize(
    ("towns", "expected"),
    [([0] * 4 + [1] * 4 + [2] * 4, True), ([0, 1, 2] * 4, False), ([0] * 12, False), ([0, 1], False), ([], False)],
)
def test_a_tour_stays_and_moves_on_and_branches_and_a_single_town_do_not(towns: list[int], expected: bool) -> None:
    pile = made([towns])
    assert stays(pile, np.ones(pile.n, dtype=np.bool_)).stays.tolist() == [expected]


@pytest.mark.parametrize(
    ("towns", "expected"),
    [([0, 1, 2] * 6, True), ([0] * 6 + [1] * 6 + [2] * 6, False), ([0, 1, 2], False), ([0] * 18, False), ([], False)],
)
def test_places_stand_side_by_side_where_a_tour_of_as_many_adverts_would_be_seen(
    towns: list[int], expected: bool
) -> None:
    pile = made([towns])
    assert stays(pile, np.ones(pile.n, dtype=np.bool_)).side_by_side.tolist() == [expected]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2), max_size=30), min_size=1, max_size=4))
def test_what_stands_side_by_side_would_be_seen_to_stay_in_the_order_of_its_places(operations: list[list[int]]) -> None:
    pile, sorted_pile = made(operations), made([sorted(towns) for towns in operations])
    everything = np.ones(pile.n, dtype=np.bool_)
    seen, tour = stays(pile, everything), stays(sorted_pile, everything)
    assert not (seen.side_by_side & (seen.stays | ~tour.stays)).any()


def test_an_operation_is_at_home_where_four_of_five_adverts_are_and_nowhere_without_places() -> None:
    pile = made([[0, 0, 0, 0, 1], [0, 0, 1, 1], [-1, -1]])
    assert one_place(pile).tolist() == [800, 500, 0]
    assert at_home(pile).tolist() == [True, False, False]
