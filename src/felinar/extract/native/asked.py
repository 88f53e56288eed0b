"""A page that is asked for the patterns of one reader, many places at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.native.machine import NONE, Matches, matches
from felinar.extract.native.page import Page, original_of
from felinar.extract.native.patterns import Book
from felinar.extract.native.readings import Readings
from felinar.extract.native.rows import raw_of
from felinar.kernels.compile import Kernel

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
# What a native reader gives back.
Result = tuple[Readings, NDArray[np.int32]]


class Asked:
    """Places are folded characters of the page; `plain` runs without numba."""

    def __init__(self, page: Page, book: Book, plain: bool) -> None:
        self.page, self.book, self.plain = page, book, plain

    def form(self, kernel: Kernel[..., Any]) -> Any:
        """Return a kernel as it is to be run here."""
        return kernel.plain if self.plain else kernel

    def match(self, pattern: int, lo: Ints, hi: Ints, at: Ints | None = None, *, last: Ints | None = None) -> Matches:
        """Return the match of a pattern in each stretch lo to hi that begins at `at`, or the first (see `matches`)."""
        page = self.page
        return matches(self.book, pattern, page.folded, page.kinds, lo, hi, at, last=last, plain=self.plain)

    def there(self, pattern: int, lo: Ints, hi: Ints, at: Ints | None = None) -> Flags:
        """Return whether there is such a match."""
        found: Flags = self.match(pattern, lo, hi, at).end != NONE
        return found

    def with_match(self, pattern: int, texts: Any) -> Any:
        """Return those of the texts in which the pattern is found."""
        return texts[self.there(pattern, self.page.at[texts], self.page.at[texts + 1])]

    def is_any(self, place: Ints, hi: Ints, codes: Any) -> Flags:
        """Return whether one of these characters stands at each place."""
        inside = place < hi
        return inside & np.isin(self.page.folded[np.where(inside, place, 0)], codes)

    def is_kind(self, place: Ints, hi: Ints, kind: int) -> Flags:
        """Return whether a character of a kind (bits of `native/characters.py`) stands at each place."""
        inside = place < hi
        return inside & ((self.page.kinds[np.where(inside, place, 0)] & kind) > 0)


def no_readings() -> Readings:
    """Return the readings of texts in which nothing was found."""
    number, flag, string = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_), pa.array([], pa.string())
    return Readings(number, number, number, number, flag, string, string, string, string)


def written(page: Page, text: NDArray[np.int32], start: Any, end: Any, plain: bool) -> pa.Array:
    """Return these stretches of the original texts."""
    if not plain:
        return raw_of(page, text, start.astype(np.int32), end.astype(np.int32))
    stretches = zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
    return pa.array([original_of(page, t)[a:b] for t, a, b in stretches], pa.string())


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return the different numbers among these, in rising order; `np.unique` takes a hash table's time for that."""
    ordered = np.sort(values)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]


def crowded(texts: NDArray[Any], most: int) -> NDArray[np.int32]:
    """Return the texts that occur here more often than `most` times, in rising order."""
    if len(texts) <= most:
        return np.zeros(0, dtype=np.int32)
    return np.flatnonzero(np.bincount(texts) > most).astype(np.int32)


def string_of(codes: NDArray[np.uint32]) -> str:
    """Return code points as a string."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")
