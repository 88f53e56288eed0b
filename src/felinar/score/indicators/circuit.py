"""Travel circuits: several names that follow one itinerary. Words of movement count nothing: they are refuted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.kernels.sorting import values_of
from felinar.score.contract import FULL, Found, OperationRule, strength
from felinar.score.counting import Groups, Ints, count_distinct
from felinar.score.pile import Pile
from felinar.score.sorting import cells_of, order_of
from felinar.score.staying import stays

LEAST_PLACES = 3  # two towns are a commute; three in the same order are an itinerary
LEAST_SHARED_MOVES = 2
LONGEST_STAY_DAYS = 60  # a later advert elsewhere is a new start, not a next stop
PER_MOVE = 250
LEAST_NAMES = 3  # for a set seen only as a whole
PAIR_STRENGTH = 300  # two names in three places may be a duo on tour, which keeps two and three apart
LEAST_TOUR_PLACES = 2  # for a set of three names and more that stays in one town and moves on to the other
SPREAD_STRENGTH = 300  # three names in three places in no order that can be seen: the weaker form, …
PER_WIDTH = 100  # … and stronger with each name and place more …
MOST_SPREAD = 700  # … up to here


def find_circuits(pile: Pile) -> Iterator[Found]:
    """Return operations with names on one itinerary, or that move from place to place as a set; the stronger counts."""
    best = {found.operation: found for found in _as_a_set(pile)}
    for found in _name_by_name(pile):
        if found.operation not in best or found.share >= best[found.operation].share:
            best[found.operation] = found
    yield from best.values()


def _name_by_name(pile: Pile) -> Iterator[Found]:
    """Return operations in which two names or more make the same moves between at least three places."""
    advert, name = pile.names.advert, pile.names.code
    keep = (pile.place[advert] >= 0) & (pile.day[advert] >= 0) & ~pile.is_job[advert]
    advert, name = advert[keep], name[keep]
    order = order_of(pile.operation[advert], name, pile.second[advert], advert)
    advert, name = advert[order], name[order]
    operation, place, day = pile.operation[advert], pile.place[advert], pile.day[advert]
    moved = (operation[1:] == operation[:-1]) & (name[1:] == name[:-1]) & (place[1:] != place[:-1])
    at = np.flatnonzero(moved & (day[1:] - day[:-1] <= LONGEST_STAY_DAYS))
    width = len(pile.place_names) + 1
    move = place[at] * width + place[at + 1]
    for found, rows in _shared(pile.m, operation[at], move, name[at]):
        moves = np.unique(move[rows])
        places = np.unique(np.concatenate([moves // width, moves % width]))
        if len(moves) >= LEAST_SHARED_MOVES and len(places) >= LEAST_PLACES:
            evidence = {
                "names": len(np.unique(name[at[rows]])),
                "moves": len(moves),
                "places": len(places),
                "examples": [pile.place_names[p] for p in _route(moves, width)],
            }
            adverts = np.unique(np.concatenate([advert[at[rows]], advert[at[rows] + 1]]))
            yield Found(found, strength(PER_MOVE, len(moves)), evidence, adverts)


def _shared(operations: int, operation: Ints, move: Ints, name: Ints) -> Iterator[tuple[int, Ints]]:
    """Return each operation with the rows of the moves that two names or more make."""
    if not len(move):
        return
    cells = cells_of(operation, cells_of(move).of)
    shared = np.flatnonzero(count_distinct(cells.of, name, len(cells))[cells.of] >= 2)
    by_operation = Groups(operation[shared])
    yield from ((found, shared[rows]) for found, rows in by_operation.each(values_of(operation[shared])))


def _route(moves: Ints, width: int) -> list[int]:
    """Return the stops of one itinerary, followed from its first move as far as it goes, at most five."""
    onward = {int(m) // width: int(m) % width for m in moves[::-1]}
    starts = sorted(set(onward) - set(onward.values())) or sorted(onward)
    route = [starts[0]]
    while route[-1] in onward and onward[route[-1]] not in route and len(route) < 5:
        route.append(onward[route[-1]])
    return route


def _as_a_set(pile: Pile) -> Iterator[Found]:
    """Return operations of several names and places: those that stay and move on, and those side by side."""
    seen = stays(pile, ~pile.is_job)
    operation = pile.operation[seen.advert]
    places = count_distinct(operation, pile.place[seen.advert], pile.m)
    names = _names(pile)
    touring = seen.stays & (names >= LEAST_NAMES) & (places >= LEAST_TOUR_PLACES)
    rows, stops = Groups(operation), Groups(operation[seen.moved])
    moved = np.flatnonzero(seen.moved)
    for found in np.flatnonzero(touring | ((places >= LEAST_PLACES) & (names >= 2))).tolist():
        mine = rows.rows(found)
        at = np.concatenate([mine[:1], moved[stops.rows(found)]])
        evidence = {
            "names": int(names[found]),
            "places": int(places[found]),
            "examples": [pile.place_names[p] for p in pile.place[seen.advert[at[:5]]]],
        }
        wide = min(int(names[found]) - LEAST_NAMES, int(places[found]) - LEAST_PLACES)
        share = min(MOST_SPREAD, SPREAD_STRENGTH + PER_WIDTH * wide)
        if names[found] < LEAST_NAMES:
            share = PAIR_STRENGTH
        elif touring[found]:
            share, evidence = FULL, {**evidence, "stops": len(at)}
        yield Found(found, share, evidence, np.sort(seen.advert[mine]))


def _names(pile: Pile) -> Ints:
    """Return for each operation how many names its adverts with a place and a date show."""
    advert, name = pile.names.advert, pile.names.code
    keep = (pile.place[advert] >= 0) & (pile.day[advert] >= 0) & ~pile.is_job[advert]
    return count_distinct(pile.operation[advert[keep]], name[keep], pile.m)


RULE = OperationRule("OP_CIRCUIT", find_circuits)
