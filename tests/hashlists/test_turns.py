"""A hash that is turned is nearly the hash of the picture turned."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from felinar.hashlists.turns import ALL_TURNS, turned
from felinar.kernels.pdq import MIRRORED, pdq


def distance(one, other):
    return int(np.bitwise_count(one ^ other).sum())


@pytest.mark.parametrize("seed", range(5))
def test_a_turned_hash_is_some_bits_from_that_of_the_turned_picture(made, seed):
    found = pdq(np.asarray(Image.open(io.BytesIO(made.picture(seed)))))
    away = [distance(turned(found.turns[:1], turn)[0], found.turns[turn]) for turn in ALL_TURNS]
    assert (away[0], away[6]) == (0, 0)  # rows and columns change places, no sign does
    assert max(away) <= 26  # measured: 8 in the median
    strangers = [distance(turned(found.turns[:1], turn)[0], found.turns[0]) for turn in ALL_TURNS[1:]]
    assert min(strangers) > 60


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2**64 - 1), min_size=4, max_size=4), max_size=3))
def test_mirrored_twice_is_as_it_was_and_a_quarter_turn_four_times(rows):
    hashes = np.array(rows, dtype=np.uint64).reshape(-1, 4)
    assert np.array_equal(turned(turned(hashes, MIRRORED), MIRRORED), hashes)
    quarter = hashes
    for _ in range(4):
        quarter = turned(quarter, 1)
    assert np.array_equal(quarter, hashes)
