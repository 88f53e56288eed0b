"""How far each key reaches inside each operation: over how many of its adverts, contacts and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from felinar.score.counting import Ints, Ties, count_distinct, join
from felinar.score.sorting import cells_of

if TYPE_CHECKING:
    from felinar.score.pile import Pile


@dataclass(frozen=True)
class Spread:
    """How far each key reaches inside each operation: one position per pair of operation and key.

    `advert` are the adverts that show a key, `cell` the position of each of them.
    """

    operation: Ints
    code: Ints
    adverts: Ints
    contacts: Ints
    names: Ints
    cell: Ints
    advert: Ints


def spread(pile: Pile, ties: Ties) -> Spread:
    """Return for every operation and key how many adverts, contacts and names of the operation show it."""
    cells = cells_of(pile.operation[ties.advert], ties.code)
    inside = Ties(ties.advert, cells.of, [])
    _, with_contact, contact = join(inside, pile.repeated_contacts)
    contacts = Ties(with_contact, contact, pile.contacts.values, pile.contacts.kinds)
    _, with_name, name = join(inside, pile.names)
    return Spread(
        operation=cells.columns[0],
        code=cells.columns[1],
        adverts=cells.rows,
        contacts=pile.count_contacts(with_contact, len(cells), contacts),
        names=count_distinct(with_name, name, len(cells)),
        cell=cells.of,
        advert=ties.advert,
    )
