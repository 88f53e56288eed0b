"""Laying pictures over each other: points that agree are found however it was moved, and strangers have none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.around_medoids import around_medoids
from felinar.kernels.same_part import LEAST_AGREEING, overlap
from felinar.kernels.shared_points import LEAST_SHARED, candidates, drawers


def some_points(seed: int, count: int = 60) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    words = random.integers(0, 2**64, (count, 4), dtype=np.uint64)
    return words, random.uniform(0, 390, (count, 2)).astype(np.float32)


def moved(places: np.ndarray, scale: float, turn: float, right: float, below: float) -> np.ndarray:
    cos, sin = scale * np.cos(np.radians(turn)), scale * np.sin(np.radians(turn))
    x, y = places[:, 0], places[:, 1]
    return np.stack([cos * x - sin * y + right, sin * x + cos * y + below], axis=1).astype(np.float32)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999), st.floats(0.3, 3), st.floats(-20, 20), st.floats(-100, 100), st.floats(-100, 100))
def test_a_moved_picture_is_laid_back(seed: int, scale: float, turn: float, right: float, below: float) -> None:
    words, places = some_points(seed)
    seen = overlap(words, places, words[::-1], moved(places, scale, turn, right, below)[::-1])
    assert seen.agreeing == seen.matches == len(words)
    assert seen.scale == pytest.approx(scale, rel=0.1)
    assert seen.turn == pytest.approx(turn, abs=4)
    assert seen.is_same


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999), st.integers(1000, 1999))
def test_strangers_have_nothing_in_common(seed: int, other: int) -> None:
    assert not overlap(*some_points(seed), *some_points(other)).is_same


def test_points_that_look_alike_but_lie_elsewhere_do_not_agree() -> None:
    words, places = some_points(1)
    seen = overlap(words, places, words, some_points(2)[1])
    assert seen.matches == len(words)
    assert seen.agreeing < LEAST_AGREEING


def test_a_frame_around_different_pictures_is_no_part_in_common() -> None:
    frame, edge = some_points(3, 20), some_points(4, 20)[1]
    pictures = [some_points(seed, 60) for seed in (5, 6)]
    one, other = ((np.concatenate([frame[0], words]), np.concatenate([edge, places])) for words, places in pictures)
    seen = overlap(*one, *other)
    assert seen.agreeing >= 20
    assert seen.frame
    assert not seen.is_same


@pytest.mark.parametrize(("height", "is_same"), [(6, False), (380, True)])
def test_a_line_of_writing_in_both_is_no_part_in_common_and_a_patch_all_over_is(height: float, is_same: bool) -> None:
    words, places = some_points(8, 12)
    written = places * np.array([0.4, height / 390], np.float32) + np.float32(4)
    one, other = (some_points(seed, 100) for seed in (9, 10))
    left = np.concatenate([words, one[0]]), np.concatenate([written, one[1]])
    right = np.concatenate([words, other[0]]), np.concatenate([moved(written, 0.5, 0, 90, 40), other[1]])
    seen = overlap(*left, *right)
    assert seen.agreeing == 12
    assert seen.is_same == is_same


def test_compiled_and_plain_forms_say_the_same() -> None:
    words, places = some_points(7, 25)
    other = moved(places, 1.5, 10, 5, -5)
    assert overlap(words, places, words, other) == overlap(words, places, words, other, plain=True)


def flipped(words: np.ndarray, bits: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    unpacked = np.unpackbits(words.view(np.uint8), axis=1)
    for row in unpacked:
        row[random.choice(256, bits, replace=False)] ^= 1
    return np.packbits(unpacked, axis=1).view(np.uint64)


def test_pictures_with_points_in_common_become_candidates_and_others_do_not() -> None:
    pile = [some_points(seed)[0] for seed in range(20)]
    pile.append(flipped(pile[3].copy(), 12, 1))
    number = np.repeat(np.arange(len(pile)), [len(words) for words in pile])
    left, right = candidates(np.concatenate(pile), number)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(3, 20)]


def test_points_of_very_many_pictures_say_nothing() -> None:
    mark = some_points(1, 10)[0]
    pile = [np.concatenate([mark, some_points(seed)[0]]) for seed in range(2, 40)]
    number = np.repeat(np.arange(len(pile)), [len(words) for words in pile])
    assert len(candidates(np.concatenate(pile), number)[0]) == 0
    assert len(candidates(np.concatenate(pile[:3]), number[: 3 * 70])[0]) == 3


def test_candidates_are_the_same_compiled_and_plain() -> None:
    pile = [some_points(seed, 12)[0] for seed in range(4)] + [some_points(2, 12)[0]]
    number = np.repeat(np.arange(5), 12)
    for one, other in zip(
        candidates(np.concatenate(pile), number), candidates(np.concatenate(pile), number, plain=True), strict=True
    ):
        assert np.array_equal(one, other)


pairs = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]), max_size=30, unique=True
)


@given(pairs)
def test_every_member_is_alike_to_its_medoid(given_pairs: list[tuple[int, int]]) -> None:
    left, right = (np.array([pair[k] for pair in given_pairs], dtype=np.int64) for k in (0, 1))
    medoid = around_medoids(12, left, right)
    assert np.array_equal(medoid, around_medoids(12, left, right, plain=True))
    alike = {*given_pairs, *((b, a) for a, b in given_pairs)}
    for one, middle in enumerate(medoid.tolist()):
        assert middle >= 0 or all(medoid[other] != other for other in range(12) if (one, other) in alike)
        assert middle in (-1, one) or (one, middle) in alike
        assert middle == -1 or medoid[middle] == middle


def counted_slowly(words: np.ndarray, picture: np.ndarray, most: int) -> list[tuple[int, int]]:
    """Every pair of pictures of which the left one has enough points in drawers that are not too full."""
    choices = [drawer.tolist() for drawer in drawers(words)]
    numbers = picture.tolist()
    inside = [
        {value: {numbers[k] for k, v in enumerate(drawer) if v == value} for value in drawer} for drawer in choices
    ]
    count = max(numbers, default=-1) + 1
    pairs = []
    for left in range(count):
        for right in range(left + 1, count):
            shared = {
                k
                for k, number in enumerate(numbers)
                for drawer, pictures in zip(choices, inside, strict=True)
                if number == left and right in pictures[drawer[k]] and len(pictures[drawer[k]]) <= most
            }
            pairs += [(left, right)] if len(shared) >= LEAST_SHARED else []
    return pairs


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=14), min_size=1, max_size=7), st.integers(2, 5), st.booleans())
def test_candidates_are_those_that_counting_finds(pile: list[list[int]], most: int, plain: bool) -> None:
    kinds = np.random.default_rng(1).integers(0, 2**64, (10, 4), dtype=np.uint64)
    words = np.concatenate([kinds[np.array(one, dtype=np.int64)] for one in pile])
    picture = np.repeat(np.arange(len(pile)), [len(one) for one in pile])
    left, right = candidates(words, picture, most=most, plain=plain)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == counted_slowly(words, picture, most)
