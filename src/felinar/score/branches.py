"""Firms with a contact of its own for each of their towns: contacts that stay at home and are in use side by side."""

from __future__ import annotations

import numpy as np

from felinar.score.contract import FULL
from felinar.score.counting import Bools, Ints, Ties, count_distinct
from felinar.score.pile import CONTACT_KINDS, Pile
from felinar.score.replacing import replacing, times
from felinar.score.sorting import cells_of

AT_HOME = 800  # thousandths of the adverts with a contact and a place: now and then the next town is named
LEAST_BRANCHES = 2


def branches(pile: Pile) -> Ints:
    """Return how many towns of each operation have a contact of their own, kept there while others are in use; or 0."""
    most = np.zeros(pile.m, dtype=np.int64)
    for kind in CONTACT_KINDS:
        np.maximum(most, _of_kind(pile, pile.repeated_contacts.of_kind(kind)), out=most)
    return most


def _of_kind(pile: Pile, contacts: Ties) -> Ints:
    placed = pile.place[contacts.advert] >= 0
    advert = contacts.advert[placed]
    cells = cells_of(pile.operation[advert], contacts.code[placed])
    operation = cells.columns[0]
    town, adverts = _main_town(cells.of, pile.place[advert], len(cells))
    of, at_home, own = (
        np.bincount(operation, weights=number, minlength=pile.m).astype(np.int64)
        for number in (cells.rows, adverts, np.ones(len(cells)))
    )
    towns = count_distinct(operation, town, pile.m)
    changed = np.bincount(operation[_replaced(pile, advert, cells.of, operation)], minlength=pile.m) > 0
    stay = at_home * FULL >= of * AT_HOME
    return np.where(stay & ~changed & (towns >= LEAST_BRANCHES) & (towns == own), towns, 0)


def _main_town(contact: Ints, place: Ints, contacts: Ints | int) -> tuple[Ints, Ints]:
    """Return the most named town of each contact (the first of several) and how many of its adverts are there."""
    cells = cells_of(contact, place)
    most = np.zeros(contacts, dtype=np.int64)
    np.maximum.at(most, cells.columns[0], cells.rows)
    main = np.full(contacts, -1, dtype=np.int64)
    first = np.flatnonzero(cells.rows == most[cells.columns[0]])[::-1]
    main[cells.columns[0][first]] = cells.columns[1][first]
    return main, most


def _replaced(pile: Pile, advert: Ints, contact: Ints, operation: Ints) -> Bools:
    """Return which contacts began when all earlier ones of their operation had been given up."""
    dated = pile.day[advert] >= 0
    first, last = times(contact[dated], pile.day[advert[dated]], len(operation))
    return replacing(operation, np.where(last < 0, 0, first), np.maximum(last, 0))
