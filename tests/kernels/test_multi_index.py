"""Searching hashes and pairing them: exactly what comparing every hash with every other one finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.bands import BITS, bands
from felinar.kernels.multi_index import MultiIndex, index_of, load, search
from felinar.kernels.near_pairs import best, near_pairs

RADIUS = 31


def flipped(hashes: np.ndarray, counts: np.ndarray, random: np.random.Generator) -> np.ndarray:
    bits = np.unpackbits(hashes.view(np.uint8), axis=1).reshape(len(hashes), BITS)
    for row, count in enumerate(counts):
        bits[row, random.choice(BITS, count, replace=False)] ^= 1
    return np.packbits(bits, axis=1).view(np.uint64)


def pile(size: int, seed: int, crowded: bool = False) -> np.ndarray:
    """Hashes of which a fifth are copies of others, 0 to 40 bits away; crowded ones share most of their bits."""
    random = np.random.default_rng(seed)
    hashes = random.integers(0, 2**64, (size, 4), dtype=np.uint64)
    if crowded:
        hashes[:, 1:] = hashes[0, 1:]
    copies = size // 5
    hashes[:copies] = flipped(hashes[copies : 2 * copies].copy(), random.integers(0, 41, copies), random)
    return hashes


def by_comparing_all(left: np.ndarray, right: np.ndarray, radius: int) -> list[tuple[int, int, int]]:
    away = np.bitwise_count(left[:, None, :] ^ right[None, :, :]).sum(axis=2)
    return [(int(i), int(j), int(away[i, j])) for i, j in np.argwhere(away <= radius)]


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 120), st.integers(0, 9999), st.sampled_from([16, 13, 12]), st.booleans(), st.integers(20, 35))
def test_searching_finds_what_comparing_all_finds(size: int, seed: int, count: int, crowded: bool, radius: int) -> None:
    hashes = pile(size, seed, crowded)
    queries = hashes[:: max(1, size // 10)]
    for bands_used in (count, 0):
        found = search(index_of(hashes, radius, bands_used), queries)
        assert list(zip(*map(np.ndarray.tolist, found), strict=True)) == by_comparing_all(queries, hashes, radius)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 120), st.integers(0, 9999), st.sampled_from([16, 12, 0]), st.booleans(), st.integers(16, 35))
def test_pairing_finds_what_comparing_all_finds(size: int, seed: int, count: int, crowded: bool, radius: int) -> None:
    hashes = pile(size, seed, crowded) if size else np.zeros((0, 4), dtype=np.uint64)
    found = near_pairs(hashes, radius, count=count)
    expected = [pair for pair in by_comparing_all(hashes, hashes, radius) if pair[0] < pair[1]]
    assert list(zip(*map(np.ndarray.tolist, found), strict=True)) == expected


def test_every_number_of_bands_finds_the_same_pairs_of_a_larger_pile() -> None:
    hashes = pile(7000, 1)
    expected = near_pairs(hashes, RADIUS, count=0)
    assert len(expected.left) > 500
    assert best(hashes, RADIUS) > 0
    for count, threads in ((16, 1), (14, 2), (12, 1), (None, 2)):
        found = near_pairs(hashes, RADIUS, count=count, threads=threads)
        assert all(np.array_equal(a, b) for a, b in zip(found, expected, strict=True))


def test_compiled_and_plain_forms_find_the_same() -> None:
    hashes = pile(60, 5)
    index, plain = index_of(hashes, 20, 12), index_of(hashes, 20, 12, plain=True)
    assert all(np.array_equal(a, b) for a, b in zip(index[:3], plain[:3], strict=True))
    for one, other in zip(search(index, hashes[:5]), search(plain, hashes[:5], plain=True), strict=True):
        assert np.array_equal(one, other)
    for one, other in zip(near_pairs(hashes, 20, count=16), near_pairs(hashes, 20, count=16, plain=True), strict=True):
        assert np.array_equal(one, other)


def test_more_finds_than_expected_are_all_reported() -> None:
    hashes = np.repeat(pile(5, 2), 3000, axis=0)
    found = search(index_of(hashes, RADIUS), hashes[:4])
    assert len(found.row) >= 4 * 3000
    assert len(near_pairs(hashes[:2000], RADIUS).left) == 2000 * 1999 // 2


def test_an_index_is_written_and_mapped_back(tmp_path: Path) -> None:
    index = index_of(pile(100, 3), RADIUS, 16)
    index.save(tmp_path)
    again = load(tmp_path)
    assert isinstance(again, MultiIndex)
    assert isinstance(again.rows, np.memmap)
    for one, other in zip(search(index, index.hashes), search(again, index.hashes), strict=True):
        assert np.array_equal(one, other)


def test_an_empty_index_finds_nothing() -> None:
    empty = np.zeros((0, 4), dtype=np.uint64)
    assert len(search(index_of(empty, RADIUS), pile(3, 1)).row) == 0
    assert len(search(index_of(pile(3, 1), RADIUS), empty).row) == 0


@pytest.mark.parametrize("count", [16, 14, 13, 12, 11, 5])
def test_bands_cover_all_bits_and_their_thresholds_the_radius(count: int) -> None:
    about = bands(count, RADIUS)
    assert about.width.sum() == BITS
    assert about.most.sum() == RADIUS - count + 1
    assert np.array_equal(about.first, np.cumsum(about.width) - about.width)
