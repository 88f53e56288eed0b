"""Small pictures and borders: the same as the slow, obvious way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.pictures.area import SIDE, small_64, trimmed

Make = Callable[..., np.ndarray]


def averaged_slowly(pixels: np.ndarray) -> np.ndarray:
    """Every pixel becomes 64 x 64 pixels, then whole blocks are averaged."""
    height, width = pixels.shape[:2]
    large = np.repeat(np.repeat(pixels.astype(np.float64), SIDE, axis=0), SIDE, axis=1)
    return large.reshape(SIDE, height, SIDE, width, 3).mean(axis=(1, 3))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 999), st.integers(1, 90), st.integers(1, 90))
def test_areas_are_averaged_as_the_slow_way_does(seed: int, height: int, width: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    assert np.allclose(small_64(pixels), averaged_slowly(pixels), atol=1e-3)


def test_compiled_and_plain_forms_are_the_same(abstract: Make) -> None:
    pixels = abstract(1, 40, 70)
    assert np.array_equal(small_64(pixels), small_64(pixels, plain=True))
    framed = np.zeros((60, 90, 3), np.uint8)
    framed[10:50, 10:80] = pixels
    assert np.array_equal(trimmed(framed), pixels)
    assert np.array_equal(trimmed(framed, plain=True), pixels)


def test_a_picture_without_a_border_and_one_that_is_all_border_stay_as_they_are(abstract: Make) -> None:
    assert trimmed(abstract(2)) is None
    assert trimmed(np.full((100, 100, 3), 7, np.uint8)) is None
