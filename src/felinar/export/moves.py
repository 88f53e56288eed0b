"""Where the adverts of an operation were posted, and in which order a contact turned up in one place after another.

A move is the next day on which a contact names one other place. A day on which it names several places has no order:
it is counted, and the chain begins anew behind it. Nobody has to have travelled: adverts move, not persons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from felinar.store.published import Row


@dataclass(frozen=True)
class Place:
    """A place that adverts name, with the first and the last day (empty where no advert has one)."""

    name: str
    adverts: int
    first: str
    last: str


@dataclass
class Move:
    """From one place to another: on which days, by which contacts."""

    start: str
    end: str
    days: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)


def places(rows: Iterable[Row]) -> list[Place]:
    """Return the places that these adverts (`place`, `posted_at`) name, most adverts first, then by name."""
    days: dict[str, list[str]] = {}
    for row in rows:
        if row["place"]:
            days.setdefault(row["place"], []).append((row["posted_at"] or "")[:10])
    found = [_place(name, of) for name, of in days.items()]
    return sorted(found, key=lambda place: (-place.adverts, place.name))


def _place(name: str, days: list[str]) -> Place:
    known = sorted(filter(None, days))
    return Place(name, len(days), known[0] if known else "", known[-1] if known else "")


def moves(contacts: Iterable[tuple[str, Iterable[Row]]]) -> tuple[list[Move], int]:
    """Return the moves of these contacts (label, adverts), and on how many days one was in several places at once.

    The moves come in the order of their first days, then by place.
    """
    found: dict[tuple[str, str], Move] = {}
    at_once = 0
    for label, rows in contacts:
        at = ""
        for day, names in _days(rows):
            at_once += len(names) > 1
            here = names[0] if len(names) == 1 else ""
            if at and here and here != at:
                move = found.setdefault((at, here), Move(at, here))
                move.days.append(day)
                if label not in move.contacts:
                    move.contacts.append(label)
            at = here
    for move in found.values():
        move.days.sort()
    return sorted(found.values(), key=lambda move: (move.days[0], move.start, move.end)), at_once


def _days(rows: Iterable[Row]) -> list[tuple[str, list[str]]]:
    """Return the days on which adverts name places, in order, each with the places."""
    seen = sorted({(row["posted_at"][:10], row["place"]) for row in rows if row["posted_at"] and row["place"]})
    return [(day, [name for _, name in group]) for day, group in groupby(seen, key=lambda pair: pair[0])]
