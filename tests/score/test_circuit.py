"""Circuits: who tours, for whom one contact stands in several places, and firms with a number for each town."""

from __future__ import annotations

from typing import Any

import pytest

from felinar.score.explain import because_of_hit

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
