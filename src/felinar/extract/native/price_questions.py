"""The questions that prices put to a page, many places at once: patterns and words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.extract import price
from felinar.extract.native.asked import Asked
from felinar.extract.native.lookup import words_at
from felinar.extract.native.page import Page
from felinar.extract.native.patterns import Book, book_of
from felinar.extract.native.price_tables import tables
from felinar.kernels.kept_tables import kept_table

# The patterns by their numbers in the book.
PATTERNS = (
    price._LOOSE_NUMBER, price._SUFFIX, price._THOUSAND, price._RANGE, price._BETWEEN,
    price._AND, price._UNIT, price._BARE_UNIT, price._BARE_HOUR, price._UNIT_BEFORE, price._MILLIONS, price._WEIGHT,
)  # fmt: skip
LOOSE, SUFFIX, THOUSAND, RANGE, BETWEEN = range(5)
AND, UNIT, BARE, HOUR, UNIT_BEFORE, MILLIONS, WEIGHT = range(5, len(PATTERNS))
Ints = NDArray[np.int64]


@kept_table
def book() -> Book:
    """Return the patterns of prices as a book."""
    return book_of(PATTERNS)


class PricesAsked(Asked):
    """A page that is asked for prices; places are folded characters of the page."""

    def __init__(self, page: Page, plain: bool) -> None:
        super().__init__(page, book(), plain)

    def money(self, start: Ints, end: Ints) -> Ints:
        """Return the words of money."""
        return words_at(self.page, tables().money, start, end, plain=self.plain)

    def units(self, start: Ints, end: Ints) -> Ints:
        """Return the units of time that words stand for."""
        return tables().unit[words_at(self.page, tables().time, start, end, plain=self.plain)]
