"""The gazetteer: towns and their spellings (GeoNames, CC BY 4.0), made by scripts/build_gazetteer.py."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

REMEMBERED = 1 << 16  # words that are looked up come again
_TAB, _LINE_FEED = 0x09, 0x0A


class Place(NamedTuple):
    """One town: `City, CC`, its country and its inhabitants."""

    name: str
    country: str
    population: int


class Forms(Mapping[str, str]):
    """Folded spellings, each with the numbers of its towns, parted by blanks.

    They are looked up in the lines of the file, which are sorted: a dictionary of 300,000 takes a quarter of a second.
    """

    def __init__(self, lines: bytes) -> None:
        content = np.frombuffer(lines, dtype=np.uint8)
        tabs, ends = np.flatnonzero(content == _TAB), np.append(np.flatnonzero(content == _LINE_FEED), len(lines))
        self._lines, self._tabs, self._ends = lines, tabs, ends[: len(tabs)]
        self._starts: NDArray[np.int64] = np.append(0, ends[:-1] + 1)[: len(tabs)]
        self._holds = lru_cache(maxsize=REMEMBERED)(self._is_one)

    def __getitem__(self, form: str) -> str:
        """Return the numbers of the towns of a spelling."""
        if form not in self:
            raise KeyError(form)
        line = self.line(form)
        return self._lines[self._tabs[line] + 1 : self._ends[line]].decode()

    def __contains__(self, form: object) -> bool:
        """Return whether this is a spelling."""
        return self._holds(form)

    def __iter__(self) -> Iterator[str]:
        """Return the spellings in their order."""
        return (self.form(line).decode() for line in range(len(self)))

    def __len__(self) -> int:
        """Return how many spellings there are."""
        return len(self._tabs)

    def form(self, line: int) -> bytes:
        """Return the spelling of a line."""
        return self._lines[self._starts[line] : self._tabs[line]]

    def line(self, form: str) -> int:
        """Return the first line whose spelling does not come before this one."""
        sought, low, high = _bytes(form), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.form(middle) < sought:
                low = middle + 1
            else:
                high = middle
        return low

    def _is_one(self, form: object) -> bool:
        line = self.line(str(form))
        return line < len(self) and self.form(line) == _bytes(str(form))


class Beginnings(Collection[str]):
    """The first words of spellings of several words: `new` and `new york` for `new york city`."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._holds = lru_cache(maxsize=REMEMBERED)(self._is_one)

    def __contains__(self, form: object) -> bool:
        """Return whether a spelling goes on after these words."""
        return self._holds(form)

    def __iter__(self) -> Iterator[str]:
        """Return each of them once."""
        return iter({form[:at] for form in self._forms for at, letter in enumerate(form) if letter == " "})

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self)

    def _is_one(self, form: object) -> bool:
        words = f"{form} "
        line = self._forms.line(words)
        return line < len(self._forms) and self._forms.form(line).startswith(_bytes(words))


def _bytes(form: str) -> bytes:
    return form.encode("utf-8", "surrogatepass")  # a text may hold half a pair


@dataclass(frozen=True)
class Gazetteer:
    """All towns, largest first; `forms` gives for a folded spelling the numbers of its towns, parted by blanks."""

    places: list[str]
    forms: Forms
    beginnings: Beginnings

    def of_form(self, form: str) -> list[Place]:
        """Return the towns of a folded spelling, largest first."""
        return [self._place(int(number)) for number in self.forms.get(form, "").split()]

    def _place(self, number: int) -> Place:
        name, _, population = self.places[number].partition("\t")
        return Place(name, name[-2:], int(population))


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """Return the gazetteer; it is read once per process, in about 0.05 s."""
    packed = resources.files("felinar.extract").joinpath("data/gazetteer.txt.gz").read_bytes()
    places, _, lines = gzip.decompress(packed).partition(b"\n\n")
    forms = Forms(lines)
    return Gazetteer(places.decode().split("\n"), forms, Beginnings(forms))
