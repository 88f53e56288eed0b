"""Hubs: keys that join what does not belong together. Found by the diversity of what they join, never by a count.

Take a key away and see into how many pieces its adverts fall, when everything else that they share still holds them
together: texts, pictures, accounts, other contacts. A booking line leaves many pieces with a contact of their own;
an operation with two thousand adverts behind one number leaves few, since its texts and its other contacts hold.
Keys that always come together (the telephone number and the address of one footer) do not count for each other.

| key                                | adverts | pieces with a contact of their own | hub |
|------------------------------------|---------|------------------------------------|-----|
| booking line in a small pile       | 15      | 9                                  | yes |
| one operation, twenty texts        | 2,000   | 2                                  | no  |
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from felinar.kernels.components import components
from felinar.kernels.distinct import distinct
from felinar.link.graph import Codes, Graph, distinct_per_group

# Fewer owned pieces than this are the life of an ordinary operation that changes its numbers.
LEAST_PIECES = 4
# Owned pieces per hundred adverts; an operation that rotates its numbers stays below, shared lines lie far above.
LEAST_PIECES_PER_HUNDRED = 12
# Numbers change under one address; that addresses change under one number is rarer, so a line is doubted sooner.
LEAST_PIECES_OF_A_NUMBER = 8
# In a small pile a shared line stands on three or four adverts; then nearly each of them must be a stranger's.
FEWEST_PIECES = 3
NEARLY_ALL_PER_HUNDRED = 75
# Two contacts are one bundle when they share at least half of the adverts of the more frequent one.
BUNDLE_PER_HUNDRED = 50
# A hub hides other hubs that stand beside it, so the search is repeated without the hubs that are known.
ROUNDS = 3

OWN_CONTACTS = ("phone", "email", "handle", "url", "wallet", "iban", "masked")
TIES = ("near_duplicate", "account", "picture")
# Of an advert with more keys than this (a directory, a page of links) only so many say what stands beside a key: a few
# show what it holds, all of them would cost their square.
MOST_KEYS_OF_AN_ADVERT = 64
# A tie brings along so many contacts of its other adverts; enough to see who owns it, few enough to stay linear.
MOST_CONTACTS_OF_A_TIE = 8


@dataclass(frozen=True)
class Diversity:
    """Per key: pieces without it, pieces that have a contact of their own, distinct other contacts, hub or not."""

    contexts: Codes
    owned: Codes
    others: Codes
    hub: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Meeting:
    """Rows (key, advert, other key of that advert); `row` is the position of (key, advert) in the graph."""

    row: Codes
    key: Codes
    other: Codes


def diversity(graph: Graph, verdicts: dict[int, bool]) -> Diversity:
    """Return what each key joins; `verdicts` are people's judgements, key code to hub or not, and always win."""
    adverts = graph.adverts_per_key()
    meetings = _meetings(graph, np.flatnonzero(adverts[graph.key] >= FEWEST_PIECES))
    others = distinct_per_group(
        meetings.key[_is(graph, meetings.other, OWN_CONTACTS)],
        meetings.other[_is(graph, meetings.other, OWN_CONTACTS)],
        graph.keys,
    )
    hub = np.zeros(graph.keys, bool)
    contexts = owned = np.zeros(graph.keys, np.int64)
    for _ in range(ROUNDS):
        _apply(verdicts, hub)
        contexts, owned = _pieces(graph, meetings, adverts, hub)
        found = hub | joins_strangers(owned, adverts, graph.is_kind("phone"))
        _apply(verdicts, found)
        if np.array_equal(found, hub):
            break
        hub = found
    return Diversity(contexts, owned, others, hub)


def joins_strangers(owned: Codes, adverts: Codes, number: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which keys are hubs, from their owned pieces, their adverts and whether they are telephone numbers."""
    least = np.where(number, LEAST_PIECES_OF_A_NUMBER, LEAST_PIECES_PER_HUNDRED)
    many = (owned >= LEAST_PIECES) & (owned * 100 >= least * adverts)
    nearly_all = (owned >= FEWEST_PIECES) & (owned * 100 >= NEARLY_ALL_PER_HUNDRED * adverts)
    return many | nearly_all


def _apply(verdicts: dict[int, bool], hub: npt.NDArray[np.bool_]) -> None:
    for code, verdict in verdicts.items():
        hub[code] = verdict


def _is(graph: Graph, keys: Codes, kinds: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    return graph.is_kind(*kinds)[keys]


def _meetings(graph: Graph, rows: Codes) -> _Meeting:
    """Return (key, advert, other key) for the given rows of the graph, the first keys of an advert that has many."""
    degree = np.bincount(graph.advert, minlength=len(graph.advert_ids))
    by_advert = np.argsort(graph.advert, kind="stable")
    first = np.concatenate(([0], np.cumsum(degree)))
    repeats = np.minimum(degree, MOST_KEYS_OF_AN_ADVERT)[graph.advert[rows]]
    row = np.repeat(rows, repeats)
    other = graph.key[by_advert[first[graph.advert[row]] + _count_up(repeats)]]
    different = other != graph.key[row]
    return _Meeting(row[different], graph.key[row][different], other[different])


def _count_up(repeats: Codes) -> Codes:
    """Return 0, 1, 2 … for each run of the given lengths."""
    return np.arange(int(repeats.sum())) - np.repeat(np.cumsum(repeats) - repeats, repeats)


def _contacts_of_ties(graph: Graph, hub: npt.NDArray[np.bool_]) -> Codes:
    """Return pairs (tie, contact): a few contacts that stand on adverts with the same text, account or picture."""
    tie = graph.is_kind(*TIES) & ~hub
    found = _meetings(graph, np.flatnonzero(tie[graph.key]))
    good = (graph.is_kind(*OWN_CONTACTS) & ~hub)[found.other]
    pairs = distinct(found.key[good] * graph.keys + found.other[good])
    key = pairs // max(graph.keys, 1)
    few = np.arange(len(pairs)) - np.searchsorted(key, key) < MOST_CONTACTS_OF_A_TIE
    return np.stack([key[few], pairs[few] % max(graph.keys, 1)], axis=1)


def _pieces(graph: Graph, meetings: _Meeting, adverts: Codes, hub: npt.NDArray[np.bool_]) -> tuple[Codes, Codes]:
    """Return per key its pieces, and its pieces with a contact of their own.

    Nodes are (key, advert) and (key, other key). A text, account or picture brings along the contacts of its other
    adverts, so a piece is owned, and two pieces are one, even where its adverts here show the shared line only.
    """
    pair = meetings.key * graph.keys + meetings.other
    meeting, code, together = np.unique(pair, return_inverse=True, return_counts=True)
    key, other = meeting // max(graph.keys, 1), meeting % max(graph.keys, 1)
    contact = graph.is_kind(*OWN_CONTACTS)[other] if graph.keys else np.zeros(0, bool)
    larger = np.maximum(adverts[key], adverts[other])
    bundled = contact & (together * 100 >= BUNDLE_PER_HUNDRED * larger)
    holds = ~hub[other] & ~bundled
    tie, brought = _brought_along(graph, key, other, holds, hub)
    fresh = ~np.isin(brought, meeting[bundled])
    tie, brought = tie[fresh], brought[fresh]
    nodes = distinct(np.concatenate([meeting, brought]))
    rows = len(graph.key)
    left = np.concatenate([meetings.row[holds[code]], rows + np.searchsorted(nodes, meeting[tie])])
    right = np.concatenate([rows + np.searchsorted(nodes, pair[holds[code]]), rows + np.searchsorted(nodes, brought)])
    label = components(rows + len(nodes), left, right)
    own = (holds & contact)[code]
    owned = label[np.concatenate([meetings.row[own], rows + np.searchsorted(nodes, brought)])]
    owner = np.concatenate([meetings.key[own], brought // max(graph.keys, 1)])
    considered = adverts[graph.key] >= FEWEST_PIECES
    return (
        distinct_per_group(graph.key[considered], label[:rows][considered], graph.keys),
        distinct_per_group(owner, owned, graph.keys),
    )


def _brought_along(
    graph: Graph, key: Codes, other: Codes, holds: npt.NDArray[np.bool_], hub: npt.NDArray[np.bool_]
) -> tuple[Codes, Codes]:
    """Return, for the distinct (key, tie) pairs that hold, their positions and the pair code of key and contact."""
    contacts = _contacts_of_ties(graph, hub)
    ties = np.flatnonzero(holds & graph.is_kind(*TIES)[other]) if graph.keys else np.zeros(0, np.int64)
    first = np.searchsorted(contacts[:, 0], other[ties])
    repeats = np.searchsorted(contacts[:, 0], other[ties], side="right") - first
    position = np.repeat(ties, repeats)
    contact = contacts[np.repeat(first, repeats) + _count_up(repeats), 1]
    different = contact != key[position]
    return position[different], (key[position] * graph.keys + contact)[different]
