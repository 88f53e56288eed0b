"""Recruitment: offers and service adverts of one contact, one text for many employers, offers in several towns."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.score.contract import FULL, Found, OperationRule, some, strength
from felinar.score.counting import Bools, Groups, Ints, count_distinct
from felinar.score.pile import Pile
from felinar.score.sorting import begins, cells_of, order_of
from felinar.score.staying import stays

ONE_OF_EACH = 500  # one job advert and one service advert are thin; two of each are a habit
SAME_TOWN = 500  # a venue that looks for staff in its own town is ordinary
NEAR_DAYS = 30  # between them: a number that was given up and handed out again rests for months
LEAST_EMPLOYERS = 2
LEAST_PLACES = 3
LEAST_TEXT_ADVERTS = 3
PER_EMPLOYER = 250
PER_PLACE = 200
LEAST_TOWNS = 2  # under one contact
PER_TOWN = 500  # each further town that has as many offers as the others
SIDE_BY_SIDE = 2  # where the towns are seen to be open at the same time it may be a firm with branches: half
PER_STOP = 400  # a second place is a new site, a third and fourth are a way of recruiting


def find_both(pile: Pile) -> Iterator[Found]:
    """Return operations in which one contact stands in job offers and in service adverts at about the same time."""
    ties = pile.contacts
    cells = cells_of(pile.operation[ties.advert], ties.code)
    jobs = np.bincount(cells.of[pile.is_job[ties.advert]], minlength=len(cells))
    services = np.bincount(cells.of[pile.is_service[ties.advert]], minlength=len(cells))
    rows = Groups(cells.of)
    best: dict[int, tuple[int, int]] = {}
    for at in np.flatnonzero((jobs > 0) & (services > 0)).tolist():
        advert = ties.advert[rows.rows(at)]
        few = _near(pile.day[advert[pile.is_job[advert]]], pile.day[advert[pile.is_service[advert]]])
        operation = int(cells.columns[0][at])
        if few > best.get(operation, (0, 0))[0]:
            best[operation] = (few, at)
    for operation, (few, at) in best.items():
        contact = ties.values[int(cells.columns[1][at])]
        evidence = {"contact": contact, "jobs": int(jobs[at]), "services": int(services[at])}
        adverts = ties.advert[rows.rows(at)]
        towns = len(np.unique(pile.place[adverts[pile.place[adverts] >= 0]]))
        share = (FULL if few >= 2 else ONE_OF_EACH) * (SAME_TOWN if towns == 1 else FULL) // FULL
        yield Found(operation, share, evidence, adverts)


def _near(jobs: Ints, services: Ints) -> int:
    """Return how many adverts of either kind stand near one of the other, the fewer; without days all of them do."""
    dated = [np.sort(days[days >= 0]) for days in (jobs, services)]
    if not len(dated[0]) or not len(dated[1]):
        return min(len(jobs), len(services))
    apart = np.abs(dated[0][:, None] - dated[1][None, :]) <= NEAR_DAYS
    return int(min(apart.any(axis=1).sum(), apart.any(axis=0).sum()))


def find_same_text(pile: Pile) -> Iterator[Found]:
    """Return operations with one job text for several employers, or in at least three places."""
    keep = pile.is_job[pile.texts.advert]
    advert, text = pile.texts.advert[keep], pile.texts.code[keep]
    cells = cells_of(pile.operation[advert], text)
    rows = Groups(cells.of)
    best: dict[int, Found] = {}
    for at in np.flatnonzero(cells.rows >= LEAST_TEXT_ADVERTS):
        adverts = advert[rows.rows(int(at))]
        employers = {pile.employers[a] for a in adverts.tolist() if a in pile.employers}
        places = {p for p in pile.place[adverts].tolist() if p >= 0}
        if len(employers) < LEAST_EMPLOYERS and len(places) < LEAST_PLACES:
            continue
        share = strength(1, PER_EMPLOYER * max(len(employers) - 1, 0) + PER_PLACE * max(len(places) - 1, 0))
        evidence = {
            "adverts": len(adverts),
            "employers": len(employers),
            "places": len(places),
            "examples": some(employers or (pile.place_names[p] for p in places)),
        }
        found = Found(int(cells.columns[0][at]), share, evidence, adverts)
        if found.operation not in best or share > best[found.operation].share:
            best[found.operation] = found
    yield from best.values()


def find_moving(pile: Pile) -> Iterator[Found]:
    """Return operations whose job offers stay in one place and move on to the next, under contacts that move along."""
    seen = stays(pile, pile.is_job)
    operation = pile.operation[seen.advert]
    places = count_distinct(operation, pile.place[seen.advert], pile.m)
    rows, stops = Groups(operation), Groups(operation[seen.moved])
    moved = np.flatnonzero(seen.moved)
    for found in np.flatnonzero(seen.stays & (places >= LEAST_PLACES)).tolist():
        mine = rows.rows(found)
        at = np.concatenate([mine[:1], moved[stops.rows(found)]])
        evidence = {
            "adverts": len(mine),
            "places": int(places[found]),
            "stops": len(at),
            "examples": [pile.place_names[p] for p in pile.place[seen.advert[at[:5]]]],
        }
        yield Found(found, strength(PER_STOP, int(places[found]) - 1), evidence, np.sort(seen.advert[mine]))


def find_towns(pile: Pile) -> Iterator[Found]:
    """Return operations with job offers in several places under one contact."""
    keep = pile.is_job[pile.contacts.advert] & (pile.place[pile.contacts.advert] >= 0)
    advert, contact = pile.contacts.advert[keep], pile.contacts.code[keep]
    cells = cells_of(pile.operation[advert], contact)
    places = count_distinct(cells.of, pile.place[advert], len(cells))
    wide = np.flatnonzero(places >= LEAST_TOWNS)
    operation = cells.columns[0][wide]
    side_by_side = _side_by_side(pile, operation)
    order = wide[order_of(operation, -places[wide], -cells.rows[wide], wide)]
    rows = Groups(cells.of)
    for at in order[begins(cells.columns[0][order])].tolist():
        adverts = np.sort(advert[rows.rows(at)])
        evidence = {
            "contact": pile.contacts.values[int(cells.columns[1][at])],
            "adverts": len(adverts),
            "places": int(places[at]),
            "examples": some({pile.place_names[p] for p in pile.place[adverts].tolist()}),
        }
        found = int(cells.columns[0][at])
        share = min(FULL, _beyond_one(pile.place[adverts]) * PER_TOWN // FULL)
        share //= SIDE_BY_SIDE if side_by_side[found] else 1
        yield Found(found, share, evidence, adverts)


def _beyond_one(place: Ints) -> int:
    """Return how many towns beyond one there are, in thousandths: as many as equally frequent ones would be as even.

    Where nearly all offers are in one town the others are a branch, a neighbouring town or misread (Simpson 1949).
    """
    adverts = np.unique(place, return_counts=True)[1]
    return int(len(place) ** 2 * FULL // np.sum(adverts**2)) - FULL


def _side_by_side(pile: Pile, operations: Ints) -> Bools:
    """Return which of these operations offer work in all their places at the same time; no for all others."""
    looked_at = np.zeros(pile.m, dtype=np.bool_)
    looked_at[operations] = True
    return stays(pile, pile.is_job & looked_at[pile.operation]).side_by_side


TOWNS = OperationRule("JOB_SEVERAL_TOWNS", find_towns)
BOTH = OperationRule("OP_JOBS_AND_SERVICES", find_both)
MOVING = OperationRule("JOB_MOVING_OFFER", find_moving)
SAME_TEXT = OperationRule("JOB_SAME_TEXT_MANY_EMPLOYERS", find_same_text)
