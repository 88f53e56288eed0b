"""Contact rotation: one operation uses one contact after the other, each for a short time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.score.contract import FULL, Found, OperationRule
from felinar.score.counting import Groups, count_distinct
from felinar.score.pile import CONTACT_KINDS, Pile

LEAST_CONTACTS = 3  # a second number is ordinary: a new contract, a lost telephone
SHORT_DAYS = 14  # as the registry says
LEAST_SPAN_DAYS = 28  # in a pile of two weeks every contact is short; twice that must be seen
LEAST_SHORT_SHARE = 500  # half of the contacts, in thousandths
FULL_AT_CONTACTS = 5


def find(pile: Pile) -> Iterator[Found]:
    """Return operations of four weeks and more in which most of at least three contacts lasted under 14 days.

    Contacts are counted kind by kind, since one person has a number, an address and a handle; the kind with the
    greatest strength counts.
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
    advert, contact = contacts.advert[dated], contacts.code[dated]
    by_operation = Groups(pile.operation[advert])
    several = count_distinct(pile.operation[advert], contact, pile.m) >= LEAST_CONTACTS
    for operation in np.flatnonzero(several).tolist():
        rows = by_operation.rows(operation)
        day = pile.day[advert[rows]]
        span = int(day.max() - day.min()) + 1
        codes, at = np.unique(contact[rows], return_inverse=True)
        first, last = np.full(len(codes), 1 << 40), np.zeros(len(codes), dtype=np.int64)
        np.minimum.at(first, at, day)
        np.maximum.at(last, at, day)
        short = int((last - first < SHORT_DAYS).sum())
        if span >= LEAST_SPAN_DAYS and short * FULL >= LEAST_SHORT_SHARE * len(codes):
            share = short * FULL // len(codes) * min(len(codes), FULL_AT_CONTACTS) // FULL_AT_CONTACTS
            evidence = {"kind": kind, "contacts": len(codes), "short": short, "days": span, "short_days": SHORT_DAYS}
            yield Found(operation, share, evidence, np.unique(advert[rows]))


RULE = OperationRule("OP_MANY_CONTACTS_PER_NAMESET", find)
