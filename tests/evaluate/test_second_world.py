"""The second family of worlds: exact in number, the same for the same seed, and of other habits than the demo world."""

from __future__ import annotations

import csv
import importlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from felinar.demo.numbers import NUMBERING

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def write_second_world(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("second_world").write_second_world


def read(paths: tuple[Path, Path]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    adverts = [json.loads(line) for line in paths[0].read_text(encoding="utf-8").splitlines()]
    with paths[1].open(encoding="utf-8", newline="") as file:
        return adverts, list(csv.DictReader(file))


def test_a_world_has_exactly_as_many_adverts_and_each_has_its_line_of_truth(write_second_world, tmp_path) -> None:
    adverts, truth = read(write_second_world(tmp_path, adverts=700, seed=3, evasion=0.6))
    assert len(adverts) == len(truth) == 700
    assert [a["ad_id"] for a in adverts] == [t["source_id"] for t in truth]
    kinds: dict[str, set[tuple[str, str]]] = {}
    for row in truth:
        kinds.setdefault(row["operation_id"], set()).add((row["kind"], row["coerced"]))
    assert {len(found) for found in kinds.values()} == {1}
    assert {kind for found in kinds.values() for kind, coerced in found if coerced == "1"} == {
        "coerced_services",
        "coerced_recruitment",
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_habits(write_second_world, tmp_path) -> None:
    worlds = [
        write_second_world(tmp_path / str(i), adverts=300, seed=seed, evasion=0.3) for i, seed in enumerate((1, 1, 2))
    ]
    first, again, other = ([path.read_bytes() for path in paths] for paths in worlds)
    assert first == again
    assert first != other
    shares = [Counter(row["kind"] for row in read(worlds[i])[1]) for i in (0, 2)]
    assert shares[0] != shares[1]


def test_every_number_is_reserved_for_fiction_or_cannot_be_assigned(write_second_world, tmp_path) -> None:
    _, truth = read(write_second_world(tmp_path, adverts=500, seed=4, evasion=0.9))
    shown = {number for row in truth for number in row["phones"].split(";") if number}
    assert len(shown) > 100
    for number in shown:
        region = phonenumbers.region_code_for_country_code(phonenumbers.parse(number).country_code)
        regions = ("US", "CA") if region == "US" else (region,)
        national = int(number[1 + len(NUMBERING[region].code) :])
        spans = [part for name in regions for part in NUMBERING[name].ranges]
        assert any(part.first <= national < part.first + part.count for part in spans), number


def test_no_sentence_is_one_of_the_demo_world(write_second_world, tmp_path) -> None:
    from felinar.demo.language import CODES, language

    words = importlib.import_module("second_world.words")
    ours = {line for lines in words.sections().values() for line in lines if len(line) > 40}
    theirs = {text for code in CODES for fragments in language(code).sections.values() for f in fragments for text in f}
    assert len(ours) > 80
    assert ours & theirs == set()
