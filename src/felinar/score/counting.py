"""Counting on integer codes: the few numpy moves from which every indicator is made.

All results are sorted, so that the order of the rows that came in leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.sorting import SMALL, distinct_in_groups, starts_of
from felinar.score.sorting import SPARSE, distinct, order_of, places

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

# An advert with more contacts or names than this is a directory or a trap; all pairs of its values would be millions.
MOST_VALUES = 50


@dataclass(frozen=True)
class Ties:
    """Distinct pairs of an advert (its position in the pile) and a value (its code), sorted by both."""

    advert: Ints
    code: Ints
    values: list[str]
    kinds: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.advert)

    @cached_property
    def by_advert(self) -> Groups:
        """The pairs of each advert."""
        return Groups(self.advert)

    def of_kind(self, kind: str) -> Ties:
        """Return only the pairs whose value is of this kind; codes stay."""
        if not len(self):
            return self
        keep = np.array([k == kind for k in self.kinds], dtype=np.bool_)[self.code]
        return Ties(self.advert[keep], self.code[keep], self.values, self.kinds)

    def counts(self, adverts: int) -> Ints:
        """Return how many distinct values each advert of the pile has."""
        return np.bincount(self.advert, minlength=adverts).astype(np.int64)


class Groups:
    """Rows by a code, a whole number that is not large: `rows(c)` are those of code c in the order of the input."""

    def __init__(self, code: Ints):
        self.order = order_of(code)
        self._starts = starts_of(code, int(code.max(initial=-1)) + 1)

    def rows(self, code: int) -> Ints:
        """Return the positions of the rows that carry this code."""
        return (
            self.order[self._starts[code] : self._starts[code + 1]] if code + 1 < len(self._starts) else self.order[:0]
        )

    def each(self, codes: Ints) -> Iterator[tuple[int, Ints]]:
        """Return each of these codes with the positions of its rows; sooner than asking for one after the other."""
        last = len(self._starts) - 1
        starts, ends = (self._starts[np.minimum(codes + more, last)].tolist() for more in (0, 1))
        for code, start, end in zip(codes.tolist(), starts, ends, strict=True):
            yield code, self.order[start:end]


def code_texts(column: Any) -> tuple[Ints, list[str]]:
    """Return a code per row and the texts in alphabetical order; null counts as the empty text.

    A column that is dictionary-encoded may have texts in its dictionary that no row has: these get no code.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = array if pa.types.is_dictionary(array.type) and not array.null_count else _encoded(array)
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    used = np.flatnonzero(np.bincount(codes, minlength=len(encoded.dictionary)))
    texts = encoded.dictionary.take(pa.array(used))
    order = pc.sort_indices(texts).to_numpy().astype(np.int64)  # by bytes of UTF-8, so by code points as Python does
    rank = np.zeros(len(encoded.dictionary), dtype=np.int64)
    rank[used[order]] = np.arange(len(used))
    return rank[codes], texts.take(pa.array(order)).to_pylist()


def _encoded(array: pa.Array) -> pa.DictionaryArray:
    """Return the texts dictionary-encoded, without null."""
    return pc.fill_null(array.cast(pa.string()), "").dictionary_encode()


def is_text(column: pa.ChunkedArray, text: str) -> Bools:
    """Return which rows hold this text; of a dictionary-encoded column only the numbers are looked at."""
    if not pa.types.is_dictionary(column.type):
        return np.asarray(pc.fill_null(pc.equal(column, text), False).to_numpy(zero_copy_only=False), dtype=np.bool_)
    place = [pc.index(chunk.dictionary, text).as_py() for chunk in column.chunks]
    found = [pc.fill_null(chunk.indices, -2).to_numpy() == at for chunk, at in zip(column.chunks, place, strict=True)]
    return np.concatenate([np.zeros(0, np.bool_), *found])


def count_distinct(group: Ints, value: Ints, groups: int) -> Ints:
    """Return for each group 0 … groups-1 how many distinct values stand beside it."""
    if len(value) < SMALL or value.max() > SPARSE * len(value):
        return np.bincount(distinct(group, value)[0], minlength=groups).astype(np.int64)
    return distinct_in_groups(starts_of(group, groups), value[order_of(group)])


def tie(left: Ints, right: Ints, values: list[str]) -> Ties:
    """Return the distinct pairs as ties, at most `MOST_VALUES` of an advert."""
    advert, code = distinct(left, right)
    few = places(advert) < MOST_VALUES
    return Ties(advert[few], code[few], values)


def join(left: Ties, right: Ties) -> tuple[Ints, Ints, Ints]:
    """Return (advert, left code, right code) for every pair of values that stand on one advert."""
    of_advert = starts_of(right.advert, int(max(left.advert.max(initial=-1), right.advert.max(initial=-1))) + 1)
    starts = of_advert[left.advert]
    lengths = of_advert[left.advert + 1] - starts
    total = int(lengths.sum())
    offsets = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    taken = np.repeat(starts, lengths) + offsets
    return np.repeat(left.advert, lengths), np.repeat(left.code, lengths), right.code[taken]


def median(values: Ints) -> int:
    """Return the lower median of the values, 0 for none; an integer, so that no rounding can differ."""
    return int(np.sort(values)[(len(values) - 1) // 2]) if len(values) else 0
