"""How much and how widely an operation posts, compared with the other operations of the pile."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.score.contract import Found, OperationRule, some, strength
from felinar.score.counting import count_distinct, median
from felinar.score.pile import Pile
from felinar.score.sorting import cells_of, distinct

LEAST_ADVERTS = 5  # below that "per week" is chance
LEAST_RATIO = 2  # twice the median, so that about half of the pile can never be "large"
PER_DOUBLING = 200  # 32 times the median is as strong as it gets: size finds spam first
LEAST_SITES = 3  # two sites are ordinary since the large one closed
PER_SITE = 200
_WEEK = 7


def find_size(pile: Pile) -> Iterator[Found]:
    """Return operations with at least twice the median number of adverts per active week."""
    dated = np.flatnonzero(pile.day >= 0)
    weeks = count_distinct(pile.operation[dated], pile.day[dated] // _WEEK, pile.m)
    adverts = np.bincount(pile.operation[dated], minlength=pile.m)
    rate = adverts * 100 // np.maximum(weeks, 1)  # hundredths of an advert per week
    middle = pile.usual.of("adverts a week", lambda: {"middle": median(rate[(pile.size >= 2) & (weeks > 0)])})
    usual = max(1, middle.get("middle", 0))
    for operation in np.flatnonzero((adverts >= LEAST_ADVERTS) & (rate >= LEAST_RATIO * usual)):
        doublings = int(rate[operation] // usual).bit_length() - 1
        evidence = {"adverts": int(adverts[operation]), "weeks": int(weeks[operation]), "usual_hundredths": usual}
        yield Found(int(operation), strength(PER_DOUBLING, doublings), evidence, pile.in_operation.rows(int(operation)))


def find_sites(pile: Pile) -> Iterator[Found]:
    """Return operations that post on at least three sites within one week."""
    named = np.array([bool(site) for site in pile.sites], dtype=np.bool_)
    usable = np.flatnonzero(named[pile.site] & (pile.day >= 0)) if len(pile.sites) else np.empty(0, dtype=np.int64)
    operation, week, _ = distinct(pile.operation[usable], pile.day[usable] // _WEEK, pile.site[usable])
    weeks = cells_of(operation, week)
    most = np.zeros(pile.m, dtype=np.int64)
    np.maximum.at(most, weeks.columns[0], weeks.rows)
    for found in np.flatnonzero(most >= LEAST_SITES):
        adverts = pile.in_operation.rows(int(found))
        names = some({pile.sites[s] for s in pile.site[adverts].tolist() if named[s]})
        evidence = {"sites": int(most[found]), "examples": names}
        yield Found(int(found), strength(PER_SITE, int(most[found]) - LEAST_SITES + 1), evidence, adverts)


SIZE = OperationRule("OP_SIZE", find_size)
SITES = OperationRule("OP_MULTI_SITE", find_sites)
