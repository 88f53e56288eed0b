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


def found_in_operations(pile: Pile, shown: Bools, indicator: Indicator) -> Iterator[Found]:
    """Return operations of two adverts and more whose share is a quarter at least, and clearly above what is usual.

    Usual is what the rest of the pile shows, of its sites or of its countries, whichever is most: a site that forbids
    numbers explains why its adverts hide them. Shares are drawn towards it where adverts are few, except for what
    speaks against an operation.
    """
    inside, adverts = pile.in_domain(indicator.domain), np.flatnonzero(shown)
    of, count = pile.size_in(indicator.domain), _by_operation(pile, adverts)
    share = count * FULL // np.maximum(of, 1)
    elsewhere = _elsewhere(pile, inside, adverts, indicator)
    enough = (count >= LEAST_ADVERTS) & (share >= LEAST_SHARE) & (share * 100 >= elsewhere * LEAST_LIFT_PERCENT)
    asked = inside & enough[pile.operation]
    sites, countries = (
        usual_in(pile, context, _rates(pile, name, context, inside, shown, indicator), asked, shown, elsewhere)
        for name, context in (("site", (pile.site, pile.sites)), ("country", pile.country))
    )
    usual = np.maximum(elsewhere, np.maximum(sites, countries))
    enough &= share * 100 >= usual * LEAST_LIFT_PERCENT
    drawn = (count * FULL + usual * USUAL_ADVERTS) // np.maximum(of + USUAL_ADVERTS, 1)
    strength = share if indicator.weight < 0 else drawn
    rows = Groups(pile.operation[adverts])
    names = ("adverts", "of", "usual", "sites", "countries")
    numbers = (column[enough].tolist() for column in (count, of, elsewhere, sites, countries))
    found = zip(rows.each(np.flatnonzero(enough)), strength[enough].tolist(), zip(*numbers, strict=True), strict=True)
    for (operation, mine), strong, told in found:
        yield Found(operation, strong, dict(zip(names, told, strict=True)), adverts[mine])


def _by_operation(pile: Pile, adverts: Ints) -> Ints:
    return np.bincount(pile.operation[adverts], minlength=pile.m).astype(np.int64)


def _elsewhere(pile: Pile, inside: Bools, adverts: Ints, indicator: Indicator) -> Ints:
    """Return for each operation the share of the rest of the pile: else a large one would hide behind its own."""
    totals = pile.usual.of(indicator.id, lambda: {"of": int(inside.sum()), "shown": len(adverts)})
    own = pile.size_in(indicator.domain, counted=True), _by_operation(pile, adverts[pile.counted[adverts]])
    of, count = (totals.get(name, 0) - mine for name, mine in zip(("of", "shown"), own, strict=True))
    return _share(count * FULL, np.maximum(of, 1))


def _rates(
    pile: Pile, name: str, context: tuple[Ints, list[str]], inside: Bools, shown: Bools, indicator: Indicator
) -> tuple[Ints, Ints]:
    """Return how many adverts each site (or country) has, and how many of them show the indicator."""
    of = _by_context(pile, f"{indicator.domain} adverts by {name}", context, inside)
    return of, _by_context(pile, f"{indicator.id} by {name}", context, shown)


def _by_context(pile: Pile, rule: str, context: tuple[Ints, list[str]], mark: Bools) -> Ints:
    """Return how many of the marked adverts of the pile stand in each context, by its code."""
    code, names = context

    def count() -> dict[str, int]:
        numbers = np.bincount(code[mark], minlength=len(names)).tolist()
        return {name: number for name, number in zip(names, numbers, strict=True) if number}

    counted = pile.usual.of(rule, count)
    return np.array([counted.get(name, 0) for name in names], dtype=np.int64)


def usual_in(
    pile: Pile, context: tuple[Ints, list[str]], rates: tuple[Ints, Ints], mine: Bools, shown: Bools, elsewhere: Ints
) -> Ints:
    """Return for each operation what other adverts of its contexts (sites, countries) show, in thousandths.

    Each of the adverts that are `mine` counts with the rate of its own context, the operation itself left out.
    """
    at = np.flatnonzero(mine)
    cells = cells_of(pile.operation[at], context[0][at])
    operation, where = cells.columns
    own = (np.bincount(cells.of[mark[at]], minlength=len(cells)) for mark in (pile.counted, pile.counted & shown))
    of, count = (np.maximum(all_of[where] - some, 0) for all_of, some in zip(rates, own, strict=True))
    rate = _share(count * FULL + PILE_ADVERTS * elsewhere[operation], of + PILE_ADVERTS)
    usual = np.zeros(pile.m, dtype=np.int64)
    np.add.at(usual, operation, rate * cells.rows)
    adverts = np.bincount(operation, weights=cells.rows, minlength=pile.m).astype(np.int64)
    return np.asarray(usual // np.maximum(adverts, 1), dtype=np.int64)


def _share(count: Ints, of: Ints) -> Ints:
    """Return the share in thousandths; an operation may show by now what it did not when the pile was counted."""
    return np.asarray(np.clip(count // of, 0, FULL), dtype=np.int64)
