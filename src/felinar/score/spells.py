"""Spells of an operation: adverts without a long rest between them.

A telephone number that is given up is handed out again after a rest, and then shows other people in other places: two
strangers look like one contact with several names in several towns. So what stands before a long rest and what stands
after it are no sign together; each spell is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

import numpy as np

from felinar.score.contract import Found
from felinar.score.counting import Ints
from felinar.score.pile import Pile
from felinar.score.sorting import order_of

REST_DAYS = 45  # a number that was given up rests as long at least before it is handed out again (47 CFR 52.15, USA)
# What a pile works out by operation, to be worked out anew by spell.
_BY_OPERATION = ("in_operation", "repeated_contacts", "text_spread")


class Spells:
    """The pile with spells in place of operations, and the operation of each spell."""

    def __init__(self, pile: Pile):
        code = spells_of(pile.operation, pile.day)
        self.pile = copy(pile)
        for name in _BY_OPERATION:
            self.pile.__dict__.pop(name, None)
        self.of: Ints = np.zeros(int(code.max(initial=-1)) + 1, dtype=np.int64)
        self.of[code] = pile.operation
        self.pile.operation, self.pile.m = code, len(self.of)
        self.pile.operation_ids = pile.operation_ids[self.of]
        self.pile._sizes = {}
        self.pile.size = np.bincount(code, minlength=self.pile.m).astype(np.int64)

    def strongest(self, found: Iterable[Found]) -> list[Found]:
        """Return what was found in spells as found in their operations: in each the strongest, of equals the first."""
        best: dict[int, Found] = {}
        for one in found:
            operation = int(self.of[one.operation])
            if operation not in best or one.share > best[operation].share:
                best[operation] = Found(operation, one.share, one.evidence, one.adverts)
        return list(best.values())


def spells_of(operation: Ints, day: Ints) -> Ints:
    """Return the spell of each advert, numbered by operation and day; what has no day belongs to the first one."""
    order = order_of(operation, day)
    operation, day = operation[order], day[order]
    rests = np.ones(len(order), dtype=np.bool_)
    rests[1:] = (operation[1:] != operation[:-1]) | ((day[1:] - day[:-1] > REST_DAYS) & (day[:-1] >= 0))
    code = np.empty(len(order), dtype=np.int64)
    code[order] = np.cumsum(rests) - 1
    return code
