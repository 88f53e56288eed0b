"""Spells: what stands before a long rest and what stands after it are no sign together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from felinar.score.indicators import BY_SPELL
from felinar.score.spells import REST_DAYS, spells_of

TOWNS = ("Leeds, GB", "Hull, GB", "York, GB")


def slow_spells(adverts: list[tuple[int, int]]) -> set[frozenset[int]]:
    """Return the spells one advert after the other, without numpy; a day below 0 is none."""
    spells: list[list[int]] = []
    for at in sorted(range(len(adverts)), key=lambda at: adverts[at]):
        operation, day = adverts[at]
        before = adverts[spells[-1][-1]] if spells else (-1, 0)
        if before[0] != operation or 0 <= before[1] < day - REST_DAYS:
            spells.append([])
        spells[-1].append(at)
    return {frozenset(spell) for spell in spells}


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 1).map(lambda d: d * 46) | st.integers(-1, 400))))
def test_spells_are_what_one_advert_after_the_other_shows(adverts: list[tuple[int, int]]) -> None:
    adverts = [(operation, max(day, -1)) for operation, day in adverts]
    columns = [np.array([advert[column] for advert in adverts], dtype=np.int64) for column in (0, 1)]
    found: dict[int, set[int]] = {}
    for at, spell in enumerate(spells_of(*columns).tolist()):
        found.setdefault(spell, set()).add(at)
    assert {frozenset(spell) for spell in found.values()} == slow_spells(adverts)


@pytest.mark.parametrize("indicator", ["OP_CIRCUIT", "OP_MANY_NAMES_PER_CONTACT"])
def test_a_number_that_was_handed_out_again_makes_no_set_of_two_strangers(pile: Any, indicator: str) -> None:
    for operation, rest in ((1, 10), (2, 60)):
        for step in range(8):
            name, town = (("ana", TOWNS[0]), ("bea", TOWNS[1]), ("cora", TOWNS[1]), ("dina", TOWNS[1]))[step // 2]
            day = step + (rest if step >= 4 else 0)
            pile.advert(operation, day=day, name=[name], place=[town], phone=[f"+44770090012{operation}"])
    assert pile.hit(1, indicator) is not None
    assert pile.hit(2, indicator) is None


def test_of_several_spells_the_strongest_counts_as_if_it_stood_alone(pile: Any) -> None:
    for step in range(18):
        given = {"name": [("ana", "bea", "cora")[step % 3]], "place": [TOWNS[step // 6]], "near_duplicate": ["a"]}
        pile.advert(1, day=step, phone=["+447700900101"], **given)
        pile.advert(2, day=step, phone=["+447700900102"], **given)
    for step in range(2):
        pile.advert(2, day=100 + step, name=["dina"], place=["Bath, GB"], phone=["+447700900102"])
    for rule in BY_SPELL:
        alone, after = (pile.hit(operation, rule.indicator) for operation in (1, 2))
        assert (alone and alone["share"]) == (after and after["share"])


def test_offers_in_two_towns_on_either_side_of_a_rest_are_two_employers(pile: Any) -> None:
    for step in range(6):
        for operation, rest in ((1, 0), (2, 60)):
            day = step + (rest if step >= 3 else 0)
            pile.advert(operation, day=day, job=True, place=[TOWNS[step // 3]], phone=[f"+44770090012{operation}"])
    assert pile.hit(1, "JOB_SEVERAL_TOWNS") is not None
    assert pile.hit(2, "JOB_SEVERAL_TOWNS") is None
