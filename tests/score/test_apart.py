"""Several people of one contact in different places at the same time."""

from __future__ import annotations

from typing import Any

import pytest

from felinar.score.explain import because_of_hit

TOWNS = ("Leeds, GB", "Hull, GB", "York, GB")
NAMES = ("ana", "bea", "cora")


def strength(pile: Any, operation: int) -> int:
    hit = pile.hit(operation, "OP_PEOPLE_APART")
    return hit["share"] if hit else 0


def test_three_people_of_one_contact_who_are_apart_are_found_and_three_who_travel_together_are_not(pile: Any) -> None:
    for step in range(6):
        given = {"name": [NAMES[step % 3]], "day": step * 4}
        pile.advert(1, place=[TOWNS[step % 2]], phone=["+447700900101"], **given)
        pile.advert(2, place=[TOWNS[step // 3]], phone=["+447700900102"], **{**given, "day": step + 20 * (step // 3)})
        pile.advert(3, place=[TOWNS[step % 2]], phone=[f"+4477009002{step % 2:02d}"], **given)
    hit = pile.hit(1, "OP_PEOPLE_APART")
    assert because_of_hit(hit["indicator"], hit["evidence"]).startswith(
        "+447700900101 stands for 3 names in 2 places (Hull, GB; Leeds, GB), between 2026-01-01 and 2026-01-21, "
        "some of them in different places within the same 7 days."
    )
    assert (strength(pile, 2), strength(pile, 3)) == (0, 0)


def test_two_people_count_half_in_three_places_and_nothing_in_two(pile: Any) -> None:
    for step in range(6):
        given = {"name": [NAMES[step % 2]], "day": step * 2}
        pile.advert(1, place=[TOWNS[step % 3]], phone=["+447700900101"], **given)
        pile.advert(2, place=[TOWNS[step % 2]], phone=["+447700900102"], **given)
    assert (strength(pile, 1), strength(pile, 2)) == (375, 0)


def test_adverts_that_give_two_names_show_two_who_are_together(pile: Any) -> None:
    for step in range(6):
        pile.advert(1, day=step, name=NAMES, place=[TOWNS[step % 3]], phone=["+447700900101"])
    assert strength(pile, 1) == 0


def test_a_firm_that_is_open_in_its_towns_side_by_side_counts_half_and_a_tour_with_two_stops_in_a_week_nothing(
    pile: Any,
) -> None:
    for step in range(18):
        pile.advert(1, day=step, name=[NAMES[step % 3]], place=[TOWNS[step * 5 % 3]], phone=["+447700900101"])
        pile.advert(2, day=step, name=[NAMES[step % 3]], place=[TOWNS[step // 6]], phone=["+447700900102"])
    assert (strength(pile, 1), strength(pile, 2)) == (450, 0)


@pytest.mark.parametrize("lost", ["day", "place", "name", "phone"])
def test_nothing_is_found_where_days_places_names_or_contacts_are_missing(pile: Any, lost: str) -> None:
    for step in range(6):
        given = {"day": step, "name": [NAMES[step % 3]], "place": [TOWNS[step % 2]], "phone": ["+447700900101"]}
        pile.advert(1, **{**given, lost: None if lost == "day" else []})
    assert strength(pile, 1) == 0
