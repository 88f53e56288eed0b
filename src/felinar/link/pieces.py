"""The pieces into which the adverts of each key fall when the key is taken away, and how many own a contact."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from felinar.config import threads
from felinar.kernels.pieces import END, contacts_of_ties, count_pieces, write_lists
from felinar.kernels.ranges import in_ranges
from felinar.kernels.sorting import starts_of
from felinar.link.alike import PICTURE_KINDS
from felinar.link.graph import Bools, Codes, Graph

Ints = npt.NDArray[np.int32]
# In a small pile a shared line stands on three or four adverts; then nearly each of them must be a stranger's.
FEWEST_PIECES = 3
# Two contacts are one bundle when they share at least half of the adverts of the more frequent one.
BUNDLE_PER_HUNDRED = 50
OWN_CONTACTS = ("phone", "email", "handle", "url", "wallet", "iban", "masked")
TIES = ("near_duplicate", "account", *PICTURE_KINDS)
# Of an advert with more keys than this (a directory, a page of links) only so many say what stands beside a key: a few
# show what it holds, all of them would cost their square.
MOST_KEYS_OF_AN_ADVERT = 64
# A tie brings along so many contacts of its other adverts; enough to see who owns it, few enough to stay linear.
MOST_CONTACTS_OF_A_TIE = 8
SMALL = 3_000  # rows; smaller graphs are sooner counted in plain Python than numba is imported


class Counting:
    """The pieces of all keys, round after round: only what a new hub can have changed is counted anew.

    What a key joins depends on the hubs among the keys of its adverts, and on what ties among these bring along. A key
    of one advert holds nothing together: it is counted only where it is a contact, which owns a piece.
    """

    def __init__(self, graph: Graph):
        self._keys, self._small = graph.keys, len(graph.advert) < SMALL
        size, contact = graph.adverts_per_key, graph.is_kind(*OWN_CONTACTS)
        kept = contact | (size > 1)
        self._kept = np.flatnonzero(kept)
        self._size, self._contact = size[kept], contact[kept]
        self._tie = graph.is_kind(*TIES)[kept]
        self._starts = np.concatenate([[0], np.cumsum(self._size)])
        begins, self._lists = _lists(graph, kept, plain=self._small)
        self._of_rows = begins[graph.advert[np.repeat(kept, size)]]
        self._hub: Bools | None = None
        self._beside = np.full((len(self._kept), MOST_CONTACTS_OF_A_TIE), -1, dtype=np.int32)
        self._found = np.zeros((3, len(self._kept)), np.int64)  # pieces, owned pieces, other contacts

    def pieces(self, hub: Bools) -> tuple[Codes, Codes, Codes]:
        """Return per key its pieces, its pieces with a contact of their own, and its distinct other contacts.

        Keys on fewer adverts than make a hub are not looked at: all three are 0.
        """
        hub = hub[self._kept]
        changed = np.ones(len(hub), bool) if self._hub is None else hub != self._hub
        self._hub = hub
        changed |= self._brought_along(self._beside_changed_keys(changed), hub)
        self._count(self._beside_changed_keys(changed), hub)
        found = np.zeros((3, self._keys), np.int64)
        found[:, self._kept] = self._found
        return found[0], found[1], found[2]

    def _beside_changed_keys(self, changed: Bools) -> Bools:
        """Return the keys that stand on an advert with one of these."""
        if changed.all():
            return changed
        touched = np.zeros(len(self._lists), bool)
        touched[self._of_rows[np.repeat(changed, self._size)]] = True
        rows = np.concatenate([[0], np.cumsum(touched[self._of_rows])])
        return np.asarray(np.diff(rows[self._starts]) > 0, dtype=np.bool_)

    def _brought_along(self, asked: Bools, hub: Bools) -> Bools:
        """Collect anew what the ties among these keys bring along, and return for which of them it has changed."""
        before, self._beside = self._beside, self._beside.copy()
        self._beside[asked] = -1
        collect = contacts_of_ties.plain if self._small else contacts_of_ties
        ties, contacts = asked & self._tie & ~hub, self._contact & ~hub

        def work(first: int, last: int) -> None:
            collect(self._starts, self._of_rows, self._lists, _only(ties, first, last), contacts, self._beside)

        in_ranges(self._starts, threads(), work)
        return np.asarray((self._beside != before).any(axis=1), dtype=np.bool_)

    def _count(self, asked: Bools, hub: Bools) -> None:
        keys, largest = len(self._kept), int(self._size.max(initial=0))
        rule = np.array([FEWEST_PIECES, BUNDLE_PER_HUNDRED])
        unmet = np.full(keys, -1)
        said = np.stack([unmet, self._size, self._contact, hub], axis=1).astype(np.int32)  # as NODE … name them
        count = count_pieces.plain if self._small else count_pieces

        def work(first: int, last: int) -> None:
            of_keys, of_nodes = np.zeros((2, keys), np.int32), np.zeros((2, keys + largest), np.int32)
            mine, rows = _only(asked, first, last), (self._starts, self._of_rows, self._lists)
            scratch = of_keys[0], of_keys[1], of_nodes[0], of_nodes[1]
            count(*rows, mine, said.copy(), self._beside, rule, *scratch, self._found)

        in_ranges(self._starts, threads(), work)


def _lists(graph: Graph, kept: Bools, *, plain: bool) -> tuple[Ints, Ints]:
    """Return where the list of each advert begins, and the lists: of the first keys of each those that are kept."""
    adverts = len(graph.advert_ids)
    number = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    begins = (starts_of(graph.advert, adverts)[:-1] + np.arange(adverts)).astype(np.int32)
    lists = np.full(len(graph.advert) + adverts, END, np.int32)
    write = write_lists.plain if plain else write_lists
    ends, seen = begins.copy(), np.zeros(adverts, np.int32)
    write(graph.starts, graph.advert, number, MOST_KEYS_OF_AN_ADVERT, ends, seen, lists)
    return begins, lists


def _only(marked: Bools, first: int, last: int) -> Bools:
    """Return the marks of this range alone."""
    mine = np.zeros(len(marked), dtype=np.bool_)
    mine[first:last] = marked[first:last]
    return mine
