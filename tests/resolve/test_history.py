"""Splits and merges are kept with what did them, and told in one sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest

from felinar.resolve import Before, resolve
from felinar.resolve.explain import because_of_change
from felinar.tables import ADVERTS, KEYS, LINKS, MENTIONS


@dataclass(frozen=True)
class Said:
    judgement_id: int
    scope: str
    left: str
    right: str
    verdict: str
    adverts: str = ""


def resolved(shown, adverts, *, before=None, hubs=(), judgements=()):
    """Return (MEMBERSHIPS, OPERATIONS); `shown`: number -> adverts that show it."""
    rows = [(a, number) for number, on in shown.items() for a in on]
    keys = [{"key_kind": "phone", "key_id": n, "value": f"+4477009001{n:02d}", "hub": n in hubs} for n in shown]
    links = [
        {"advert_id": a, "key_kind": "phone", "key_id": n, "millibits": 0 if n in hubs else 14_000, "evidence": ""}
        for a, n in rows
    ]
    tables = ADVERTS.from_rows([{"advert_id": a} for a in range(adverts)]), MENTIONS.empty()
    made = resolve(
        *tables, KEYS.from_rows(keys), LINKS.sort(LINKS.from_rows(links)), before=before and Before(*before),
        judgements=judgements,
    )  # fmt: skip
    return made.memberships, made.operations()


def told(operations):
    """Return the histories as sentences."""
    rows = [row for row in operations.to_pylist() if row["history"]]
    return {row["operation_id"]: [because_of_change(entry) for entry in json.loads(row["history"])] for row in rows}


def all_of(operations):
    return [sentence for sentences in told(operations).values() for sentence in sentences]


def ids(memberships):
    return memberships["operation_id"].to_pylist()


TWO = {1: [0, 1, 2], 2: [3, 4]}


def test_a_first_run_has_no_history_and_neither_has_one_that_changes_nothing():
    first = resolved(TWO, 5)
    assert told(first[1]) == {}
    assert told(resolved(TWO, 5, before=first)[1]) == {}


def test_a_merge_names_the_key_of_the_new_advert_by_which_the_two_met():
    first = resolved(TWO, 5)
    memberships, operations = resolved({1: [0, 1, 2, 5], 2: [3, 4, 5]}, 6, before=first)
    kept, gone = ids(first[0])[0], ids(first[0])[3]
    assert set(ids(memberships)) == {kept}
    [[sentence]] = told(operations).values()
    assert sentence in (
        f"all of operation {gone} (2 adverts) came to this one, because both show the telephone number {number}"
        for number in ("+447700900101", "+447700900102")
    )


def test_a_key_that_became_a_hub_is_the_cause_of_a_split_on_both_sides():
    first = resolved({1: [0, 1, 2, 3, 4], 2: [3, 4], 3: [0, 1, 2]}, 5)
    memberships, operations = resolved({1: [0, 1, 2, 3, 4], 2: [3, 4], 3: [0, 1, 2]}, 5, before=first, hubs={1})
    old, new = ids(memberships)[0], ids(memberships)[3]
    why = "because the telephone number +447700900101 turned out to be a hub, which links nothing"
    assert told(operations) == {
        new: [f"2 adverts split off from operation {old}, {why}"],
        old: [f"2 adverts went to operation {new}, {why}"],
    }


@pytest.mark.parametrize("scope", ["advert", "operation"])
def test_judgements_are_named_by_their_number(scope):
    sides = json.dumps({"left": [0, 1, 2], "right": [3, 4]})
    same = Said(7, scope, "0", "3", "same", sides)
    first = resolved(TWO, 5)
    joined = resolved(TWO, 5, before=first, judgements=[same])
    assert [s for [s] in told(joined[1]).values()] == [
        f"all of operation {ids(first[0])[3]} (2 adverts) came to this one, because judgement 7 says so"
    ]
    apart = resolved({1: [0, 1, 2, 3, 4]}, 5, before=joined, judgements=[Said(8, scope, "0", "3", "different", sides)])
    assert sum("because judgement 8 says so" in sentence for sentence in all_of(apart[1])) == len(all_of(apart[1])) - 1


def test_ties_that_are_gone_or_too_thin_are_told():
    first = resolved({1: [0, 1], 2: [0, 1, 2, 3], 3: [2, 3]}, 4)
    gone = resolved({1: [0, 1], 3: [2, 3]}, 4, before=first)
    assert all("what tied them together is no longer there" in sentence for sentence in all_of(gone[1]))
    assert len(all_of(gone[1])) == 2
    thin = resolved({1: range(40), 2: range(40, 80), 4: [0, 40]}, 80, before=resolved({5: range(80)}, 80))
    assert any(
        "the telephone number +447700900104 alone says too little" in s for e in told(thin[1]).values() for s in e
    )


def test_history_is_kept_by_later_runs():
    first = resolved(TWO, 5)
    second = resolved({1: [0, 1, 2, 5], 2: [3, 4, 5]}, 6, before=first)
    third = resolved({1: [0, 1, 2, 5], 2: [3, 4, 5]}, 6, before=second)
    assert told(third[1]) == told(second[1]) != {}


def test_the_order_of_links_leaves_no_trace():
    first = resolved(TWO, 5)
    keys = KEYS.from_rows([{"key_kind": "phone", "key_id": n, "value": str(n), "hub": False} for n in (1, 2)])
    links = [{"advert_id": a, "key_kind": "phone", "key_id": n, "millibits": 9_000} for n in (1, 2) for a in range(5)]
    tables = ADVERTS.from_rows([{"advert_id": a} for a in range(5)]), MENTIONS.empty()
    made = [
        resolve(*tables, keys.take(k), pa.table(LINKS.from_rows(links)).take(order), before=Before(*first)).operations()
        for k, order in (([0, 1], np.arange(10)), ([1, 0], np.arange(10)[::-1]))
    ]
    assert made[0].equals(made[1])
