"""How an indicator of adverts becomes one of an operation: by the share of its adverts that show it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.registry import Indicator
from felinar.score.contract import FULL, AdvertRule, Found
from felinar.score.counting import Bools, Groups, Ints
from felinar.score.pile import Pile
from felinar.score.sorting import cells_of

# Ordinary adverts carry single indicators (98 % of 430 job adverts, Volodko 2020), so a few adverts say nothing:
LEAST_SHARE = 250
LEAST_ADVERTS = 2  # and one advert of its kind in an operation is no habit, though it is 100 %
# and a share has to be half as much again as elsewhere. What two thirds of a pile show says nothing.
LEAST_LIFT_PERCENT = 150
# Few adverts are little evidence: every operation is given this many usual adverts more before its share is taken. Two
# of two adverts then weigh half of what twenty of twenty do. What speaks against is not lowered: doubt protects.
USUAL_ADVERTS = 2
# A site or country of few adverts has no habits of its own: it is given this many adverts that are usual in the pile.
PILE_ADVERTS = 50


def shown_by(pile: Pile, rule: AdvertRule, indicator: Indicator) -> Bools:
    """Return for each advert whether it shows the indicator, by a phrase or by the rule, within its domain."""
    shown = pile.phrases.get(rule.indicator, np.zeros(pile.n, dtype=np.bool_))
    if rule.shows is not None:
        shown = shown | rule.shows(pile)
    return np.asarray(shown & pile.in_domain(indicator.domain), dtype=np.bool_)


def grown(strength: int, adverts: int) -> int:
    """Return a structural strength, lowered where it rests on few adverts."""
    return strength * adverts // (adverts + USUAL_ADVERTS)


def found_in_operations(pile: Pile, shown: Bools, domain: str, *, against: bool = False) -> Iterator[Found]:
    """Return operations of two adverts and more whose share is a quarter at least, and clearly above what is usual.

    Usual is what the rest of the pile shows, of its sites or of its countries, whichever is most: a site that forbids
    numbers explains why its adverts hide them. Shares are drawn towards it where adverts are few, except for what
    speaks `against` an operation.
    """
    inside = pile.in_domain(domain)
    of = np.bincount(pile.operation[inside], minlength=pile.m).astype(np.int64)
    count = np.bincount(pile.operation[shown], minlength=pile.m).astype(np.int64)
    share = count * FULL // np.maximum(of, 1)
    # The rest of the pile, without the operation itself: else a large one would hide behind its own adverts.
    elsewhere = (count.sum() - count) * FULL // np.maximum(of.sum() - of, 1)
    enough = (count >= LEAST_ADVERTS) & (share >= LEAST_SHARE) & (share * 100 >= elsewhere * LEAST_LIFT_PERCENT)
    sites = usual_in(pile, pile.site, enough, inside, shown, elsewhere)
    countries = usual_in(pile, pile.country, enough, inside, shown, elsewhere)
    usual = np.maximum(elsewhere, np.maximum(sites, countries))
    enough &= share * 100 >= usual * LEAST_LIFT_PERCENT
    drawn = share if against else (count * FULL + usual * USUAL_ADVERTS) // np.maximum(of + USUAL_ADVERTS, 1)
    adverts = np.flatnonzero(shown)
    rows = Groups(pile.operation[adverts])
    names = ("adverts", "of", "usual", "sites", "countries")
    numbers = (column[enough].tolist() for column in (count, of, elsewhere, sites, countries))
    found = zip(rows.each(np.flatnonzero(enough)), drawn[enough].tolist(), zip(*numbers, strict=True), strict=True)
    for (operation, mine), strength, told in found:
        yield Found(operation, strength, dict(zip(names, told, strict=True)), adverts[mine])


def usual_in(pile: Pile, context: Ints, wanted: Bools, inside: Bools, shown: Bools, elsewhere: Ints) -> Ints:
    """Return for each operation wanted what other adverts of its contexts (sites, countries) show, in thousandths.

    Each advert of the operation counts with the rate of its own context, the operation itself left out.
    """
    width = int(context.max(initial=0)) + 1
    all_of, all_shown = (np.bincount(context[mark], minlength=width).astype(np.int64) for mark in (inside, shown))
    mine = np.flatnonzero(inside & wanted[pile.operation])
    cells = cells_of(pile.operation[mine], context[mine])
    of = cells.rows
    own = np.bincount(cells.of[shown[mine]], minlength=len(cells)).astype(np.int64)
    operation, where = cells.columns
    others = (all_shown[where] - own) * FULL + PILE_ADVERTS * elsewhere[operation]
    rate = others // (all_of[where] - of + PILE_ADVERTS)
    usual = np.zeros(pile.m, dtype=np.int64)
    np.add.at(usual, operation, rate * of)
    adverts = np.bincount(operation, weights=of, minlength=pile.m).astype(np.int64)
    return np.asarray(usual // np.maximum(adverts, 1), dtype=np.int64)
