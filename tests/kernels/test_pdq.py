"""PDQ: the reference's bits, in all eight turns, from pictures of any shape."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels import pdq as module
from felinar.kernels.pdq import MIRRORED, TURN_NAMES, as_hex, from_hex, pdq

pdqhash = pytest.importorskip("pdqhash", reason="the reference hash is not installed")
Make = Callable[..., np.ndarray]
WORTH_COMPARING = 50  # below this quality coefficients tie around the median, and lists hold no such hash


def as_reference(bits: np.ndarray) -> str:
    return np.packbits(bits).tobytes().hex()


@pytest.mark.parametrize("seed", range(40))
def test_all_turns_have_the_bits_of_the_reference(seed: int, abstract: Make) -> None:
    random = np.random.default_rng(1000 + seed)
    picture = abstract(seed, int(random.integers(64, 700)), int(random.integers(64, 700)))
    expected, quality = pdqhash.compute_dihedral(picture)
    found = pdq(picture)
    assert found.quality == quality >= WORTH_COMPARING
    assert [as_hex(turn) for turn in found.turns] == [as_reference(bits) for bits in expected]


@pytest.mark.parametrize(
    ("height", "width"), [(1, 1), (1, 300), (300, 1), (2, 3), (63, 65), (64, 64), (127, 129), (5, 4000)]
)
def test_odd_shapes_have_the_quality_of_the_reference(height: int, width: int, abstract: Make) -> None:
    picture = abstract(7, height, width)
    expected, quality = pdqhash.compute(picture)
    found = pdq(picture)
    assert found.quality == quality
    if quality >= WORTH_COMPARING:
        assert as_hex(found.turns[0]) == as_reference(expected)


@settings(max_examples=5, deadline=None)  # the plain form visits every pixel in Python
@given(seed=st.integers(0, 99), height=st.integers(1, 40), width=st.integers(1, 40))
def test_compiled_and_plain_hashes_are_the_same(abstract: Make, seed: int, height: int, width: int) -> None:
    picture = abstract(seed, height, width)
    compiled, plain = pdq(picture), pdq(picture, plain=True)
    assert compiled.quality == plain.quality
    assert np.array_equal(compiled.turns, plain.turns)


def test_a_turned_picture_has_the_hash_that_its_turn_foretold(abstract: Make) -> None:
    picture = abstract(3, 512, 512)
    foretold = pdq(picture).turns
    mirrored = pdq(picture[:, ::-1]).turns[0]
    away = [bin(int(a) ^ int(b)).count("1") for a, b in zip(foretold[MIRRORED], mirrored, strict=True)]
    assert sum(away) <= 31
    assert TURN_NAMES[MIRRORED] == "mirrored"


def test_a_hash_is_written_and_read_in_either_case(abstract: Make) -> None:
    words = pdq(abstract(4, 100, 100)).turns[0]
    assert np.array_equal(from_hex(as_hex(words).upper()), words)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        from_hex("ff")


def test_a_picture_without_pixels_is_refused() -> None:
    with pytest.raises(ValueError, match="no pixels"):
        pdq(np.zeros((0, 5, 3), dtype=np.uint8))


def test_a_plain_surface_has_no_quality() -> None:
    assert pdq(np.full((200, 200, 3), 90, dtype=np.uint8)).quality == 0
    assert module.of_small(np.zeros((64, 64), dtype=np.float32)).quality == 0
