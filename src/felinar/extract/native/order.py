"""The order of mentions: by text, place and kind, from one pass that counts and short sorts, and last by value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.compile import kernel

_SHORT = 16  # rows that are put in order one by one
_KIND, _SIZE = 6, 25  # bits of a key for the kind, and for how many characters a mention has
Ints = NDArray[Any]


def key_of(start: Ints, end: Ints, kind: Ints) -> NDArray[np.int64]:
    """Return numbers in the order of start, kind and end of mentions of one text; one without a span comes last.

    A kind is a number below 64; of two with one start and one kind the longer one has the larger key.
    """
    first = np.where(start < 0, np.int64(1 << 31), start.astype(np.int64))
    key: NDArray[np.int64] = (first << (_KIND + _SIZE)) | (kind.astype(np.int64) << _SIZE) | (end - start)
    return key


def order_of(text: Ints, key: Ints, texts: int) -> NDArray[np.int64]:
    """Return the stable order by text (below `texts`) and key."""
    begins = np.zeros(texts + 1, dtype=np.int64)
    np.cumsum(np.bincount(text, minlength=texts), out=begins[1:])
    order, spare = np.empty(len(text), dtype=np.int64), np.empty(len(text), dtype=np.int64)
    write_order(text, key, begins, begins[:-1].copy(), order, spare)
    return order


def by_value(order: Ints, text: Ints, key: Ints, value: pa.Array) -> Ints:
    """Return the order with rows of one text and key by their values, characters in the order of their numbers."""
    same = np.flatnonzero((np.diff(text[order]) == 0) & (np.diff(key[order]) == 0))
    if not len(same):
        return order
    equal = np.zeros(len(order), dtype=np.bool_)
    equal[same] = equal[same + 1] = True
    places = np.flatnonzero(equal)
    begins = np.ones(len(order), dtype=np.bool_)
    begins[same + 1] = False
    group = np.cumsum(begins)[places]
    # In UTF-8 strings have the order of their characters.
    word = pc.rank(value.take(pa.array(order[places])), sort_keys="ascending", tiebreaker="dense").to_numpy()
    sorted_ = order.copy()
    sorted_[places] = order[places[np.lexsort((word, group))]]
    return sorted_


@kernel
def write_order(text: Any, key: Any, begins: Any, free: Any, order: Any, spare: Any) -> None:
    """Write the rows by text and key; `free` holds where each text begins, `spare` is room for as many rows."""
    for row in range(len(text)):
        order[free[text[row]]] = row
        free[text[row]] += 1
    for i in range(len(begins) - 1):
        first, last = begins[i], begins[i + 1]
        for run in range(first, last, _SHORT):
            insert_all(key, order, run, min(run + _SHORT, last))
        size = _SHORT
        while size < last - first:
            for run in range(first, last, 2 * size):
                merge(key, order, spare, run, min(run + size, last), min(run + 2 * size, last))
            for k in range(first, last):
                order[k] = spare[k]
            size *= 2


@kernel
def insert_all(key: Any, order: Any, first: Any, last: Any) -> None:
    """Put a few rows in order."""
    for k in range(first + 1, last):
        row = order[k]
        place = k
        while place > first and key[order[place - 1]] > key[row]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = row


@kernel
def merge(key: Any, order: Any, spare: Any, first: Any, middle: Any, last: Any) -> None:
    """Write two runs of rows, `first` to `middle` and on to `last`, as one."""
    left = first
    right = middle
    for k in range(first, last):
        if right == last or (left < middle and key[order[left]] <= key[order[right]]):
            spare[k] = order[left]
            left += 1
        else:
            spare[k] = order[right]
            right += 1
