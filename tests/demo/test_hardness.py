"""The rule of hardness: components over the true numbers and a plain digit regex must both fail on the demo world."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from felinar.demo import make_world

FILE = Path(__file__).parents[2] / "benchmarks" / "hardness.py"


@pytest.fixture(scope="module")
def hardness() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hardness", FILE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_world_is_hard_enough(hardness: ModuleType) -> None:
    measured = hardness.measure(list(make_world(3000)))
    assert measured["b_cubed_f1"] <= 0.80
    assert measured["regex_finds_disguised"] <= 0.10
    assert 0.4 <= measured["disguised"] <= 0.6
    assert measured["regex_finds_plain"] >= 0.85


def test_adverts_that_share_a_number_through_others_are_one_component(hardness: ModuleType) -> None:
    labels = hardness.components([("a",), ("a", "b"), ("b",), ("c",), ()])
    assert labels[0] == labels[1] == labels[2]
    assert len(set(labels.tolist())) == 3
