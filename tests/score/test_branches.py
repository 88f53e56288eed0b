"""Firms with a contact of its own for each town, beside a twin that looks at one operation after the other."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.score.branches import AT_HOME, LEAST_BRANCHES, branches
from felinar.score.contacts import repeated
from felinar.score.counting import Ties
from felinar.score.replacing import OVERLAP_DAYS

Advert = tuple[int, int, int]  # day, town, contact


def made(operations: list[list[Advert]]) -> Any:
    """Return a pile of which only days, towns, contacts and operations are known."""
    rows = [(operation, *advert) for operation, adverts in enumerate(operations) for advert in adverts]
    operation, day, place, contact = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    values = [str(code) for code in range(10)]
    ties = Ties(np.arange(len(rows)), contact, values, ("phone",) * len(values))
    known = {"day": day, "place": place, "operation": operation, "repeated_contacts": repeated(ties, operation)}
    return cast(Any, SimpleNamespace(m=len(operations), n=len(rows), **known))


def twin(adverts: list[Advert]) -> int:
    often = Counter(contact for _, _, contact in adverts)
    kept = [advert for advert in adverts if often[advert[2]] >= 2]
    towns, days = ({c: [a[of] for a in kept if a[2] == c] for _, _, c in kept} for of in (1, 0))
    home = {c: min(of, key=lambda town, of=of: (-of.count(town), town)) for c, of in towns.items()}
    order = sorted(days, key=lambda c: (min(days[c]), max(days[c]), c))
    for at in range(1, len(order)):
        if min(days[order[at]]) >= max(max(days[c]) for c in order[:at]) - OVERLAP_DAYS:
            return 0
    inside = sum(town == home[contact] for _, town, contact in kept)
    own = len(set(home.values()))
    return own if inside * 1000 >= len(kept) * AT_HOME and LEAST_BRANCHES <= own == len(home) else 0


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2), st.integers(0, 3)), max_size=12),
        min_size=1,
        max_size=3,
    )
)
def test_branches_agree_with_counting_one_operation_after_the_other(operations: list[list[Advert]]) -> None:
    assert branches(made(operations)).tolist() == [twin(adverts) for adverts in operations]


@pytest.mark.parametrize(
    ("adverts", "expected"),
    [
        ([(day, day % 3, day % 3) for day in range(12)], 3),
        ([(day, day // 4, day // 4) for day in range(12)], 0),  # a tour that changes its number
        ([(day, day % 3, 0) for day in range(12)], 0),  # one number for all towns
        ([(day, 0, day % 3) for day in range(12)], 0),  # three numbers in one town
        ([(day, day % 2, day % 2) for day in range(3)], 0),  # one of the contacts was seen once
        ([], 0),
    ],
)
def test_only_contacts_that_stay_in_their_town_side_by_side_are_branches(adverts: list[Advert], expected: int) -> None:
    assert branches(made([adverts])).tolist() == [expected]
