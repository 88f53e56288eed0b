"""Laying pictures over each other is done once for a pair, and what is carried changes nothing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.kernels.points import packed
from felinar.link.laid import LAID, Laid
from felinar.link.parts import parts


def pictures(seeds: list[int]) -> pa.Table:
    """Return pictures of which those with the same last digit show a part in common, odd ones mirrored."""
    rows = []
    for seed in seeds:
        common, own = np.random.default_rng(seed % 10), np.random.default_rng(1_000 + seed)
        words = np.concatenate([r.integers(0, 2**63, (30, 4)).astype(np.uint64) for r in (common, own)])
        places = np.concatenate([r.uniform(0, 390, (30, 2)).astype(np.float32) for r in (common, own)])
        strange = packed(np.random.default_rng(9_000 + seed).integers(0, 2**63, (60, 4)).astype(np.uint64), places)
        both = [packed(words, places), strange][:: -1 if seed // 10 % 2 else 1]
        rows.append({"sha256": f"{seed:04d}", "points": both[0], "points_mirrored": both[1]})
    return pa.Table.from_pylist(rows)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 59), min_size=1, max_size=12, unique=True), st.data())
def test_pictures_in_turns_have_the_parts_that_all_at_once_have(seeds: list[int], data: st.DataObject) -> None:
    laid = Laid()
    for end in sorted({*data.draw(st.lists(st.integers(1, len(seeds)), max_size=3)), len(seeds)}):
        laid, some = Laid.of(laid.table()), pictures(seeds[:end])
        assert parts(some, laid).equals(parts(some))
    anew = Laid()
    parts(pictures(seeds), anew)
    assert laid.table().equals(anew.table())


def test_a_pair_that_was_laid_over_each_other_is_not_laid_again(monkeypatch: pytest.MonkeyPatch) -> None:
    laid = Laid()
    first = parts(pictures([1, 11, 21, 2, 12]), laid)
    assert first.num_rows
    asked = []
    monkeypatch.setattr("felinar.link.laid.overlap", lambda *points: asked.append(points))
    again = Laid.of(laid.table())
    assert parts(pictures([1, 11, 21, 2, 12]), again).equals(first)
    assert asked == []


def test_nothing_laid_is_an_empty_table() -> None:
    assert Laid().table().schema == LAID
    assert parts(pictures([1]), Laid()).num_rows == 0
