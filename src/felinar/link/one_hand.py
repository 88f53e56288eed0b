"""Suspects that clear each other: two texts, or a text and an address, that the same numbers stand beside.

A text whose adverts show many numbers is a hub by its diversity: strangers copy texts. But strangers who copy one text
do not share another one too. An operation that goes through its numbers does: each of its texts, and its address,
joins the same numbers, and each would be taken for a hub, since none of them stands on the adverts of the others.

| text A beside | and                | of one hand                                            |
|---------------|--------------------|--------------------------------------------------------|
| 1 2 3 4 5 6   | text B: 1 2 3 4 5  | yes                                                    |
| 1 2 3 4 5 6   | text C: 6 7 8 9    | no: one stranger copied both                           |
| 1 2 3 4 5 6   | address D: 1 2 3 4 | only where the numbers stand on two adverts and more   |
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.sorting import places_from, values_of
from felinar.link.graph import Bools, Codes, Graph

# Of the numbers and addresses beside the more diverse of the two, so many stand beside the other.
SHARED_PER_HUNDRED = 50
FEWEST_SHARED = 3
# The footer of a site brings its address into many texts; but most of its customers place one advert.
MOST_PIECES_PER_HUNDRED = 50
ADDRESSES = ("email", "handle", "url")
# Who shows more suspects than this (a directory) says nothing about any two of them.
MOST_SUSPECTS = 64


def of_one_hand(graph: Graph, suspect: Bools, owned: Codes, contact: Bools) -> Codes:
    """Return the suspects that clear each other; `contact` are the kinds of keys by which a piece is owned.

    `owned` are the owned pieces of each key (see `hubs.py`). Pictures clear nothing: who takes a text of a stranger
    takes the pictures with it.
    """
    text, address = graph.is_kind("near_duplicate"), graph.is_kind(*ADDRESSES)
    few = owned * 100 <= MOST_PIECES_PER_HUNDRED * graph.adverts_per_key
    key, beside = _contacts_beside(graph, suspect & (text | (address & few)), contact & ~suspect)
    many = np.bincount(key, minlength=graph.keys)
    left, right, shared = _pairs(key, beside, graph.keys)
    alike = (shared >= FEWEST_SHARED) & (shared * 100 >= SHARED_PER_HUNDRED * np.maximum(many[left], many[right]))
    # Two addresses of one footer always come together; only a text can clear an address.
    alike &= (text[left] & text[right]) | ((text[left] | text[right]) & few[left] & few[right])
    return np.unique(np.concatenate([left[alike], right[alike]]))


def _contacts_beside(graph: Graph, suspect: Bools, contact: Bools) -> tuple[Codes, Codes]:
    """Return the distinct pairs of a suspect and a contact that stand on one advert, by contact, then suspect."""
    key = np.flatnonzero(suspect)
    first, last = graph.starts[key], graph.starts[key + 1]
    advert, key = graph.advert[places_from(first, last - first)], np.repeat(key, last - first)
    first, last = graph.advert_starts[advert], graph.advert_starts[advert + 1]
    beside, key = graph.key[graph.by_advert[places_from(first, last - first)]], np.repeat(key, last - first)
    pairs = values_of((beside * graph.keys + key)[contact[beside]])
    return pairs % graph.keys, pairs // graph.keys


def _pairs(key: Codes, beside: Codes, keys: int) -> tuple[Codes, Codes, Codes]:
    """Return the pairs of suspects that share a contact, the smaller code first, and how many they share."""
    known = np.bincount(beside, minlength=keys)[beside] <= MOST_SUSPECTS
    key, beside = key[known], beside[known]
    row, place = _within(beside, beside)
    left, right = key[row], key[place]
    first = left < right
    pairs, shared = np.unique(left[first] * keys + right[first], return_counts=True)
    return pairs // keys, pairs % keys, shared


def _within(values: Codes, wanted: Codes) -> tuple[Codes, Codes]:
    """Return (row of `wanted`, place among the sorted `values`) wherever they are equal."""
    first, last = np.searchsorted(values, wanted), np.searchsorted(values, wanted, side="right")
    count = last - first
    return np.repeat(np.arange(len(wanted)), count), places_from(first, count)
