"""Circuits: who tours, for whom one contact stands in several places, and firms with a number for each town."""

from __future__ import annotations

from typing import Any

import pytest

from felinar.score.explain import because_of_hit

PHONE = "+447700900123"
NAMES = ("ana", "bea", "cora", "dina")
TOWNS = ("Leeds, GB", "Hull, GB", "York, GB")


def few(pile: Any, operation: int, *, names: int = 3, towns: int = 2, phones: int = 1) -> None:
    """Add six adverts in which names, towns and numbers come one after the other."""
    for step in range(6):
        given = {"name": [NAMES[step % names]], "place": [TOWNS[step % towns]]}
        pile.advert(operation, day=step * 5, phone=[f"+44770090{operation}{step % phones:03d}"], **given)


def strength(pile: Any, operation: int) -> int:
    hit = pile.hit(operation, "OP_CIRCUIT")
    return hit["share"] if hit else 0


def test_one_contact_for_three_names_in_two_towns_is_found_on_few_adverts(pile: Any) -> None:
    few(pile, 1)
    hit = pile.hit(1, "OP_CIRCUIT")
    assert (hit["numbers"]["names"], hit["numbers"]["places"], len(hit["advert_ids"])) == (3, 2, 6)
    assert because_of_hit("OP_CIRCUIT", hit["evidence"]).startswith(
        "+447700901000 stands for 3 names in 2 places (Hull, GB; Leeds, GB), between "
    )


def test_a_duo_in_two_towns_and_a_venue_in_one_are_no_circuit(pile: Any) -> None:
    few(pile, 1, names=2)
    few(pile, 2, names=4, towns=1)
    assert (strength(pile, 1), strength(pile, 2)) == (0, 0)


def test_each_further_name_with_a_further_place_makes_it_stronger(pile: Any) -> None:
    few(pile, 1)
    few(pile, 2, names=4)
    few(pile, 3, names=4, towns=3)
    assert strength(pile, 1) == strength(pile, 2) < strength(pile, 3)


def test_names_and_towns_without_a_common_contact_weigh_less(pile: Any) -> None:
    few(pile, 1, towns=3)
    for step in range(6):
        pile.advert(2, day=step * 5, name=[NAMES[step % 3]], place=[TOWNS[step % 3]], phone=[f"+4477009006{step:02d}"])
    assert 0 < strength(pile, 2) < strength(pile, 1)


def test_a_firm_with_a_number_for_each_town_is_no_circuit(pile: Any) -> None:
    for step in range(18):
        stop = step % 3
        pile.advert(1, day=step, name=[NAMES[step % 4]], place=[TOWNS[stop]], phone=[f"+44770090010{stop}"])
    assert strength(pile, 1) == 0


@pytest.mark.parametrize("lost", ["day", "place", "name"])
def test_nothing_is_found_where_days_places_or_names_are_missing(pile: Any, lost: str) -> None:
    for step in range(6):
        given = {"day": step, "name": [NAMES[step % 3]], "place": [TOWNS[step % 2]], "phone": ["+447700900123"]}
        pile.advert(1, **{**given, lost: None if lost == "day" else []})
    assert strength(pile, 1) == 0


def test_three_names_in_three_towns_are_found_even_when_no_order_can_be_seen(pile: Any) -> None:
    for i, (name, town) in enumerate((("ana", "Leeds, GB"), ("bea", "Hull, GB"), ("cora", "York, GB"))):
        pile.advert(1, day=i, name=[name], place=[town])
        pile.advert(2, day=i, name=["dina"], place=[town])
    hit = pile.hit(1, "OP_CIRCUIT")
    assert because_of_hit("OP_CIRCUIT", hit["evidence"]).startswith("The adverts of 3 names stand in 3 places")
    assert pile.hit(2, "OP_CIRCUIT") is None


def test_two_names_in_the_same_three_towns_are_a_weak_circuit_and_one_touring_person_is_not(pile: Any) -> None:
    for stop, town in enumerate(("Leeds, GB", "Hull, GB", "York, GB")):
        for name in ("ana", "bea"):
            pile.advert(1, day=stop * 7, name=[name], place=[town], phone=[PHONE])
        pile.advert(2, day=stop * 7, name=["dina"], place=[town], phone=["+447700900456"])
    hit = pile.hit(1, "OP_CIRCUIT")
    assert "2 names stand in 3 places (Hull, GB; Leeds, GB; York, GB)" in because_of_hit("OP_CIRCUIT", hit["evidence"])
    assert pile.hit(2, "OP_CIRCUIT") is None


def test_a_set_that_stays_and_moves_on_is_a_stronger_circuit_than_one_that_stands_side_by_side(pile: Any) -> None:
    for day in range(12):
        name = ("ana", "bea", "cora")[day % 3 if day < 9 else 0]
        pile.advert(1, day=day, name=[name], place=[("Leeds, GB", "Hull, GB", "York, GB")[day // 4]])
        pile.advert(2, day=day, name=[name], place=[("Leeds, GB", "Hull, GB", "York, GB")[day * 5 % 3]])
    assert pile.hit(1, "OP_CIRCUIT")["share"] > pile.hit(2, "OP_CIRCUIT")["share"]


def test_a_set_of_three_names_that_moves_together_is_a_circuit_and_one_that_stands_everywhere_is_not(pile: Any) -> None:
    towns = ("Leeds, GB", "Hull, GB", "York, GB", "Bath, GB")
    for stop, town in enumerate(towns):
        for i, name in enumerate(("ana", "bea", "cora")):
            if (stop + i) % 3:
                pile.advert(1, day=stop * 7 + i, name=[name], place=[town])
            pile.advert(2, day=stop * 7 + i, name=[name], place=[towns[(stop + i) % 4]])
            pile.advert(3, day=stop * 7 + i, name=[name], place=[towns[0]])
            pile.advert(4, day=stop * 7 + i, name=["dina"], place=[town])
    assert pile.hit(1, "OP_CIRCUIT")["numbers"]["stops"] == 4
    assert [pile.hit(operation, "OP_CIRCUIT") for operation in (3, 4)] == [None, None]
    assert "stops" not in (pile.hit(2, "OP_CIRCUIT") or {"numbers": {}})["numbers"]


def test_two_names_in_three_towns_weigh_less_than_three_names_and_one_name_nothing(pile: Any) -> None:
    for step, town in enumerate(("Leeds, GB", "Hull, GB", "York, GB") * 2):
        pile.advert(1, day=10 * step, place=[town], name=["ana"], phone=["+447700900101"])
        pile.advert(2, day=10 * step, place=[town], name=[("ana", "bea")[step % 2]], phone=["+447700900102"])
        pile.advert(3, day=10 * step, place=[town], name=[("ana", "bea", "cora")[step % 3]], phone=["+447700900103"])
    assert pile.hit(1, "OP_CIRCUIT") is None
    assert pile.hit(2, "OP_CIRCUIT")["share"] < pile.hit(3, "OP_CIRCUIT")["share"]
