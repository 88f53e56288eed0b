"""Several names behind one contact, compared with contacts of the same volume."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from felinar.kernels.sorting import values_of
from felinar.score.contract import Found, OperationRule, some, strength
from felinar.score.counting import Groups, Ints, count_distinct, join
from felinar.score.pile import Pile
from felinar.score.sorting import cells_of, order_of
from felinar.score.staying import at_home
from felinar.score.usual import usual_of_size

WINDOW_DAYS = 90  # as the registry says: a working name changes over the years, not three times in a season
LEAST_NAMES = 3  # two working names of one person, or a duo, are ordinary (caveat of the indicator)
USUAL_NAMES = 1  # what holds for nearly everybody: one contact, one name
PER_NAME = 250  # four names more than usual are as strong as it gets
IN_ONE_PLACE = 2  # there a venue and flat-mates look the same: half. The strong sign is many people in many places


def find(pile: Pile) -> Iterator[Found]:
    """Return operations with one contact, else with contacts together, that stand for unusually many names."""
    advert, contact, name = join(pile.contacts, pile.names)
    keep = ~pile.is_job[advert]
    advert, contact, name = advert[keep], contact[keep], name[keep]
    pairs = cells_of(pile.operation[advert], contact)
    seen: set[int] = set()
    halved = np.where(at_home(pile), IN_ONE_PLACE, 1)
    for u, names, usual, rows in _unusual(pile, "one contact", pairs.of, advert, name):
        operation = int(pairs.columns[0][u])
        if operation not in seen:
            seen.add(operation)
            evidence = {
                "contact": pile.contacts.values[int(pairs.columns[1][u])],
                **_numbers(pile, name, rows, names, usual),
            }
            yield Found(
                operation, strength(PER_NAME, names - usual) // halved[operation], evidence, values_of(advert[rows])
            )
    shared = np.flatnonzero(~pile.is_job[pile.names.advert])
    advert, name = pile.names.advert[shared], pile.names.code[shared]
    contacts = pile.count_contacts(pile.operation[pile.contacts.advert], pile.m, pile.contacts)
    for operation, names, usual, rows in _unusual(pile, "all contacts", pile.operation[advert], advert, name):
        # Names spread over rotating contacts: as many names as contacts is what strangers would show too.
        if operation not in seen and names > contacts[operation] > 0:
            evidence = {"contacts": int(contacts[operation]), **_numbers(pile, name, rows, names, usual)}
            yield Found(
                operation,
                strength(PER_NAME, names - usual) // 2 // halved[operation],
                evidence,
                values_of(advert[rows]),
            )


def _unusual(pile: Pile, what: str, unit: Ints, advert: Ints, name: Ints) -> Iterator[tuple[int, int, int, Ints]]:
    """Return (unit, names, usual names, rows) for the units with too many names in a window, most names first."""
    day = np.maximum(pile.day[advert], 0)
    units = int(unit.max(initial=-1)) + 1
    most, volume, window = (np.zeros(units, dtype=np.int64) for _ in range(3))
    buckets = [day // WINDOW_DAYS, (day + WINDOW_DAYS // 2) // WINDOW_DAYS]
    for which, bucket in enumerate(buckets):
        cells = cells_of(unit, bucket)
        of, at = cells.columns
        names, adverts = (count_distinct(cells.of, column, len(cells)) for column in (name, advert))
        order = order_of(names, at)
        better = order[names[order] > most[of[order]]]
        most[of[better]], volume[of[better]] = names[better], adverts[better]
        window[of[better]] = at[better] * 2 + which
    usual = usual_of_size(pile.usual, f"names behind {what}", most, volume, volume > 0, least=USUAL_NAMES)
    by_unit = Groups(unit)
    hits = np.flatnonzero((most >= LEAST_NAMES) & (most > usual))
    for u in hits[order_of(-most[hits], hits)]:
        rows = by_unit.rows(int(u))
        best, which = divmod(int(window[u]), 2)
        yield int(u), int(most[u]), int(usual[u]), rows[buckets[which][rows] == best]


def _numbers(pile: Pile, name: Ints, rows: Ints, names: int, usual: int) -> dict[str, object]:
    examples = some(pile.names.values[c] for c in values_of(name[rows]))
    dated = {"days": WINDOW_DAYS} if pile.dated else {}
    return {"names": names, "usual": usual, "examples": examples, **dated}


RULE = OperationRule("OP_MANY_NAMES_PER_CONTACT", find)
