"""The contact that most adverts of an operation show: how many show it, and how long it was kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from felinar.score.contract import FULL
from felinar.score.counting import Ints
from felinar.score.pile import CONTACT_KINDS, Pile
from felinar.score.sorting import begins, distinct, order_of
from felinar.score.spread import spread


@dataclass(frozen=True)
class MainContact:
    """One number per operation each, about the contact that most of its adverts show."""

    share: Ints
    days: Ints
    seen_days: Ints
    repeated: Ints


def span(group: Ints, day: Ints, groups: int) -> Ints:
    """Return for each group the days from its first to its last dated row."""
    first, last = np.full(groups, 1 << 40, dtype=np.int64), np.full(groups, -1, dtype=np.int64)
    np.minimum.at(first, group[day >= 0], day[day >= 0])
    np.maximum.at(last, group[day >= 0], day[day >= 0])
    return np.asarray(np.maximum(last - first, 0), dtype=np.int64)


def _by_operation(operations: Ints, values: Ints, m: int) -> Ints:
    spread_out = np.zeros(m, dtype=np.int64)
    spread_out[operations] = values
    return spread_out


def main_contact(pile: Pile) -> MainContact:
    """Return what each operation's most used contact shows, against all contacts of its kind; 0 where there is none."""
    reach = spread(pile, pile.contacts)
    kinds, kind = len(CONTACT_KINDS), pile.contact_kind[reach.code]
    kept = span(reach.cell, pile.day[reach.advert], len(reach.operation))
    order = order_of(reach.operation, -reach.adverts, -kept, reach.code)
    main = order[begins(reach.operation[order])]
    place = reach.operation * kinds + kind
    advert, shown = distinct(reach.advert, place[reach.cell])
    of = np.bincount(shown, minlength=pile.m * kinds)[place[main]]
    seen = span(shown, pile.day[advert], pile.m * kinds)[place[main]]
    repeated = np.bincount(place[reach.adverts >= 2], minlength=pile.m * kinds)[place[main]]
    columns = (reach.adverts[main] * FULL // np.maximum(of, 1), kept[main], seen, repeated)
    return MainContact(*(_by_operation(reach.operation[main], column, pile.m) for column in columns))
