"""One contact in distant places at once: one person cannot be in two places.

Where the adverts give one name only, nobody else is seen: sites let a person who tours alone post ahead.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.kernels.sorting import values_of
from felinar.score.contract import Found, OperationRule, some, strength
from felinar.score.counting import Bools, Groups, Ints, count_distinct
from felinar.score.pile import Pile
from felinar.score.sorting import begins, cells_of, distinct, order_of

WITHIN_SECONDS = 86_400
LEAST_KILOMETRES = 100  # an hour and more on the road, with coordinates
LEAST_TIMES = 2  # once may be an advert posted ahead for a tour
PER_TIME = 250
WEEK_DAYS = 7
WEEK_PLACES = 3  # whoever tours alone leaves one town and arrives in the next; three in a week is more than a tour
PER_WEEK_PLACE = 300  # each place of the fullest week beyond two
LEAST_NAMED = 3  # adverts with one and the same name; one or two do not say that nobody else is there
_EARTH_RADIUS_KM = 6371.0


def find_simultaneous(pile: Pile) -> Iterator[Found]:
    """Return operations with one contact in distant places within a day, at least twice, or in three within a week."""
    best: dict[int, Found] = {}
    alone = _of_one_name(pile)
    for found in (*_within_a_day(pile), *_within_a_week(pile)):
        if found.operation not in best or found.share > best[found.operation].share:
            best[found.operation] = found
    yield from (found for found in best.values() if not alone[found.operation])


def _of_one_name(pile: Pile) -> Bools:
    """Return which operations give one name and no other, on three adverts and more."""
    operation = pile.operation[pile.names.advert]
    names = count_distinct(operation, pile.names.code, pile.m)
    return np.asarray((names == 1) & (np.bincount(operation, minlength=pile.m) >= LEAST_NAMED), dtype=np.bool_)


def _within_a_day(pile: Pile) -> Iterator[Found]:
    advert, contact = pile.contacts.advert, pile.contacts.code
    keep = (pile.place[advert] >= 0) & (pile.second[advert] >= 0) & ~pile.is_job[advert]
    advert, contact = advert[keep], contact[keep]
    order = order_of(pile.operation[advert], contact, pile.second[advert], advert)
    advert, contact = advert[order], contact[order]
    left, right = advert[:-1], advert[1:]
    same = (contact[1:] == contact[:-1]) & (pile.operation[left] == pile.operation[right])
    soon = pile.second[right] - pile.second[left] <= WITHIN_SECONDS
    at = np.flatnonzero(same & soon & _distant(pile, left, right))
    by_operation = Groups(pile.operation[left[at]])
    days = distinct(pile.operation[left[at]], pile.day[left[at]])
    times = np.bincount(days[0], minlength=pile.m)
    for found in np.flatnonzero(times >= LEAST_TIMES):
        rows = at[by_operation.rows(int(found))]
        adverts = values_of(np.concatenate([left[rows], right[rows]]))
        places = {pile.place_names[p] for p in pile.place[adverts].tolist()}
        evidence = {
            "contact": pile.contacts.values[int(contact[rows[0]])],
            "times": int(times[found]),
            "places": len(places),
            "examples": some(places),
        }
        yield Found(int(found), strength(PER_TIME, int(times[found])), evidence, adverts)


def _within_a_week(pile: Pile) -> Iterator[Found]:
    """Return operations with one contact in three places or more within a week; weeks overlap by half."""
    advert, contact = pile.contacts.advert, pile.contacts.code
    keep = (pile.place[advert] >= 0) & (pile.day[advert] >= 0) & ~pile.is_job[advert]
    advert, contact = advert[keep], contact[keep]
    if not len(advert):
        return
    half_weeks = pile.day[advert] * 2 // WEEK_DAYS
    for shift in (0, 1):
        yield from _fullest_week(pile, advert, contact, (half_weeks + shift) // 2)


def _fullest_week(pile: Pile, advert: Ints, contact: Ints, week: Ints) -> Iterator[Found]:
    cells = cells_of(pile.operation[advert], contact, week)
    places = count_distinct(cells.of, pile.place[advert], len(cells))
    full = np.flatnonzero(places >= WEEK_PLACES)
    operation = cells.columns[0][full]
    order = order_of(operation, -places[full], full)
    rows = Groups(cells.of)
    for at in full[order[begins(operation[order])]].tolist():
        adverts = values_of(advert[rows.rows(at)])
        evidence = {
            "contact": pile.contacts.values[int(cells.columns[1][at])],
            "within_days": WEEK_DAYS,
            "places": int(places[at]),
            "examples": some({pile.place_names[p] for p in pile.place[adverts].tolist()}),
        }
        share = strength(PER_WEEK_PLACE, int(places[at]) - WEEK_PLACES + 1)
        yield Found(int(cells.columns[0][at]), share, evidence, adverts)


def _distant(pile: Pile, left: Ints, right: Ints) -> Bools:
    """Return whether two adverts are too far apart: by coordinates where both have them, else by another place."""
    other: Bools = pile.place[left] != pile.place[right]
    lat, lon = np.radians(pile.latitude), np.radians(pile.longitude)
    a = np.sin((lat[right] - lat[left]) / 2) ** 2
    b = np.cos(lat[left]) * np.cos(lat[right]) * np.sin((lon[right] - lon[left]) / 2) ** 2
    kilometres = 2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(a + b, 1.0)))
    near = kilometres < LEAST_KILOMETRES  # unknown coordinates are NaN, and NaN is not near
    return np.asarray(other & ~near, dtype=np.bool_)


RULE = OperationRule("OP_SIMULTANEOUS_CITIES", find_simultaneous)
