"""Texts, pictures and payment addresses that stand behind several contacts or several names of one operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from felinar.score.contract import Found, OperationRule, strength
from felinar.score.counting import Groups
from felinar.score.pile import Pile
from felinar.score.sorting import begins, order_of
from felinar.score.spread import Spread, spread

FREE_CONTACTS = 2  # whoever gets a new number keeps the text and the pictures
PER_CONTACT = 250  # each contact beyond
PER_NAME = 150  # each name beyond the second: one person may have two, and a duo has two
LEAST_NAMES = 3
LEAST_TEXT_ADVERTS = 3  # a text used twice is a repost


def _find(reach_of: Callable[[Pile], Spread], least_adverts: int) -> Callable[[Pile], Iterator[Found]]:
    def find(pile: Pile) -> Iterator[Found]:
        """Return operations with a key that reaches over contacts or names; the widest key of each counts."""
        reach = reach_of(pile)
        several = (reach.contacts > FREE_CONTACTS) | ((reach.contacts >= 2) & (reach.names >= 2))
        beyond = np.where(several, reach.contacts - 1, 0)
        points = PER_CONTACT * beyond + PER_NAME * np.maximum(reach.names - LEAST_NAMES + 1, 0)
        wide = np.flatnonzero((reach.adverts >= least_adverts) & (points > 0))
        order = wide[order_of(reach.operation[wide], -points[wide], reach.code[wide])]
        firsts = begins(reach.operation[order])
        rows = Groups(reach.cell)
        found_keys = np.bincount(reach.operation[wide], minlength=pile.m)
        for cell in order[firsts]:
            operation = int(reach.operation[cell])
            evidence = {
                "adverts": int(reach.adverts[cell]),
                "contacts": int(reach.contacts[cell]),
                "names": int(reach.names[cell]),
                "keys": int(found_keys[operation]),
            }
            adverts = np.sort(reach.advert[rows.rows(int(cell))])
            yield Found(operation, strength(int(points[cell]), 1), evidence, adverts)

    return find


TEMPLATE = OperationRule("OP_SHARED_TEMPLATE", _find(lambda pile: pile.text_spread, LEAST_TEXT_ADVERTS))
PHOTOS = OperationRule("OP_SHARED_PHOTOS", _find(lambda pile: spread(pile, pile.pictures), 2))
PAYMENT = OperationRule("OP_PAYMENT_LINK", _find(lambda pile: spread(pile, pile.payments), 2))
