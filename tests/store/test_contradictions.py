"""What cannot hold together is found, and only that: compared with a twin that tries all chains."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.store.contradictions import clash


@dataclass(frozen=True)
class Said:
    scope: str
    left: str
    right: str
    verdict: str
    adverts: str = ""


def adverts(left, right, verdict):
    return Said("advert", left, right, verdict)


def operations(left, right, verdict):
    return Said("operation", "A", "B", verdict, json.dumps({"left": list(left), "right": list(right)}))


def test_operations_told_apart_contradict_adverts_of_theirs_that_are_the_same():
    held = [operations([1, 2], [3, 4], "different")]
    assert clash(held, adverts("2", "3", "same")) is held[0]
    assert clash(held, adverts("1", "2", "same")) is None
    assert clash([adverts("2", "3", "same")], held[0]).verdict == "same"


def test_operations_without_adverts_stand_for_themselves():
    held = [Said("operation", "A", "B", "same"), Said("operation", "B", "C", "same")]
    assert clash(held, Said("operation", "A", "C", "different")) is held[1]


def test_the_same_verdict_twice_and_unsure_contradict_nothing():
    held = [adverts("1", "2", "same"), adverts("1", "3", "different")]
    assert [clash(held, said) for said in (*held, adverts("1", "2", "unsure"))] == [None] * 3


def test_a_key_is_contradicted_only_by_the_opposite_of_the_same_key():
    held = [Said("key", "phone", "+447700900123", "hub")]
    assert clash(held, Said("key", "phone", "+447700900123", "not a hub")) is held[0]
    assert clash(held, Said("key", "phone", "+447700900124", "not a hub")) is None
    assert clash(held, Said("key", "phone", "+447700900123", "unsure")) is None


def holds_together(said):
    """Return whether some division of the adverts obeys all of it."""
    group = {n: n for n in "0123456"}
    for j in said:
        left, right = members(j)
        if j.verdict == "same":
            for one, other in combinations(left | right, 2):
                old, new = group[one], group[other]
                group = {n: new if g == old else g for n, g in group.items()}
    return not any(
        group[one] == group[other] for j in said if j.verdict == "different" for one, other in product(*members(j))
    )


def members(j):
    if j.scope == "advert":
        return {j.left}, {j.right}
    return tuple(set(json.loads(j.adverts)[side]) for side in ("left", "right"))


VERDICT = st.sampled_from(["same", "different", "unsure"])
NODE = st.sampled_from("0123456")
PAIR = st.builds(adverts, NODE, NODE, VERDICT).filter(lambda j: j.left != j.right)
SETS = st.lists(NODE, min_size=2, max_size=4, unique=True).flatmap(
    lambda nodes: st.integers(1, len(nodes) - 1).map(lambda cut: (nodes[:cut], nodes[cut:]))
)
GROUPS = st.builds(lambda two, verdict: operations(*two, verdict), SETS, VERDICT)


@settings(max_examples=200, deadline=None)
@given(st.lists(PAIR | GROUPS, max_size=8))
def test_a_judgement_is_refused_exactly_when_nothing_could_obey_all(said):
    held = []
    for new in said:
        if clash(held, new) is None:
            held.append(new)
            assert holds_together(held)
        else:
            assert not holds_together([*held, new])
            assert clash(held, new) in held
