"""What a native reader is given about the texts of a page, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.contract import Context
from felinar.extract.native.page import Page
from felinar.extract.native.signs import Signs

FIELDS = ("title", "body", "contact_text", "place_text", "price_text", "url")


class About(NamedTuple):
    """What is known around each text of a page: numbers into FIELDS, `countries` and `languages` (codes, "" none)."""

    field: NDArray[np.int8]
    country: NDArray[np.int32]
    language: NDArray[np.int32]
    countries: tuple[str, ...]
    languages: tuple[str, ...]

    def context(self, text: int) -> Context:
        """Return the same for a plain reader."""
        return Context(
            FIELDS[self.field[text]], self.countries[self.country[text]], "", self.languages[self.language[text]]
        )


class Readings(NamedTuple):
    """Mentions of one kind, in the order of texts and, within a text, in the order of the plain reader.

    `start` and `end` are characters of the original text, -1 for none; the last four are Arrow arrays of strings.
    """

    text: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    confidence: NDArray[np.int32]
    obscured: NDArray[np.bool_]
    value: pa.Array
    display: pa.Array
    region: pa.Array
    evidence: pa.Array

    def numbers(self) -> tuple[NDArray[Any], ...]:
        """Return the first five columns."""
        return self.text, self.start, self.end, self.confidence, self.obscured

    def strings(self) -> tuple[pa.Array, ...]:
        """Return the last four columns."""
        return self.value, self.display, self.region, self.evidence


def empties(rows: int) -> pa.Array:
    """Return so many empty strings."""
    return pa.StringArray.from_buffers(rows, pa.py_buffer(np.zeros(rows + 1, dtype=np.int32)), pa.py_buffer(b""))


# (page, numbers of the texts to read in rising order, about, signs) -> readings, and the texts that are declined.
NativeRead = Callable[[Page, NDArray[np.int32], About, Signs], tuple[Readings, NDArray[np.int32]]]


def about_of(contexts: Sequence[Context]) -> About:
    """Return the same as arrays, for a page whose texts have these contexts."""
    countries = tuple(dict.fromkeys(["", *(c.country for c in contexts)]))
    languages = tuple(dict.fromkeys(["", *(c.language for c in contexts)]))
    return About(
        np.array([FIELDS.index(c.field) for c in contexts], dtype=np.int8),
        np.array([countries.index(c.country) for c in contexts], dtype=np.int32),
        np.array([languages.index(c.language) for c in contexts], dtype=np.int32),
        countries,
        languages,
    )
