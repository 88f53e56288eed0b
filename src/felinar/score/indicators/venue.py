"""Several contacts at one address. A shared flat looks the same, so it weighs little."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from felinar.kernels.sorting import values_of
from felinar.score.contract import Found, OperationRule, strength
from felinar.score.counting import Groups, Ints, code_texts, count_distinct, join, tie
from felinar.score.pile import Pile
from felinar.score.sorting import begins, cells_of, order_of

LEAST_CONTACTS = 3  # two who share a flat have one each
LEAST_ADVERTS = 3
MOST_OPERATIONS = 3  # where more operations stand it is the middle of a town, an office block or a hotel
PER_CONTACT = 300
_GRID = 10_000  # a ten-thousandth of a degree is about ten metres
_WORD = re.compile(r"\w+")


def find(pile: Pile) -> Iterator[Found]:
    """Return operations with one address, stated or by coordinates, at which at least three contacts are reached."""
    venue, names = venues(pile)
    known = np.flatnonzero(venue >= 0)
    full = pile.usual.of("crowded addresses", lambda: _crowded(names, venue[known], pile.operation[known]))
    crowded = np.array([name in full for name in names], dtype=np.bool_)
    at = known[~crowded[venue[known]]] if len(known) else known
    cells = cells_of(pile.operation[at], venue[at])
    _, where, contact = join(tie(at, cells.of, []), pile.repeated_contacts)
    contacts = _most_of_a_kind(pile, where, contact, len(cells))
    operation, where = cells.columns
    adverts, rows = cells.rows, Groups(cells.of)
    wide = np.flatnonzero((contacts >= LEAST_CONTACTS) & (adverts >= LEAST_ADVERTS))
    order = wide[order_of(operation[wide], -contacts[wide], wide)]
    for i in order[begins(operation[order])].tolist():
        evidence = {"venue": names[int(where[i])], "contacts": int(contacts[i]), "adverts": int(adverts[i])}
        share = strength(PER_CONTACT, int(contacts[i]) - LEAST_CONTACTS + 1)
        yield Found(int(operation[i]), share, evidence, values_of(at[rows.rows(i)]))


def _crowded(names: list[str], venue: Ints, operation: Ints) -> dict[str, int]:
    """Return the addresses at which too many operations stand, and how many."""
    stand = count_distinct(venue, operation, len(names))
    return {names[code]: int(stand[code]) for code in np.flatnonzero(stand > MOST_OPERATIONS)}


def _most_of_a_kind(pile: Pile, where: Ints, contact: Ints, cells: int) -> Ints:
    most = np.zeros(cells, dtype=np.int64)
    if len(contact):
        kind = pile.contact_kind[contact]
        for k in np.unique(kind).tolist():
            np.maximum(most, count_distinct(where[kind == k], contact[kind == k], cells), out=most)
    return most


def venues(pile: Pile) -> tuple[Ints, list[str]]:
    """Return a code of each advert's address, -1 for none, and the addresses: stated with a number, else a point."""
    text, texts = code_texts(pile.adverts["place_text"])
    names = sorted({address(value) for value in texts} - {""})
    code_of = {name: code for code, name in enumerate(names)}
    by_text = np.array([code_of.get(address(value), -1) for value in texts], dtype=np.int64)
    venue = by_text[text] if len(texts) else np.full(pile.n, -1, dtype=np.int64)
    at = np.flatnonzero((venue < 0) & ~np.isnan(pile.latitude) & ~np.isnan(pile.longitude))
    grid = [np.round(degrees[at] * _GRID).astype(np.int64) for degrees in (pile.latitude, pile.longitude)]
    points = cells_of(*grid)
    venue[at] = len(names) + points.of
    north, east = (column.tolist() for column in points.columns)
    return venue, names + [f"{n / _GRID}, {e / _GRID}" for n, e in zip(north, east, strict=True)]


def address(text: str) -> str:
    """Return the words of an address in order, folded; empty unless a number stands beside at least one word."""
    words = _WORD.findall(text.casefold())
    numbers = sum(any(c.isdigit() for c in word) for word in words)
    return " ".join(words) if numbers and len(words) - numbers >= 1 else ""


RULE = OperationRule("OP_VENUE_CLUSTER", find)
