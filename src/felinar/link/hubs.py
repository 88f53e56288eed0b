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
from felinar.link.graph import Codes, Graph, distinct_per_group

# Fewer owned pieces than this are the life of an ordinary operation that changes its numbers.
LEAST_PIECES = 4
# Owned pieces per hundred adverts; an operation that rotates its numbers stays below, shared lines lie far above.
LEAST_PIECES_PER_HUNDRED = 12
# Two contacts are one bundle when they share at least half of the adverts of the more frequent one.
BUNDLE_PER_HUNDRED = 50
# A hub hides other hubs that stand beside it, so the search is repeated without the hubs that are known.
ROUNDS = 3

OWN_CONTACTS = ("phone", "email", "handle", "url", "wallet", "iban", "masked")
HOLD_TOGETHER = (*OWN_CONTACTS, "near_duplicate", "account", "picture")


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
    meetings = _meetings(graph, adverts)
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
        found = hub | ((owned >= LEAST_PIECES) & (owned * 100 >= LEAST_PIECES_PER_HUNDRED * adverts))
        _apply(verdicts, found)
        if np.array_equal(found, hub):
            break
        hub = found
    return Diversity(contexts, owned, others, hub)


def _apply(verdicts: dict[int, bool], hub: npt.NDArray[np.bool_]) -> None:
    for code, verdict in verdicts.items():
        hub[code] = verdict


def _is(graph: Graph, keys: Codes, kinds: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    return graph.is_kind(*kinds)[keys]


def _meetings(graph: Graph, adverts: Codes) -> _Meeting:
    """Return every (key, advert, other key) for keys that enough adverts show to be a hub at all."""
    degree = np.bincount(graph.advert, minlength=len(graph.advert_ids))
    by_advert = np.argsort(graph.advert, kind="stable")
    first = np.concatenate(([0], np.cumsum(degree)))
    rows = np.flatnonzero(adverts[graph.key] >= LEAST_PIECES)
    repeats = degree[graph.advert[rows]]
    row = np.repeat(rows, repeats)
    within = np.arange(len(row)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    other = graph.key[by_advert[first[graph.advert[row]] + within]]
    different = other != graph.key[row]
    return _Meeting(row[different], graph.key[row][different], other[different])


def _pieces(graph: Graph, meetings: _Meeting, adverts: Codes, hub: npt.NDArray[np.bool_]) -> tuple[Codes, Codes]:
    """Return per key its pieces, and its pieces with a contact of their own."""
    pair = meetings.key * graph.keys + meetings.other
    _, code, together = np.unique(pair, return_inverse=True, return_counts=True)
    larger = np.maximum(adverts[meetings.key], adverts[meetings.other])
    contact = _is(graph, meetings.other, OWN_CONTACTS)
    bundled = contact & (together[code] * 100 >= BUNDLE_PER_HUNDRED * larger)
    holds = _is(graph, meetings.other, HOLD_TOGETHER) & ~hub[meetings.other] & ~bundled
    rows = len(graph.key)
    label = components(rows + len(together), meetings.row[holds], rows + code[holds])[:rows]
    owned_rows = meetings.row[holds & contact]
    considered = adverts[graph.key] >= LEAST_PIECES
    return (
        distinct_per_group(graph.key[considered], label[considered], graph.keys),
        distinct_per_group(graph.key[owned_rows], label[owned_rows], graph.keys),
    )
