"""One contact for several people who are in different places at the same time: they do not travel together.

Those who are seen to stay and to move on are a tour (`circuit.py`), even where a week holds two of its stops.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.score.contract import FULL, Found, OperationRule, some
from felinar.score.counting import Bools, Groups, Ints, count_distinct, join
from felinar.score.pile import Pile
from felinar.score.sorting import begins, cells_of, order_of
from felinar.score.staying import stays

WEEK_DAYS = 7
LEAST_NAMES = 2  # in two places in one week …
SET_NAMES = 3  # … and so many in all: whoever answers keeps them apart; two may be a duo between two towns, …
PAIR_PLACES = 3  # … unless it has three
PAIR = 500
SIDE_BY_SIDE = 2  # where the places are seen to be open at the same time it may be a firm with branches: half


def find_apart(pile: Pile) -> Iterator[Found]:
    """Return operations with a contact that stands for people in different places within one week."""
    advert, contact, name = _of_one_name(pile)
    cells = cells_of(pile.operation[advert], contact)
    operation = cells.columns[0]
    names, places = (count_distinct(cells.of, column, len(cells)) for column in (name, pile.place[advert]))
    once = _at_once(pile, advert, cells.of, name, len(cells))
    share = np.where(names >= SET_NAMES, FULL, np.where(places >= PAIR_PLACES, PAIR, 0))
    seen = stays(pile, ~pile.is_job)
    share = np.where(once & ~seen.stays[operation], share, 0) // np.where(seen.side_by_side[operation], SIDE_BY_SIDE, 1)
    wide = np.flatnonzero(share)
    order = wide[order_of(operation[wide], -share[wide], -names[wide], -places[wide], wide)]
    rows = Groups(cells.of)
    for at in order[begins(operation[order])].tolist():
        mine = rows.rows(at)
        evidence = {
            "contact": pile.contacts.values[int(cells.columns[1][at])],
            "names": int(names[at]),
            "places": int(places[at]),
            "within_days": WEEK_DAYS,
            "examples": some({pile.place_names[p] for p in pile.place[advert[mine]].tolist()}),
        }
        yield Found(int(operation[at]), int(share[at]), evidence, np.sort(advert[mine]))


def _of_one_name(pile: Pile) -> tuple[Ints, Ints, Ints]:
    """Return (advert, contact, name) of service adverts with a day, a place and one name: two names are together."""
    known = (pile.place >= 0) & (pile.day >= 0) & ~pile.is_job & (pile.names.counts(pile.n) == 1)
    advert, contact, name = join(pile.contacts, pile.names)
    keep = known[advert]
    return advert[keep], contact[keep], name[keep]


def _at_once(pile: Pile, advert: Ints, cell: Ints, name: Ints, cells: int) -> Bools:
    """Return which contacts have a week with two names and two places; weeks overlap by half.

    Of two names and two places some two adverts differ in both.
    """
    half_weeks = pile.day[advert] * 2 // WEEK_DAYS
    once = np.zeros(cells, dtype=np.bool_)
    for shift in (0, 1):
        weeks = cells_of(cell, (half_weeks + shift) // 2)
        names, places = (count_distinct(weeks.of, column, len(weeks)) for column in (name, pile.place[advert]))
        once[weeks.columns[0][(names >= LEAST_NAMES) & (places >= 2)]] = True
    return once


RULE = OperationRule("OP_PEOPLE_APART", find_apart)
