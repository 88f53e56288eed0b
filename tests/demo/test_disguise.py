from random import Random

import pytest

from felinar.demo.disguise import EASY, HARD, MIDDLE, PLAIN, choose_way, is_disguise, write_number
from felinar.demo.language import language
from felinar.demo.numbers import Number

NUMBER = Number("GB", "07700900158", "+447700900158")
ENGLISH = language("en")


def written(way: str, seed: int) -> str:
    return write_number(Random(seed), NUMBER, way, ENGLISH.digits, ENGLISH.links)


@pytest.mark.parametrize("way", PLAIN)
def test_plain_ways_keep_the_digits_in_order(way: str) -> None:
    for seed in range(20):
        assert "".join(c for c in written(way, seed) if c in "0123456789").endswith("7700900158")


@pytest.mark.parametrize("way", EASY + MIDDLE + HARD)
def test_no_disguise_leaves_the_number_in_one_run_of_plain_digits(way: str) -> None:
    for seed in range(40):
        text = written(way, seed)
        assert "7700900158" not in text
        assert "77 00 90 01 58" not in text


def test_nothing_is_disguised_at_rate_zero_and_everything_at_one() -> None:
    rng = Random(1)
    assert not any(is_disguise(choose_way(rng, 0.0, 0.9)) for _ in range(200))
    assert all(is_disguise(choose_way(rng, 1.0, 0.1)) for _ in range(200))


def test_more_evasion_means_harder_ways() -> None:
    rng = Random(1)
    hard = [sum(choose_way(rng, 1.0, evasion) in HARD for _ in range(2000)) for evasion in (0.0, 0.5, 1.0)]
    assert hard[0] < hard[1] < hard[2]
