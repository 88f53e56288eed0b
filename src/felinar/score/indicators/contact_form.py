"""What one service advert shows of its contact, its people and its text."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from felinar.score.contract import AdvertRule
from felinar.score.counting import Bools
from felinar.score.pile import CONTACT_KINDS, NO_TIME, Pile
from felinar.score.sorting import order_of, places

SEVERAL_NAMES = 2


def obscured(pile: Pile) -> Bools:
    """Return the adverts whose telephone number, address or handle was written in a disguised way."""
    shown = np.zeros(pile.n, dtype=np.bool_)
    for kind in CONTACT_KINDS:
        marked = pc.fill_null(pile.mention_rows(kind)["obscured"], False)
        shown |= pile.shows(kind, marked.to_numpy())
    return shown


def several_persons(pile: Pile) -> Bools:
    """Return the adverts that give two first names or more."""
    return pile.names.counts(pile.n) >= SEVERAL_NAMES


def copied(pile: Pile) -> Bools:
    """Return adverts whose text an unrelated operation had posted on an earlier day; the older one is never marked."""
    ties = pile.texts
    dated = pile.day[ties.advert] != NO_TIME
    advert, text = ties.advert[dated], ties.code[dated]
    shown = np.zeros(pile.n, dtype=np.bool_)
    order = order_of(text, pile.day[advert], advert)
    advert, text = advert[order], text[order]
    if not len(text):
        return shown
    first = advert[np.arange(len(text)) - places(text)]  # the earliest advert of each text
    later = pile.day[advert] > pile.day[first]
    shown[advert[later & (pile.operation[advert] != pile.operation[first])]] = True
    return shown


OBSCURED = AdvertRule("ADV_OBSCURED_CONTACT", obscured)
SEVERAL = AdvertRule("ADV_MULTI_PERSON", several_persons)
COPIED = AdvertRule("ADV_COPIED_TEXT", copied)
