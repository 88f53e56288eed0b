from random import Random

import phonenumbers
import pytest

from felinar.demo import make_world
from felinar.demo.numbers import NUMBERING, Pool, grouped, international


def a_pool() -> Pool:
    pool = Pool()
    pool.start(Random(5))
    return pool


@pytest.mark.parametrize("country", [c for c, n in NUMBERING.items() if not n.reserved])
def test_numbers_of_countries_without_reserved_ranges_are_possible_and_never_valid(country: str) -> None:
    pool = a_pool()
    for _ in range(300):
        parsed = phonenumbers.parse(pool.take(country).e164)
        assert phonenumbers.is_possible_number(parsed)
        assert not phonenumbers.is_valid_number(parsed)


@pytest.mark.parametrize("country", list(NUMBERING))
def test_all_ways_of_grouping_hold_the_same_digits(country: str) -> None:
    number = a_pool().take(country)
    assert "".join(c for c in grouped(number) if c.isdigit()) == number.national
    assert "+" + "".join(c for c in international(number) if c.isdigit()) == number.e164


def test_no_number_is_handed_out_twice_and_an_empty_country_says_so() -> None:
    pool = a_pool()
    total = pool.left("SE")
    assert total == len({pool.take("SE").e164 for _ in range(total)}) == 195
    with pytest.raises(IndexError, match="SE"):
        pool.take("SE")


def test_a_world_of_a_million_has_numbers_enough() -> None:
    pool = a_pool()
    assert sum(pool.left(country) for country in NUMBERING) > 1_000_000


def test_every_valid_number_of_a_world_stands_in_a_published_range() -> None:
    reserved = {c for c, n in NUMBERING.items() if n.reserved}
    for advert in make_world(1500, 3, 0.5):
        for phone in advert.phones:
            parsed = phonenumbers.parse(phone)
            if phonenumbers.is_valid_number(parsed):
                digits = int(phone[1:])
                assert any(
                    int(f"{NUMBERING[c].code}{part.first}")
                    <= digits
                    < int(f"{NUMBERING[c].code}{part.first}") + part.count
                    for c in reserved
                    for part in NUMBERING[c].ranges
                )
