"""Judgements as constraints: a "different" holds for every advert of both sides, at any size."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from felinar.ids import canonical_json
from felinar.resolve import Before, resolve
from felinar.resolve.constraints import among, constraints
from felinar.tables import ADVERTS, KEYS, LINKS, MEMBERSHIPS, MENTIONS, OPERATIONS

MANY = 150


def judgement(verdict, left, right, scope="operation"):
    given = canonical_json({"left": list(left), "right": list(right)})
    ends = (str(next(iter(left))), str(next(iter(right))))
    return SimpleNamespace(scope=scope, left=ends[0], right=ends[1], verdict=verdict, adverts=given)


def blank(schema, **given):
    return {field.name: None for field in schema} | given


def resolved(adverts, phones, judgements):
    """Resolve adverts 0 … n-1 that show keys; `phones` maps a key's id to its adverts."""
    keys = [blank(KEYS.schema, key_kind="phone", key_id=k, value=str(k)) for k in phones]
    links = [
        blank(LINKS.schema, advert_id=a, key_kind="phone", key_id=k, millibits=14_000)
        for k, shown in phones.items()
        for a in shown
    ]
    made = resolve(
        ADVERTS.from_rows([blank(ADVERTS.schema, advert_id=a) for a in range(adverts)]),
        MENTIONS.empty(), KEYS.from_rows(keys), LINKS.from_rows(links), judgements=judgements,
    )  # fmt: skip
    return made.memberships["operation_id"].to_numpy()


def test_two_large_operations_judged_different_share_no_operation_though_one_number_ties_all():
    left, right = range(MANY), range(MANY, 2 * MANY)
    everywhere = {1: range(2 * MANY)}
    assert len(set(resolved(2 * MANY, everywhere, []))) == 1
    operation = resolved(2 * MANY, everywhere, [judgement("different", left, right)])
    assert not set(operation[:MANY]) & set(operation[MANY:])
    assert len(set(operation)) == 2, "what is kept out of the one operation still holds together"


def test_two_operations_judged_the_same_are_one_to_the_last_advert():
    operation = resolved(2 * MANY, {}, [judgement("same", range(MANY), range(MANY, 2 * MANY))])
    assert len(set(operation)) == 1


def test_different_says_nothing_about_the_adverts_of_one_side():
    operation = resolved(4, {1: range(4)}, [judgement("different", [0, 1], [2, 3])])
    assert operation[0] == operation[1]


def test_each_judgement_has_sides_of_its_own():
    apart = constraints([judgement("different", [7], [9]), judgement("different", [7], [8])]).apart
    assert apart.tolist() == [[7, 0], [7, 2], [8, 3], [9, 1]]


def test_adverts_that_are_gone_are_left_out():
    ids = np.array([5, 7])
    assert among(np.array([[5, 6], [5, 7]]), ids, columns=2).tolist() == [[0, 1]]
    assert among(np.array([[6, 0], [7, 1]]), ids, columns=1).tolist() == [[1, 1]]


def test_a_pile_that_has_become_empty_has_no_operations():
    before = MEMBERSHIPS.from_rows([{"advert_id": 1, "operation_id": 2}])
    empty = [table.empty() for table in (ADVERTS, MENTIONS, KEYS, LINKS)]
    made = resolve(*empty, before=Before(before, OPERATIONS.empty()))
    assert made.memberships.num_rows == made.operations().num_rows == 0
