"""Joining: what holds together, what is refused, and a slow twin that must agree."""

from __future__ import annotations

import importlib
import math
from collections import Counter, defaultdict
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.resolve.join import ALL_PAIRS, DILUTION, DILUTION_OF_A_BARE, LEAST_MILLIBITS, MOST_MILLIBITS, join

module = importlib.import_module("felinar.resolve.join")


def joined(adverts, rows, weights, together=(), apart=()):
    advert = np.array([row[0] for row in rows], dtype=np.int64)
    key = np.array([row[1] for row in rows], dtype=np.int64)
    weight = np.array([row[2] if len(row) > 2 else weights[row[1]] for row in rows], dtype=np.int64)
    order = np.lexsort((advert, key))
    sides = [(advert, 2 * number + side) for number, pair in enumerate(apart) for side, advert in enumerate(pair)]
    pairs = [np.array(sorted(p), dtype=np.int64).reshape(-1, 2) for p in (together, sides)]
    group, joins = join(adverts, advert[order], key[order], weight[order], together=pairs[0], apart=pairs[1])
    return group.tolist(), joins


def test_two_adverts_that_share_a_rare_number_are_one_operation():
    assert joined(3, [(0, 0), (1, 0)], [14_000])[0] == [0, 0, 2]


def test_a_weak_key_alone_joins_nothing():
    assert joined(2, [(0, 0), (1, 0)], [4_000])[0] == [0, 1]


def test_two_weak_keys_together_join_what_neither_joins_alone():
    assert joined(2, [(0, 0), (1, 0), (0, 1), (1, 1)], [3_000, 3_000])[0] == [0, 0]


def test_a_key_says_as_much_as_the_weaker_side_of_it():
    assert joined(3, [(0, 0, 10_000), (1, 0, 3_000), (2, 0, 6_000)], [])[0] == [0, 1, 0]


def two_groups_of_forty_with_one_bridge():
    rows = [(a, 0) for a in range(40)] + [(a, 1) for a in range(40, 80)]
    return [*rows, (0, 2), (40, 2)]


def test_one_shared_key_on_one_advert_each_does_not_join_two_large_groups():
    group, _ = joined(80, two_groups_of_forty_with_one_bridge(), [14_000, 14_000, 11_000])
    assert len(set(group)) == 2


def test_many_keys_on_one_advert_each_join_two_large_groups_no_more_than_one_key_does():
    rows = [(a, 0) for a in range(60)] + [(a, 1) for a in range(60, 120)]
    rows += [(advert, 2 + n) for n in range(40) for advert in (n, 60 + n)]
    assert len(set(joined(120, rows, [14_000] * 42)[0])) == 2


@pytest.mark.parametrize("weight", [LEAST_MILLIBITS, 6_000, 14_000])
def test_two_thousand_adverts_that_all_show_one_number_are_one_operation_however_little_it_says(weight):
    assert len(set(joined(2000, [(a, 0) for a in range(2000)], [weight])[0])) == 1


def test_a_key_that_both_groups_show_throughout_joins_them():
    rows = [(a, 0) for a in range(40)] + [(a, 1) for a in range(40, 80)] + [(a, 2) for a in range(80)]
    assert len(set(joined(80, rows, [14_000, 14_000, 6_000])[0])) == 1


def operation_of_forty_with_a_text_on_four(more):
    """Advert 40 shows the text, too, and `more`."""
    return [(a, 0) for a in range(40)] + [(a, 1) for a in range(4)] + [(40, 1), *more]


def test_an_advert_that_shows_nothing_but_a_text_belongs_to_the_operation_that_shows_it_now_and_then():
    assert len(set(joined(41, operation_of_forty_with_a_text_on_four([]), [14_000, 10_000])[0])) == 1


def test_an_advert_with_a_contact_of_its_own_does_not_belong_to_it_by_that():
    rows = operation_of_forty_with_a_text_on_four([(40, 2)])
    assert len(set(joined(41, rows, [14_000, 10_000, 14_000])[0])) == 2


def test_a_bare_advert_is_no_bridge_between_two_operations():
    rows = [(a, 0) for a in range(16)] + [(a, 1) for a in range(16, 32)] + [(0, 2), (16, 2), (32, 2)]
    assert len(set(joined(33, rows, [14_000, 14_000, 10_000])[0])) == 2


def test_adverts_judged_different_stay_apart_whatever_they_share():
    group, _ = joined(3, [(0, 0), (1, 0), (2, 0)], [14_000], apart=[(0, 1)])
    assert group[0] != group[1]


def test_adverts_judged_the_same_stand_together_without_any_evidence():
    assert joined(2, [], [14_000], together=[(0, 1)])[0] == [0, 0]


def test_adverts_judged_the_same_bring_along_the_large_groups_in_which_they_stand():
    rows = [(a, 0) for a in range(300)] + [(a, 1) for a in range(300, 600)]
    assert len(set(joined(600, rows, [14_000, 14_000], together=[(0, 300)])[0])) == 1


def test_different_holds_even_through_a_chain_of_same():
    group, _ = joined(3, [], [1], together=[(0, 1), (1, 2)], apart=[(0, 2)])
    assert group[0] != group[2]


def test_every_advert_but_one_per_group_gave_up_its_name_once():
    group, joins = joined(80, two_groups_of_forty_with_one_bridge(), [14_000, 14_000, 11_000])
    assert len(joins.child) == 80 - len(set(group)) == len(set(joins.child.tolist()))


@pytest.mark.parametrize("rows", [[], [(0, 0)]])
def test_nothing_to_join_leaves_every_advert_alone(rows):
    assert joined(2, rows, [14_000])[0] == [0, 1]


def slow_twin(adverts, rows, apart):
    """The rule as the module's head tells it, with dictionaries and sets."""
    group, keys_of = list(range(adverts)), Counter(advert for advert, *_ in rows)
    while True:
        members = defaultdict(set)
        for advert in range(adverts):
            members[group[advert]].add(advert)
        shown, strongest = defaultdict(lambda: defaultdict(int)), defaultdict(int)
        for advert, key, weight in rows:
            shown[key][group[advert]] += 1
            strongest[key, group[advert]] = max(strongest[key, group[advert]], weight)
        bits, cover, whole = defaultdict(int), defaultdict(lambda: [0, 0]), {}
        for key, groups in sorted(shown.items()):
            for low, high in met_under(groups, any(group[x] in groups for pair in apart for x in pair)):
                said = min(strongest[key, low], strongest[key, high])
                bits[low, high] += said
                cover[low, high][0] = max(cover[low, high][0], groups[low])
                cover[low, high][1] = max(cover[low, high][1], groups[high])
                if said >= LEAST_MILLIBITS and all(groups[g] == len(members[g]) for g in (low, high)):
                    whole.setdefault((low, high), key)
        candidates = []
        for (low, high), millibits in bits.items():
            left, right = cover[low, high]
            said = min(millibits, MOST_MILLIBITS) - LEAST_MILLIBITS
            diluted = math.floor(1000 * math.log2(len(members[low]) / left * len(members[high]) / right))
            bare = any(len(members[g]) == 1 and keys_of[g] == 1 for g in (low, high))
            lost = DILUTION_OF_A_BARE if bare else DILUTION
            if said >= lost * diluted:
                needs = 2 ** (said / DILUTION / 1000), 2 ** (said / lost / 1000)
                candidates.append((lost * diluted - said, low, high, left, right, needs))
        moved, grown_by = False, {}
        for _, low, high, left, right, needs in sorted(candidates):
            a, b = group[low], group[high]
            if a == b:
                continue
            key = whole.get((low, high))
            undiluted = key is not None and grown_by.get(a, key) == grown_by.get(b, key) == key
            need = needs[min(len(members[a]), len(members[b])) == 1]
            if not undiluted and len(members[a]) * len(members[b]) > need * left * right:
                continue
            if any({group[x], group[y]} == {a, b} for x, y in apart):
                continue
            small, large = min(a, b), max(a, b)
            for advert in members[large]:
                group[advert] = small
            members[small] |= members.pop(large)
            grown_by[small] = key if undiluted else "several"
            moved = True
        if not moved:
            return group


def met_under(groups, kept_apart):
    """Yield the pairs of groups, smaller name first, that are compared under a key."""
    ranked = sorted(groups, key=lambda g: (-groups[g], g))
    pairs = list(combinations(ranked, 2))
    if len(ranked) > ALL_PAIRS:
        pairs = [*((ranked[0], g) for g in ranked[1:]), *(pairwise(ranked[1:]) if kept_apart else ())]
    return [tuple(sorted(pair)) for pair in pairs]


WEIGHT = st.integers(1, 14).map(lambda bits: bits * 1000)
ROWS = st.dictionaries(st.tuples(st.integers(0, 11), st.integers(0, 6)), WEIGHT, max_size=40).map(
    lambda rows: [(advert, key, weight) for (advert, key), weight in rows.items()]
)
APART = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]), max_size=4)


@settings(max_examples=150, deadline=None)
@given(ROWS, APART)
def test_agrees_with_its_slow_twin(rows, apart):
    assert joined(12, rows, (), apart=apart)[0] == slow_twin(12, rows, apart)


@settings(max_examples=40, deadline=None)
@given(ROWS, APART)
def test_the_compiled_kernel_agrees_with_its_plain_form(rows, apart):
    plain = joined(12, rows, (), apart=apart)[0]
    small, module.SMALL = module.SMALL, 0
    try:
        assert joined(12, rows, (), apart=apart)[0] == plain
    finally:
        module.SMALL = small
