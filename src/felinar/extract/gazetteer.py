"""The gazetteer: towns and their spellings (GeoNames, CC BY 4.0), made by scripts/build_gazetteer.py."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple


class Place(NamedTuple):
    """One town: `City, CC`, its country and its inhabitants."""

    name: str
    country: str
    population: int


@dataclass(frozen=True)
class Gazetteer:
    """All towns, largest first; `forms` gives for a folded spelling the numbers of its towns, parted by blanks.

    `beginnings` are the first words of spellings of several words: `new` and `new york` for `new york city`.
    """

    places: list[str]
    forms: dict[str, str]
    beginnings: frozenset[str]

    def of_form(self, form: str) -> list[Place]:
        """Return the towns of a folded spelling, largest first."""
        return [self._place(int(number)) for number in self.forms.get(form, "").split()]

    def _place(self, number: int) -> Place:
        name, _, population = self.places[number].partition("\t")
        return Place(name, name[-2:], int(population))


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """Return the gazetteer; it is read once per process, in about 0.2 s."""
    packed = resources.files("felinar.extract").joinpath("data/gazetteer.txt.gz").read_bytes()
    places, _, forms = gzip.decompress(packed).decode().partition("\n\n")
    pairs = forms.replace("\n", "\t").split("\t")
    beginnings: set[str] = set()
    for form in pairs[::2]:
        at = form.find(" ")
        while at >= 0:
            beginnings.add(form[:at])
            at = form.find(" ", at + 1)
    return Gazetteer(places.split("\n"), dict(zip(pairs[::2], pairs[1::2], strict=True)), frozenset(beginnings))
