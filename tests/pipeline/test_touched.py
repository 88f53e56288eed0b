"""What was touched is found as by asking again and again, and resolving it alone gives what resolving all gives."""

from __future__ import annotations

import random
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.link import Linked
from felinar.pipeline.how_linked import how_linked, linked_otherwise
from felinar.pipeline.touched import touched
from felinar.resolve import Before, resolve
from felinar.resolve.again import resolve_again
from felinar.resolve.constraints import among, constraints, members
from felinar.tables import ADVERTS, KEYS, LINKS, MEMBERSHIPS, MENTIONS, OPERATIONS

IDS = np.arange(100, 130)
WEIGHTS = (9_000, 14_000)


def said(number, verdict, left, right):
    return SimpleNamespace(
        judgement_id=number, scope="advert", verdict=verdict, left=str(left), right=str(right), adverts=""
    )


def linked(shown, hubs):
    """Return what {advert: {key: millibits}} says, some of the keys being hubs."""
    keys = sorted({key for mine in shown.values() for key in mine})
    rows = [(advert, key, mine[key]) for advert, mine in sorted(shown.items()) for key in sorted(mine)]
    counts = dict.fromkeys(("adverts", "contexts", "texts", "others", "sites", "epoch"), 1)
    of_keys = [
        {"key_kind": "phone", "key_id": k, "value": str(k), "hub": k in hubs, "evidence": "", **counts} for k in keys
    ]
    links = [
        {"advert_id": a, "key_kind": "phone", "key_id": k, "millibits": 0 if k in hubs else w, "evidence": ""}
        for a, k, w in rows
    ]
    advert = np.array([a - IDS[0] for a, _, _ in rows], dtype=np.int64)
    key = np.array([keys.index(k) for _, k, _ in rows], dtype=np.int64)
    return Linked(KEYS.from_rows(of_keys), LINKS.from_rows(links), advert, key)


def changed(draw, shown, hubs, present):
    """Return another state: some adverts came in or show other keys, some keys are hubs now or no longer."""
    now = {advert: dict(mine) for advert, mine in shown.items()}
    for advert in draw.sample(present, draw.randrange(5)):
        now[advert] = {draw.randrange(25): draw.choice(WEIGHTS) for _ in range(draw.randrange(3))}
    return now, hubs ^ set(draw.sample(range(25), draw.randrange(2)))


def slowly(linked, hubs, seeds, memberships, same):
    """Return the ids of what is tied to a seed, by going through everything until nothing is added."""
    groups = [{a for a, k in pairs(linked) if k == key} for key in range(25) if key not in hubs]
    held = memberships.to_pylist()
    groups += [{m["advert_id"] for m in held if m["operation_id"] == one} for one in {m["operation_id"] for m in held}]
    groups += [set(pair) for pair in same]
    found = set(seeds)
    for _ in IDS:
        for group in groups:
            found |= group if group & found else set()
    return found


def otherwise(now, then):
    """Return which adverts are linked otherwise."""
    return linked_otherwise(now, how_linked(IDS, now), how_linked(IDS, then))


def pairs(linked):
    return zip(linked.links["advert_id"].to_pylist(), linked.links["key_id"].to_pylist(), strict=True)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_what_is_touched_is_resolved_alone_as_together_with_all_others(seed):
    draw = random.Random(seed)
    old = [int(i) for i in IDS if draw.random() < 0.7]
    shown = {a: {draw.randrange(25): draw.choice(WEIGHTS) for _ in range(draw.randrange(3))} for a in old}
    hubs, then, ever = set(draw.sample(range(25), 2)), [], []
    pile = ADVERTS.from_rows([{"advert_id": int(i)} for i in IDS])
    before = linked(shown, hubs)
    made = resolve(pile.filter(pc.is_in(pile["advert_id"], pa.array(old))), MENTIONS.empty(), *before[:2])
    of_then = made.memberships, made.operations()
    for _ in range(2):
        if draw.random() < 0.5:
            then = [said(1, draw.choice(("same", "different")), *draw.sample(IDS.tolist(), 2))]
            ever += then
        now, hubs_now = changed(draw, shown, hubs, IDS.tolist())
        ties = linked(now, hubs_now)
        seeds = otherwise(ties, before)
        seeds |= ~np.isin(IDS, of_then[0]["advert_id"].to_numpy())
        seeds |= np.isin(IDS, [a for judgement in ever for side in members(judgement) for a in side])
        same = among(constraints(then).together, IDS, columns=2)
        again = touched(IDS, ties, seeds, of_then[0], same)
        assert set(IDS[again].tolist()) == slowly(ties, hubs_now, IDS[seeds].tolist(), of_then[0], IDS[same].tolist())
        state = Before(*of_then, same_rules=True)
        whole = resolve(pile, MENTIONS.empty(), *ties[:2], before=state, judgements=then)
        part = pile.filter(pa.array(again))
        own = ties.of(again)
        places = draw.choice(((own.advert, own.key), None))
        alone = resolve_again(part, MENTIONS.empty(), *own[:2], before=state, judgements=then, places=places)
        assert alone.memberships.to_pylist() == whole.memberships.to_pylist()
        assert alone.operations().to_pylist() == whole.operations().to_pylist()
        shown, hubs, before, of_then = now, hubs_now, ties, (whole.memberships, whole.operations())


def test_a_link_that_goes_or_weighs_otherwise_and_a_key_that_becomes_a_hub_are_seen():
    shown = {100: {1: 9_000}, 101: {1: 9_000}, 102: {2: 9_000}, 103: {3: 0}}
    then = linked(shown, set())

    def seen(now, hubs=frozenset()):
        return IDS[otherwise(linked(now, hubs), then)].tolist()

    assert seen(shown) == []
    assert seen(shown | {100: {}}) == [100]
    assert seen(shown | {101: {1: 14_000}}) == [101]
    assert seen(shown | {104: {2: 9_000}}) == [104]
    assert seen(shown, {1}) == [100, 101]
    assert seen(shown, {3}) == [103]


def test_nothing_is_touched_in_an_empty_pile():
    nobody = np.zeros(0, np.int64)
    empty = Linked(KEYS.empty(), LINKS.empty(), nobody, nobody)
    how = how_linked(nobody, empty)
    marks = linked_otherwise(empty, how, how)
    assert touched(nobody, empty, marks, MEMBERSHIPS.empty(), nobody.reshape(0, 2)).tolist() == []
    made = resolve_again(
        ADVERTS.empty(), MENTIONS.empty(), *empty[:2], before=Before(MEMBERSHIPS.empty(), OPERATIONS.empty())
    )
    assert [made.memberships.num_rows, made.operations().num_rows] == [0, 0]
