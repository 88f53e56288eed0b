"""Finding keys and the texts that are met most often, against the obvious ways."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.nearest import choose, first_of_key

KEY = st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 2**31, 2**32 - 1])


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=100, deadline=None)
@given(some=st.lists(KEY, max_size=20), times=st.integers(1, 40), asked=KEY, pad=st.integers(0, 3))
def test_a_key_is_found_where_a_search_finds_it(some: list[int], times: int, asked: int, pad: int, plain: bool) -> None:
    held = sorted(some * times)
    keys = np.array([7] * pad + held + [7] * pad, dtype=np.uint32)
    run = first_of_key.plain if plain else first_of_key
    for key in (asked, *some[:3]):
        assert run(keys, pad, pad + len(held), np.uint32(key)) == pad + bisect_left(held, key)


@pytest.mark.parametrize("plain", [True, False])
@settings(max_examples=100, deadline=None)
@given(met=st.lists(st.integers(1, 4), max_size=20), seed=st.randoms(use_true_random=False))
def test_the_texts_met_most_often_are_chosen_and_of_equals_the_smaller_first(met: list[int], seed, plain: bool) -> None:  # type: ignore[no-untyped-def]
    touched = list(range(len(met)))
    seed.shuffle(touched)
    chosen = np.empty(8, dtype=np.int64)
    run = choose.plain if plain else choose
    given_met = np.array([*met, 0], dtype=np.int32)
    n = run(given_met, np.array([*touched, 0], dtype=np.int64), len(touched), chosen)
    assert chosen[:n].tolist() == sorted(touched, key=lambda text: (-met[text], text))[:8]
