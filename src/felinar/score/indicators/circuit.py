"""Several people on the move: sets that tour, and one contact that stands for several people in several places.

Words of movement count nothing: they are refuted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from felinar.score.branches import branches
from felinar.score.contract import FULL, Found, OperationRule, some
from felinar.score.counting import Bools, Groups, Ints, count_distinct, join, tie
from felinar.score.pile import Pile
from felinar.score.sorting import begins, cells_of, order_of
from felinar.score.staying import Stays, stays

LEAST_NAMES = 3  # two who travel together are a duo
LEAST_PLACES = 2  # for a set that stays in one town and moves on to the other, or that one contact stands for
LEAST_PLACES_APART = 3  # for names and places that nothing but the operation holds together
TOGETHER = 700  # one contact for three people in two places: whoever answers sends them there …
APART = 300  # … the same without a common contact, and two names: a duo on tour keeps two and three apart
PER_WIDTH = 100  # each further name that has a further place
MOST_EXAMPLES = 5
SIDE_BY_SIDE = 2  # where the places are seen to be open at the same time it may be a firm with branches: half


@dataclass(frozen=True)
class Reach:
    """For each operation its names and places, and those of the contact that stands for most of them."""

    names: Ints
    places: Ints
    contact: Ints
    contact_names: Ints
    contact_places: Ints


def find_circuits(pile: Pile) -> Iterator[Found]:
    """Return operations of several names that tour, or that a contact (else the operation) ties to several places."""
    reach = _reach(pile)
    several = (reach.names >= 2) & (reach.places >= LEAST_PLACES)
    seen = stays(pile, ~pile.is_job & several[pile.operation])
    touring = seen.stays & (reach.names >= LEAST_NAMES) & (reach.places >= LEAST_PLACES)
    wide = np.where(reach.contact_names > 0, _together(reach), _apart(pile, reach))
    wide = np.minimum(wide, FULL) // np.where(seen.side_by_side, SIDE_BY_SIDE, 1)
    share = np.where(touring, FULL, wide)
    rows, by_contact = Groups(pile.operation[seen.advert]), Groups(pile.contacts.code)
    for found in np.flatnonzero(share).tolist():
        at = rows.rows(found)
        adverts, told = seen.advert[at], _of_all(reach, found)
        if touring[found]:
            told |= _stops(pile, seen, at)
        elif reach.contact_names[found]:
            of_contact = pile.contacts.advert[by_contact.rows(int(reach.contact[found]))]
            adverts = np.array(sorted(set(adverts.tolist()).intersection(of_contact.tolist())), dtype=np.int64)
            told = _of_contact(pile, reach, found)
        yield Found(found, int(share[found]), {"examples": _places(pile, adverts), **told}, np.sort(adverts))


def _of_all(reach: Reach, found: int) -> dict[str, object]:
    return {"names": int(reach.names[found]), "places": int(reach.places[found])}


def _stops(pile: Pile, seen: Stays, at: Ints) -> dict[str, object]:
    """Return what the evidence tells of a tour: its stops, the first ones by name."""
    stops = seen.advert[at[seen.moved[at] | (np.arange(len(at)) == 0)]]
    return {"stops": len(stops), "examples": [pile.place_names[p] for p in pile.place[stops[:MOST_EXAMPLES]]]}


def _places(pile: Pile, adverts: Ints) -> list[str]:
    """Return the places of these adverts, in the order of the alphabet."""
    return some({pile.place_names[p] for p in pile.place[adverts].tolist()}, MOST_EXAMPLES)


def _together(reach: Reach) -> Ints:
    further = np.minimum(reach.contact_names - LEAST_NAMES, reach.contact_places - LEAST_PLACES)
    return np.asarray(TOGETHER + PER_WIDTH * further, dtype=np.int64)


def _apart(pile: Pile, reach: Reach) -> Ints:
    """Return the strength where no contact stands for all: nothing where each town has a contact of its own."""
    known = (reach.names >= 2) & (reach.places >= LEAST_PLACES_APART) & (branches(pile) == 0)
    further = np.minimum(reach.names - LEAST_NAMES, reach.places - LEAST_PLACES_APART)
    return np.where(known, APART + PER_WIDTH * np.maximum(further, 0), 0)


def _of_contact(pile: Pile, reach: Reach, found: int) -> dict[str, object]:
    """Return what the evidence tells of the contact that stands for several people in several places."""
    names, places = int(reach.contact_names[found]), int(reach.contact_places[found])
    return {"contact": pile.contacts.values[int(reach.contact[found])], "names": names, "places": places}


def _reach(pile: Pile) -> Reach:
    """Return the reach of each operation, by its service adverts with a date and a place."""
    known = (pile.place >= 0) & (pile.day >= 0) & ~pile.is_job
    advert = np.flatnonzero(known)
    named = known[pile.names.advert]
    names = count_distinct(pile.operation[pile.names.advert[named]], pile.names.code[named], pile.m)
    places = count_distinct(pile.operation[advert], pile.place[advert], pile.m)
    return Reach(names, places, *_behind_one_contact(pile, known))


def _behind_one_contact(pile: Pile, known: Bools) -> tuple[Ints, Ints, Ints]:
    """Return for each operation the contact that stands for most names and places, and how many; 0 for no such one."""
    keep = known[pile.contacts.advert]
    advert, contact = pile.contacts.advert[keep], pile.contacts.code[keep]
    cells = cells_of(pile.operation[advert], contact)
    _, at, name = join(tie(advert, cells.of, []), pile.names)
    names = count_distinct(at, name, len(cells))
    places = count_distinct(cells.of, pile.place[advert], len(cells))
    wide = np.flatnonzero((names >= LEAST_NAMES) & (places >= LEAST_PLACES))
    further = np.minimum(names - LEAST_NAMES, places - LEAST_PLACES)[wide]
    order = wide[order_of(cells.columns[0][wide], -further, -names[wide], -places[wide], wide)]
    best = order[begins(cells.columns[0][order])]
    found = np.zeros((3, pile.m), dtype=np.int64)
    found[:, cells.columns[0][best]] = cells.columns[1][best], names[best], places[best]
    return found[0], found[1], found[2]


RULE = OperationRule("OP_CIRCUIT", find_circuits)
