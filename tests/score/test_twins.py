"""Fast counting beside slow, obvious counting, on random input."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from felinar.score.replacing import OVERLAP_DAYS, replacing
from felinar.score.shares import PILE_ADVERTS, usual_in

CONTACT = st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 20))


@given(st.lists(CONTACT, max_size=12))
def test_a_contact_replaces_another_when_all_earlier_ones_were_given_up(contacts: list[tuple[int, int, int]]) -> None:
    columns = [np.array(column, dtype=np.int64) for column in zip(*contacts, strict=True)] or [
        np.zeros(0, np.int64)
    ] * 3
    operation, first, last = columns[0], columns[1], columns[1] + columns[2]
    expected = []
    for at in range(len(contacts)):
        mine = (int(first[at]), int(last[at]), at)
        earlier = [
            int(last[other])
            for other in range(len(contacts))
            if operation[other] == operation[at] and (int(first[other]), int(last[other]), other) < mine
        ]
        expected.append(bool(earlier) and int(first[at]) >= max(earlier) - OVERLAP_DAYS)
    assert replacing(operation, first, last).tolist() == expected


ADVERT = st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans(), st.booleans())


@given(st.lists(ADVERT, min_size=1, max_size=40), st.integers(0, 1000))
def test_what_is_usual_in_a_context_is_what_its_other_adverts_show(adverts: list[Any], elsewhere: int) -> None:
    operation, context, inside, shown = (np.array(column) for column in zip(*adverts, strict=True))
    shown &= inside
    pile: Any = SimpleNamespace(operation=operation, m=4, counted=np.ones(len(adverts), bool))
    rates = tuple(np.bincount(context[mark], minlength=3) for mark in (inside, shown))
    usual = usual_in(pile, (context, ["a", "b", "c"]), rates, inside, shown, np.full(4, elsewhere))
    for own in range(4):
        shares = []
        for _, where, *_ in [row for row in adverts if row[0] == own and row[2]]:
            others = [row for row in adverts if row[0] != own and row[1] == where and row[2]]
            rate = (sum(row[3] for row in others) * 1000 + PILE_ADVERTS * elsewhere) // (len(others) + PILE_ADVERTS)
            shares.append(rate)
        assert usual[own] == (sum(shares) // len(shares) if shares else 0)
