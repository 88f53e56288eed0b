"""Contact rotation: one operation uses one contact after the other, faster than operations of its size do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.kernels.sorting import values_of
from felinar.score.contract import FULL, Found, OperationRule, strength
from felinar.score.counting import Groups, count_distinct
from felinar.score.pile import CONTACT_KINDS, Pile
from felinar.score.replacing import replacing, times
from felinar.score.sorting import cells_of
from felinar.score.usual import usual_of_size

SHORT_DAYS = 14  # as the registry says; told, and no condition
PER_CHANGE = 600  # each change that is not ordinary
LEAST_PLACES = 3  # one change is ordinary (a new contract, a lost telephone), unless it comes with changes of place
MONTH_DAYS = 30  # a change in thirty active days has the full strength; a slower one less


def find(pile: Pile) -> Iterator[Found]:
    """Return operations that replaced a contact more often than others of their size, with how fast they do it.

    Contacts are counted kind by kind, since one person has a number, an address and a handle; the kind with the
    greatest strength counts. Contacts in use at the same time are no rotation: people who share have one each.
    """
    best: dict[int, Found] = {}
    for kind in CONTACT_KINDS:
        for found in _of_kind(pile, kind):
            if found.operation not in best or found.share > best[found.operation].share:
                best[found.operation] = found
    yield from best.values()


def _of_kind(pile: Pile, kind: str) -> Iterator[Found]:
    contacts = pile.repeated_contacts.of_kind(kind)
    dated = pile.day[contacts.advert] >= 0
    advert, code = contacts.advert[dated], contacts.code[dated]
    cells = cells_of(pile.operation[advert], code)
    first, last = times(cells.of, pile.day[advert], len(cells))
    operation = cells.columns[0]
    replaced = replacing(operation, first, last)
    changes = np.bincount(operation[replaced], minlength=pile.m)
    placed = np.flatnonzero(pile.place >= 0)
    towns = count_distinct(pile.operation[placed], pile.place[placed], pile.m)
    usual = usual_of_size(pile.usual, f"changes of {kind}", changes, pile.size, pile.size >= 2)
    more = changes - usual - (towns < LEAST_PLACES)
    begun, ended = times(operation, first, pile.m)[0], times(operation, last, pile.m)[1]
    short = np.bincount(operation[last - first < SHORT_DAYS], minlength=pile.m)
    of = np.bincount(operation, minlength=pile.m)
    rows = Groups(pile.operation[advert])
    for found in np.flatnonzero(more > 0).tolist():
        days = int(ended[found] - begun[found]) + 1
        places = int(towns[found])
        share = strength(PER_CHANGE, int(more[found])) * min(FULL, FULL * MONTH_DAYS * int(changes[found]) // days)
        evidence = {
            "kind": kind,
            "contacts": int(of[found]),
            "changes": int(changes[found]),
            "short": int(short[found]),
            "days": days,
            "places": places,
            "short_days": SHORT_DAYS,
        }
        yield Found(found, share // FULL, evidence, values_of(advert[rows.rows(found)]))


RULE = OperationRule("OP_MANY_CONTACTS_PER_NAMESET", find)
