"""The third family of worlds: exact in number, same for one seed, fictional numbers, few and small planted ones."""

from __future__ import annotations

import csv
import importlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from felinar.demo.numbers import NUMBERING

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def write_third_world(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("third_world").write_third_world


def truth_of(paths: tuple[Path, Path]) -> list[dict[str, str]]:
    with paths[1].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_world_has_exactly_as_many_adverts_and_mostly_single_ones(write_third_world: Any, tmp_path: Path) -> None:
    paths = write_third_world(tmp_path, adverts=1500, seed=3, evasion=0.6)
    truth = truth_of(paths)
    assert len(truth) == len(paths[0].read_text(encoding="utf-8").splitlines()) == 1500
    sizes = Counter(row["operation_id"] for row in truth)
    planted = {row["operation_id"] for row in truth if row["coerced"] == "1"}
    assert sum(size == 1 for size in sizes.values()) > len(sizes) / 2
    assert 5 < len(planted) < len(sizes) / 20
    assert {row["kind"] for row in truth if row["operation_id"] in planted} == {
        "coerced_services",
        "coerced_recruitment",
    }


def test_the_same_seed_makes_the_same_bytes_and_another_one_others(write_third_world: Any, tmp_path: Path) -> None:
    first, again, other = (
        write_third_world(tmp_path / name, adverts=300, seed=seed, evasion=0.3)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert first[0].read_bytes() != other[0].read_bytes()


def test_every_number_is_of_a_range_that_belongs_to_nobody(write_third_world: Any, tmp_path: Path) -> None:
    numbers = {
        row["phones"]
        for row in truth_of(write_third_world(tmp_path, adverts=600, seed=5, evasion=0.9))
        if row["phones"]
    }
    plans = [(f"+{plan.code}", fictional) for plan in NUMBERING.values() for fictional in plan.ranges]
    assert numbers
    assert all(
        any(
            number.startswith(code) and block.first <= int(number[len(code) :]) < block.first + block.count
            for code, block in plans
        )
        for number in numbers
    )
