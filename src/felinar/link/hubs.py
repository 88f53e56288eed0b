"""Hubs: keys that join what does not belong together. Found by the diversity of what they join, never by a count.

Take a key away and see into how many pieces its adverts fall, when everything else that they share still holds them
together: texts, pictures, accounts, other contacts. A booking line leaves many pieces with a contact of their own;
an operation with two thousand adverts behind one number leaves few, since its texts and its other contacts hold.
Keys that always come together (the telephone number and the address of one footer) do not count for each other.
Texts that many numbers stand beside, but the same ones, clear each other (`one_hand.py`).

| key                                | adverts | pieces with a contact of their own | hub |
|------------------------------------|---------|------------------------------------|-----|
| booking line in a small pile       | 15      | 9                                  | yes |
| one operation, twenty texts        | 2,000   | 2                                  | no  |
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from felinar.link.alike import COPY, SMALL_COPY
from felinar.link.graph import Bools, Codes, Graph
from felinar.link.one_hand import of_one_hand
from felinar.link.picture import held_by
from felinar.link.pieces import FEWEST_PIECES, OWN_CONTACTS, Counting

# Fewer owned pieces than this are the life of an ordinary operation that changes its numbers.
LEAST_PIECES = 4
# Owned pieces per hundred adverts; an operation that rotates its numbers stays below, shared lines lie far above.
LEAST_PIECES_PER_HUNDRED = 12
# Numbers change under one address; that addresses change under one number is rarer, so a line is doubted sooner.
LEAST_PIECES_OF_A_NUMBER = 8
NEARLY_ALL_PER_HUNDRED = 75
# A hub hides other hubs that stand beside it, so the search is repeated without the hubs that are known.
ROUNDS = 3

SAME_PICTURE = (COPY, SMALL_COPY)  # groups of which every member is one picture


@dataclass(frozen=True)
class Diversity:
    """Per key: pieces without it, pieces that have a contact of their own, distinct other contacts, hub or not.

    `because` is the key whose numbers make it a hub: its own, or those of the picture that it is a copy of.
    """

    contexts: Codes
    owned: Codes
    others: Codes
    hub: Bools
    because: Codes


def diversity(graph: Graph, verdicts: dict[int, bool], empty: Bools | None = None) -> Diversity:
    """Return what each key joins; `verdicts` are people's judgements, key code to hub or not, and always win.

    `empty` keys have nothing to tell (blank pictures): hubs unless a person says otherwise. Of pictures inside each
    other the widest group is looked at, and what is inside it only once that is refused.
    """
    adverts, number = graph.adverts_per_key, graph.is_kind("phone")
    hub = np.zeros(graph.keys, bool) if empty is None else empty.copy()
    of_copies, contact, cleared = _copies_of(graph), graph.is_kind(*OWN_CONTACTS), np.zeros(graph.keys, bool)
    because, counted, counting = np.arange(graph.keys), (np.zeros(graph.keys, np.int64),) * 3, Counting(graph)
    for _ in range(ROUNDS + (1 if len(of_copies) else 0)):
        _apply(verdicts, hub)
        counted = counting.pieces(hub | (held_by(graph.wider, hub) >= 0))
        found = hub | joins_strangers(counted[1], adverts, number)
        cleared[of_one_hand(graph, found, counted[1], contact)] = True
        found &= ~cleared
        _apply(verdicts, found)
        for _ in SAME_PICTURE:  # a file, its copies, its small copies
            inherited = of_copies[found[graph.wider[of_copies]] & ~found[of_copies]]
            found[inherited], because[inherited] = True, because[graph.wider[inherited]]
        _apply(verdicts, found)
        if np.array_equal(found, hub):
            break
        hub = found
    return Diversity(*counted, hub, because)


def _copies_of(graph: Graph) -> Codes:
    """Return the keys that are in a group of copies: a picture that strangers show says nothing in any of its forms."""
    return np.flatnonzero((graph.wider >= 0) & graph.is_kind(*SAME_PICTURE)[graph.wider])


def joins_strangers(owned: Codes, adverts: Codes, number: Bools) -> Bools:
    """Return which keys are hubs, from their owned pieces, their adverts and whether they are telephone numbers."""
    least = np.where(number, LEAST_PIECES_OF_A_NUMBER, LEAST_PIECES_PER_HUNDRED)
    many = (owned >= LEAST_PIECES) & (owned * 100 >= least * adverts)
    nearly_all = (owned >= FEWEST_PIECES) & (owned * 100 >= NEARLY_ALL_PER_HUNDRED * adverts)
    return many | nearly_all


def _apply(verdicts: dict[int, bool], hub: Bools) -> None:
    for code, verdict in verdicts.items():
        hub[code] = verdict
