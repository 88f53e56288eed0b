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

from felinar.config import threads
from felinar.kernels.pieces import contacts_of_ties, count_pieces
from felinar.kernels.ranges import in_ranges
from felinar.kernels.sorting import starts_of
from felinar.link.alike import COPY, PICTURE_KINDS, SMALL_COPY
from felinar.link.graph import Bools, Codes, Graph
from felinar.link.one_hand import of_one_hand
from felinar.link.picture import held_by

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
TIES = ("near_duplicate", "account", *PICTURE_KINDS)
SAME_PICTURE = (COPY, SMALL_COPY)  # groups of which every member is one picture
# Of an advert with more keys than this (a directory, a page of links) only so many say what stands beside a key: a few
# show what it holds, all of them would cost their square.
MOST_KEYS_OF_AN_ADVERT = 64
# A tie brings along so many contacts of its other adverts; enough to see who owns it, few enough to stay linear.
MOST_CONTACTS_OF_A_TIE = 8
SMALL = 3_000  # rows; smaller graphs are sooner counted in plain Python than numba is imported


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


class Counting:
    """The pieces of all keys, round after round: only what a new hub can have changed is counted anew.

    What a key joins depends on the hubs among the keys of its adverts, and on what ties among these bring along.
    """

    def __init__(self, graph: Graph):
        self._graph = graph
        self._small = len(graph.advert) < SMALL
        self._contact, self._tie = graph.is_kind(*OWN_CONTACTS), graph.is_kind(*TIES)
        by_advert = starts_of(graph.advert, len(graph.advert_ids)), graph.key[graph.by_advert]
        self._rows = graph.starts, graph.advert, *by_advert
        self._hub: Bools | None = None
        self._beside = np.full((graph.keys, MOST_CONTACTS_OF_A_TIE), -1, dtype=np.int64)
        self._found = np.zeros((3, graph.keys), np.int64)  # pieces, owned pieces, other contacts

    def pieces(self, hub: Bools) -> tuple[Codes, Codes, Codes]:
        """Return per key its pieces, its pieces with a contact of their own, and its distinct other contacts.

        Keys on fewer adverts than make a hub are not looked at: all three are 0.
        """
        changed = np.ones(len(hub), bool) if self._hub is None else hub != self._hub
        self._hub = hub
        changed |= self._brought_along(self._beside_changed_keys(changed), hub)
        self._count(self._beside_changed_keys(changed), hub)
        return self._found[0], self._found[1], self._found[2]

    def _beside_changed_keys(self, changed: Bools) -> Bools:
        """Return the keys that stand on an advert with one of these."""
        touched = np.zeros(len(self._graph.advert_ids), bool)
        touched[self._graph.advert[changed[self._graph.key]]] = True
        keys = np.zeros(self._graph.keys, bool)
        keys[self._graph.key[touched[self._graph.advert]]] = True
        return keys

    def _brought_along(self, asked: Bools, hub: Bools) -> Bools:
        """Collect anew what the ties among these keys bring along, and return for which of them it has changed."""
        before, self._beside = self._beside, self._beside.copy()
        self._beside[asked] = -1
        collect = contacts_of_ties.plain if self._small else contacts_of_ties
        ties, contacts = asked & self._tie & ~hub, self._contact & ~hub

        def work(first: int, last: int) -> None:
            collect(*self._rows, _only(ties, first, last), contacts, MOST_KEYS_OF_AN_ADVERT, self._beside)

        in_ranges(self._graph.starts, threads(), work)
        return np.asarray((self._beside != before).any(axis=1), dtype=np.bool_)

    def _count(self, asked: Bools, hub: Bools) -> None:
        keys = self._graph.keys
        nodes = keys + int(self._graph.adverts_per_key.max(initial=0))
        rule = np.array([FEWEST_PIECES, MOST_KEYS_OF_AN_ADVERT, BUNDLE_PER_HUNDRED])
        count = count_pieces.plain if self._small else count_pieces

        def work(first: int, last: int) -> None:
            of_keys, of_nodes = np.full((3, keys), -1), np.zeros((2, nodes), np.int64)
            mine = _only(asked, first, last)
            count(*self._rows, mine, hub, self._contact, self._beside, rule, of_keys, of_nodes, self._found)

        in_ranges(self._graph.starts, threads(), work)


def _only(marked: Bools, first: int, last: int) -> Bools:
    """Return the marks of this range alone."""
    mine = np.zeros(len(marked), dtype=np.bool_)
    mine[first:last] = marked[first:last]
    return mine
