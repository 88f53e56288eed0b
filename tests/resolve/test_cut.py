"""Where an operation could be cut: bridges as counting every pair of sides finds them, and what becomes of a cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.resolve.cut import Links, bridges, part
from felinar.resolve.join import DILUTION, DILUTION_OF_A_BARE

NONE = np.zeros((0, 2), np.int64)
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), unique=True)
WEIGHTS = (14_000, 10_000, 14_000, 9_000, 8_000, 6_000, 5_000)  # by key


def linked(count, pairs, together=NONE):
    """The links of adverts and keys, each key with its weight."""
    rows = np.array(sorted((key, advert, WEIGHTS[key]) for advert, key in pairs), dtype=np.int64).reshape(-1, 3)
    return Links(count, rows[:, 1], rows[:, 0], rows[:, 2], together, NONE)


def reached(start, pairs):
    """The adverts that some chain of keys ties to one advert."""
    found, before = {start}, set()
    while found != before:
        before = set(found)
        keys = {key for advert, key in pairs if advert in found}
        found |= {advert for advert, key in pairs if key in keys}
    return found


def keys_across(pairs, side):
    """The keys that adverts on both sides show, one by one."""
    return {k for a, k in pairs if a in side} & {k for a, k in pairs if a not in side}


@settings(max_examples=60)
@given(PAIRS)
def test_a_bridge_parts_an_operation_and_names_every_key_on_both_sides(pairs):
    tied = reached(0, pairs)
    own = [(advert, key) for advert, key in pairs if advert in tied]
    found = bridges(linked(10, pairs), 20)
    assert len(found) == len(tied) - 1
    for bridge in found:
        side = set(bridge.side.tolist())
        assert side < tied
        assert len(side) <= len(tied - side)
        assert set(bridge.keys.tolist()) == keys_across(own, side)


@settings(max_examples=60)
@given(PAIRS)
def test_where_one_key_alone_holds_two_parts_a_bridge_is_found_there(pairs):
    """Single linkage: a cut that crosses fewer bits than any pair within its two sides shares lies in the tree."""
    links = linked(10, pairs)
    tied = sorted(reached(0, pairs))
    bits = {
        frozenset((a, b)): sum(WEIGHTS[k] for k in range(7) if (a, k) in pairs and (b, k) in pairs)
        for a in tied
        for b in tied
        if a != b
    }
    sides = [frozenset(bridge.side.tolist()) for bridge in bridges(links, 20)]
    for number in range(1, 2 ** (len(tied) - 1)):
        one = {a for place, a in enumerate(tied) if number >> place & 1}
        other = set(tied) - one
        across = max((bits[frozenset((a, b))] for a in one for b in other), default=0)
        within = [bits[pair] for pair in bits if pair <= one or pair <= other]
        if within and across < min(within):
            assert frozenset(one) in sides or frozenset(other) in sides


@pytest.mark.parametrize("alone", [7, 0])
def test_an_advert_that_shows_one_key_alone_is_held_as_firmly_as_when_it_joined(alone):
    """Eight adverts, of which two and the one in question show key 1; the others and these two show key 0."""
    others = [advert for advert in range(8) if advert != alone]
    pairs = [(advert, 0) for advert in others] + [(advert, 1) for advert in (alone, *others[:2])]
    bare, firm = (
        next(bridge for bridge in bridges(linked(8, shown), 20) if bridge.side.tolist() == [alone])
        for shown in (pairs, [*pairs, (alone, 6)])
    )
    diluted = 1000 * np.log2(7 / 2)
    assert bare.spare == WEIGHTS[1] - round(DILUTION_OF_A_BARE * diluted)
    assert firm.spare == WEIGHTS[1] - round(DILUTION * diluted)


@settings(max_examples=60)
@given(PAIRS)
def test_every_advert_is_in_one_part_and_no_part_crosses_the_cut(pairs):
    links = linked(10, pairs)
    for bridge in bridges(links, 3):
        sides = part(links, bridge.side)
        parts = [set(one.tolist()) for one in (sides.leaving, sides.staying, sides.alone)]
        assert sorted(advert for one in parts for advert in one) == list(range(10))
        assert 0 < len(parts[0]) <= len(parts[1])
        for one in parts[:2]:
            assert one <= set(bridge.side.tolist()) or one.isdisjoint(bridge.side.tolist())


def two_groups(first, second):
    """Two groups with two keys each; the last advert of the first group shows a key of the other one too."""
    own = [(advert, key) for advert in range(first) for key in (0, 1)]
    return [*own, *((advert, key) for advert in range(first, first + second) for key in (2, 3)), (first - 1, 2)]


@pytest.mark.parametrize(("sizes", "leaving"), [((5, 6), range(5)), ((6, 4), range(6, 10)), ((6, 6), range(6, 12))])
def test_the_weakest_bridge_is_between_the_groups_and_the_smaller_one_leaves(sizes, leaving):
    links = linked(sum(sizes), two_groups(*sizes))
    weakest = bridges(links, 1)[0]
    assert weakest.keys.tolist() == [2]
    sides = part(links, weakest.side)
    assert sides.leaving.tolist() == list(leaving)
    assert set(sides.staying.tolist()) == set(range(sum(sizes))) - set(leaving)
    assert sides.alone.tolist() == []


def test_what_people_judged_the_same_is_not_cut():
    pairs = two_groups(6, 4)
    for bridge in bridges(linked(10, pairs, np.array([(0, 6)])), 20):
        assert len({0, 6} & set(bridge.side.tolist())) != 1


def test_the_order_of_what_is_found_is_from_weak_to_strong_and_many_keys_change_nothing():
    # More keys than are counted at once: the first pair of groups is tied by one key, the others by hundreds.
    rows = [(advert, key, 9_000) for advert in (0, 1) for key in range(300)]
    rows += [(advert, key, 9_000) for advert in (2, 3) for key in range(300, 700)]
    rows += [(advert, 700, 14_000) for advert in (1, 2)]
    by_key = np.array(sorted((key, advert, weight) for advert, key, weight in rows), dtype=np.int64)
    found = bridges(Links(4, by_key[:, 1], by_key[:, 0], by_key[:, 2], NONE, NONE), 3)
    assert found[0].keys.tolist() == [700]
    assert found[0].spare <= min(bridge.spare for bridge in found)


def test_single_adverts_have_nothing_to_cut():
    assert bridges(linked(1, []), 5) == []
    assert bridges(linked(0, []), 5) == []
    assert bridges(linked(5, []), 5) == []
