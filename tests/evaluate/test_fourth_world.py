"""The fourth family of worlds: exact in number, same for one seed, numbers of nobody, habits of real sites."""

from __future__ import annotations

import csv
import importlib
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import phonenumbers
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SLOTS = (
    "name",
    "city",
    "area",
    "what",
    "role",
    "price",
    "pay",
    "big",
    "fee",
    "n",
    "hours",
    "month",
    "land",
    "c",
    "t",
    "u",
)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("fourth_world.world")


def read(paths: tuple[Path, Path]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    adverts = [json.loads(line) for line in paths[0].read_text(encoding="utf-8").splitlines()]
    with paths[1].open(encoding="utf-8", newline="") as file:
        return adverts, list(csv.DictReader(file))


def test_a_world_has_exactly_as_many_adverts_and_each_has_its_line_of_truth(world: Any, tmp_path: Path) -> None:
    adverts, truth = read(world.write_fourth_world(tmp_path, adverts=1500, seed=3, evasion=0.6))
    assert len(adverts) == len({advert["id"] for advert in adverts}) == 1500
    assert [advert["id"] for advert in adverts] == [row["source_id"] for row in truth]


def test_planted_operations_are_few_and_most_operations_are_one_advert(world: Any, tmp_path: Path) -> None:
    _, truth = read(world.write_fourth_world(tmp_path, adverts=3000, seed=4, evasion=0.3))
    sizes = Counter(row["operation_id"] for row in truth)
    planted = {row["operation_id"]: row["kind"] for row in truth if row["coerced"] == "1"}
    assert sum(size < 3 for size in sizes.values()) > len(sizes) / 2
    assert 10 < len(planted) < len(sizes) / 20
    assert set(planted.values()) == {"coerced_services", "coerced_recruitment"}


def test_the_same_seed_makes_the_same_bytes_and_another_one_others(world: Any, tmp_path: Path) -> None:
    first, again, other = (
        world.write_fourth_world(tmp_path / name, adverts=300, seed=seed, evasion=0.3)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert first[0].read_bytes() != other[0].read_bytes()


def test_every_number_is_of_a_range_that_belongs_to_nobody(world: Any, tmp_path: Path) -> None:
    plans = importlib.import_module("fourth_world.countries").PLANS
    _, truth = read(world.write_fourth_world(tmp_path, adverts=900, seed=5, evasion=0.9))
    numbers = {number for row in truth for number in row["phones"].split(";") if number}
    blocks = [(f"+{plan.code}", block) for plan in plans.values() for block in plan.ranges]
    assert len(numbers) > 100
    for number in numbers:
        assert any(
            number.startswith(code) and block.first <= int(number[len(code) :]) < block.first + block.count
            for code, block in blocks
        ), number


def test_prefixes_without_a_reserved_range_are_possible_but_not_valid(world: Any) -> None:
    plans = importlib.import_module("fourth_world.countries").PLANS
    rng = Random(7)
    for plan in plans.values():
        for block in () if plan.reserved else plan.ranges:
            drawn = [block.first, *(block.first + rng.randrange(block.count) for _ in range(20))]
            for national in drawn:
                number = phonenumbers.PhoneNumber(int(plan.code), national)
                assert phonenumbers.is_possible_number(number)
                assert not phonenumbers.is_valid_number(number)


def test_a_number_that_was_cut_off_is_not_in_the_truth(world: Any, tmp_path: Path) -> None:
    """Without evasion contact lines are plain: the last four digits stand in the advert, one behind the other."""
    adverts, truth = read(world.write_fourth_world(tmp_path, adverts=2000, seed=6, evasion=0.0))
    shown = 0
    for advert, row in zip(adverts, truth, strict=True):
        digits = "".join(filter(str.isdigit, f"{advert['body']} {advert['contact']}"))
        for number in filter(None, row["phones"].split(";")):
            assert number[-4:] in digits
            shown += 1
    assert shown > 1500
    assert any(advert["body"].endswith((" (more)", "…", "...")) for advert in adverts)


def test_copied_adverts_belong_to_whom_they_were_copied_from(world: Any, tmp_path: Path) -> None:
    adverts, truth = read(world.write_fourth_world(tmp_path, adverts=1000, seed=8, evasion=0.3))
    copiers = importlib.import_module("fourth_world.sites").COPIERS
    owners = {row["operation_id"] for a, row in zip(adverts, truth, strict=True) if a["site"] not in copiers}
    copies = [row for a, row in zip(adverts, truth, strict=True) if a["site"] in copiers]
    assert len(copies) == 60
    assert {row["operation_id"] for row in copies} <= owners


def test_pairs_of_digits_are_spoken_as_a_language_speaks_them(world: Any) -> None:
    writing, words = (importlib.import_module(f"fourth_world.{name}") for name in ("writing", "words"))
    spoken = {
        code: writing.DISGUISES["pairs"](Random(1), "07714500", words.speech(code)) for code in ("en", "de", "it")
    }
    assert spoken["en"].replace(",", "") == "zero seventy-seven fourteen fifty zero"
    assert spoken["de"].replace(",", "") == "null siebenundsiebzig vierzehn fünfzig null"
    assert "sette" in spoken["it"]  # no table of tens: single digits


def test_every_language_has_the_same_sections_and_fills_all_slots(world: Any) -> None:
    words, countries = (importlib.import_module(f"fourth_world.{name}") for name in ("words", "countries"))
    codes = {code for country in countries.COUNTRIES.values() for code in country.languages.split()}
    assert len(codes) == 11
    slots = dict.fromkeys(SLOTS, "x")
    signs = set(words.speech("en").signs)
    for code in sorted(codes):
        spoken = words.speech(code)
        assert len(spoken.lists["digits"]) == 10
        assert set(spoken.signs) == signs
        for lines in spoken.lines.values():
            assert all("{" not in line.format_map(slots) for line in lines)
