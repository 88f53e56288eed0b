"""Hubs counted in numpy agree with the rule told in plain Python."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.link import hubs, one_hand, pieces
from felinar.link.graph import build
from felinar.link.hubs import diversity
from felinar.link.shown import KINDS as ALL_KINDS
from felinar.link.shown import Shown, added

KINDS = ("phone", "email", "near_duplicate", "account")
ADVERTS = 14
ROWS = st.sets(st.tuples(st.integers(0, ADVERTS - 1), st.sampled_from(KINDS), st.integers(0, 3)), max_size=60)


def graph_of(rows):
    rows = [row for row in rows if row[1] != "near_duplicate"], [row for row in rows if row[1] == "near_duplicate"]
    selectors = pa.table(
        {
            "advert_id": pa.array([a for a, _, _ in rows[0]], pa.int64()),
            "key_kind": pa.array([k for _, k, _ in rows[0]], pa.string()),
            "value": pa.array([f"{k}{v}" for _, k, v in rows[0]], pa.string()),
        }
    )
    group = pa.array([v for _, _, v in rows[1]], pa.int64())
    groups = pa.table(
        {"advert_id": pa.array([a for a, _, _ in rows[1]], pa.int64()), "group_id": group, "medoid_id": group}
    )
    return build(np.arange(ADVERTS), added(Shown.nothing(), selectors), groups)


def joined(nodes, edges):
    """Return the components of a small graph as a list of sets."""
    parts = [{node} for node in nodes]
    for one, other in edges:
        touched = [part for part in parts if one in part or other in part]
        parts = [part for part in parts if part not in touched] + [set().union(*touched)]
    return parts


def slow_pieces(rows, hub):
    """Return per key (pieces, owned pieces): take the key away and see what still holds its adverts together."""
    shown, keys_of = defaultdict(set), defaultdict(set)
    for advert, kind, number in rows:
        shown[kind, number].add(advert)
        keys_of[advert].add((kind, number))
    contacts = {k for k in shown if k[0] in pieces.OWN_CONTACTS and k not in hub}
    counted = {}
    for key, adverts in shown.items():
        if len(adverts) < pieces.FEWEST_PIECES:
            counted[key] = (0, 0)
            continue
        bundled = {
            k
            for k in shown
            if k[0] in pieces.OWN_CONTACTS
            and len(shown[k] & adverts) * 100 >= pieces.BUNDLE_PER_HUNDRED * max(len(shown[k]), len(adverts))
            and shown[k] & adverts
        }
        good = {k for k in shown if k != key and k not in hub and k not in bundled}
        edges, owned_nodes = [], set()
        for advert in adverts:
            for other in keys_of[advert] & good:
                edges.append((advert, other))
                if other in contacts:
                    owned_nodes.add(other)
                if other[0] in pieces.TIES:
                    around = {k for a in shown[other] for k in keys_of[a]} & contacts
                    for contact in sorted(around)[: pieces.MOST_CONTACTS_OF_A_TIE]:
                        if contact != key and contact not in bundled:
                            edges.append((other, contact))
                            owned_nodes.add(contact)
        nodes = set(adverts) | {n for edge in edges for n in edge}
        parts = joined(nodes, edges)
        counted[key] = (
            sum(bool(part & adverts) for part in parts),
            sum(bool(part & adverts) and bool(part & owned_nodes) for part in parts),
        )
    return shown, counted


def slow_cleared(rows, shown, counted, suspects):
    """Return the suspects that another one clears: the same contacts stand beside both, and one of them is a text."""
    contacts = {k for k in shown if k[0] in pieces.OWN_CONTACTS and k not in suspects}
    beside = {s: {(kind, number) for advert, kind, number in rows if advert in shown[s]} & contacts for s in suspects}
    few = {s for s in suspects if counted[s][1] * 100 <= one_hand.MOST_PIECES_PER_HUNDRED * len(shown[s])}
    texts = {s for s in suspects if s[0] == "near_duplicate"}
    addresses = {s for s in suspects & few if s[0] in one_hand.ADDRESSES}
    cleared = set()
    for one in texts | addresses:
        for other in texts | addresses:
            both_texts = one in texts and other in texts
            one_text = (one in texts or other in texts) and one in few and other in few
            shared = len(beside[one] & beside[other])
            most = max(len(beside[one]), len(beside[other]))
            if one != other and (both_texts or one_text) and shared >= one_hand.FEWEST_SHARED:
                cleared |= {one, other} if shared * 100 >= one_hand.SHARED_PER_HUNDRED * most else set()
    return cleared


def slow_hubs(rows):
    hub, cleared = set(), set()
    for _ in range(hubs.ROUNDS):
        shown, counted = slow_pieces(rows, hub)
        found = hub | {
            k
            for k, (_, owned) in counted.items()
            if (owned >= 4 and owned / len(shown[k]) >= (0.08 if k[0] == "phone" else 0.12))
            or (owned >= 3 and owned / len(shown[k]) >= 0.75)
        }
        cleared |= slow_cleared(rows, shown, counted, found)
        found -= cleared
        if found == hub:
            break
        hub = found
    return counted, hub


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_pieces_owned_pieces_and_hubs_agree_with_the_slow_twin(rows):
    rows = sorted(rows)
    graph = graph_of(rows)
    found = diversity(graph, {})
    counted, hub = slow_hubs(rows) if rows else ({}, set())
    values = [v.removeprefix(ALL_KINDS[k]) for k, v in zip(graph.kind, graph.values.to_pylist(), strict=True)]
    names = [(ALL_KINDS[k], int(v)) for k, v in zip(graph.kind, values, strict=True)]
    assert {n for n, flag in zip(names, found.hub, strict=True) if flag} == hub
    assert dict(zip(names, zip(found.contexts.tolist(), found.owned.tolist(), strict=True), strict=True)) == counted


def changing_numbers(texts, numbers):
    """Return rows of an operation: each of its numbers stands on one advert of each of its texts."""
    rows = {(t * numbers + n, "near_duplicate", t) for t in range(texts) for n in range(numbers)}
    return rows | {(t * numbers + n, "phone", n) for t in range(texts) for n in range(numbers)}


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 3), st.integers(2, 4), ROWS)
def test_cleared_suspects_agree_with_the_slow_twin(texts, numbers, more):
    rows = sorted({row for row in more if row[0] > 9} | changing_numbers(texts, numbers))
    graph = graph_of(rows)
    found = diversity(graph, {})
    values = [v.removeprefix(ALL_KINDS[k]) for k, v in zip(graph.kind, graph.values.to_pylist(), strict=True)]
    names = [(ALL_KINDS[k], int(v)) for k, v in zip(graph.kind, values, strict=True)]
    assert {n for n, flag in zip(names, found.hub, strict=True) if flag} == slow_hubs(rows)[1]


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_compiled_kernels_agree_with_their_plain_form(rows):
    graph = graph_of(sorted(rows))
    plain = diversity(graph, {})
    small, pieces.SMALL = pieces.SMALL, -1
    try:
        compiled = diversity(graph, {})
    finally:
        pieces.SMALL = small
    for name in ("contexts", "owned", "others", "hub"):
        assert getattr(compiled, name).tolist() == getattr(plain, name).tolist()


@settings(max_examples=100, deadline=None)
@given(ROWS, st.lists(st.sets(st.integers(0, 15), max_size=4), min_size=2, max_size=4))
def test_what_new_hubs_change_is_what_counting_anew_finds(rows, rounds):
    graph = graph_of(sorted(rows))
    goes_on = pieces.Counting(graph)
    for numbers in rounds:
        hub = np.isin(np.arange(graph.keys), sorted(numbers))
        found = [column.tolist() for column in goes_on.pieces(hub)]
        assert found == [column.tolist() for column in pieces.Counting(graph).pieces(hub)]
