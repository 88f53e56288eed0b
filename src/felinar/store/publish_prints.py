"""A number for all rows of a thing together, by which it is seen whether they are the rows that are published.

| table                              | a print for each |
|------------------------------------|------------------|
| memberships, slot_values, links    | advert           |
| keys                               | key              |
| operations, hits                   | operation        |
| templates                          | template         |

A row's number mixes its published columns; a print is the sum over the rows, so their order says nothing, and what
several files hold of a thing adds up. Two different sets of rows share a print once in 2**64 times.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.shingle import hash_slices

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
_FEW = 100  # rows under which nothing is worth a compiler's start
_STEP, _NULL = np.uint64(0x9E3779B97F4A7C15), np.uint64(0x2545F4914F6CDD1D)
_ONE, _TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31 = np.uint64(30), np.uint64(27), np.uint64(31)


class Prints(NamedTuple):
    """The ids of things, ascending, and the print of each."""

    ids: Ints
    sums: Hashes


def prints_of(ids: Ints, table: pa.Table) -> Prints:
    """Return a print for each id of the rows that have it, whatever their order; `ids` has one for each row."""
    return _summed(ids, _of_rows(table))


def changed(before: Sequence[Prints], now: Sequence[Prints]) -> Ints:
    """Return the ids, ascending, whose rows differ: other ones, more of them, or none any more."""
    zero = np.uint64(0)
    ids = [np.empty(0, np.int64), *(one.ids for one in (*now, *before))]
    sums = [np.empty(0, np.uint64), *(one.sums for one in now), *(zero - one.sums for one in before)]
    left = _summed(np.concatenate(ids), np.concatenate(sums))
    differing: Ints = left.ids[left.sums != zero]
    return differing


def _summed(ids: Ints, hashes: Hashes) -> Prints:
    """Return the sum of the hashes of each id."""
    if not len(ids):
        return Prints(ids, hashes)
    if not (ids[1:] >= ids[:-1]).all():
        order = np.argsort(ids, kind="stable")
        ids, hashes = ids[order], hashes[order]
    firsts = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]]))
    return Prints(ids[firsts], np.add.reduceat(hashes, firsts))


def _of_rows(table: pa.Table) -> Hashes:
    """Return a hash of each row."""
    whole = np.full(table.num_rows, _STEP)
    for number, name in enumerate(table.column_names, start=1):
        whole += _mixed(_of_values(table[name].combine_chunks()) + _times(number))
    return _mixed(whole)


def _of_values(values: pa.Array) -> Hashes:
    """Return a hash of each value; null is a value too."""
    if isinstance(values, pa.ChunkedArray):  # what `combine_chunks` makes of a column without rows
        values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
    found = _of_known(values)
    if values.null_count:
        found[values.is_null().to_numpy(zero_copy_only=False)] = _NULL
    return found


def _of_known(values: pa.Array) -> Hashes:
    kind = values.type
    if pa.types.is_list(kind):
        return _of_lists(values)
    if pa.types.is_struct(kind):
        return _of_rows(pa.table(values.flatten(), names=[str(i) for i in range(kind.num_fields)]))
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        return _of_texts(values)
    numbers = pc.cast(values, pa.int8() if pa.types.is_boolean(kind) else kind)
    whole = pc.fill_null(pc.cast(numbers, pa.int64()), 0).to_numpy()
    return _mixed(whole.astype(np.int64).view(np.uint64))


def _of_texts(values: pa.Array) -> Hashes:
    large = values.cast(pa.large_binary())
    _, offsets, data = large.buffers()
    bounds = np.frombuffer(offsets, np.int64)[large.offset : large.offset + len(large) + 1]
    content = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return hash_slices(content, bounds, plain=len(values) < _FEW)


def _of_lists(values: pa.Array) -> Hashes:
    """Return a hash of each list, of its values in their order."""
    lengths = pc.fill_null(pc.list_value_length(values), 0).to_numpy().astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    places = np.arange(ends[-1]) - np.repeat(ends[:-1], lengths)
    inner = _mixed(_of_values(values.flatten()) + places.astype(np.uint64) * _STEP)
    running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(inner, dtype=np.uint64)])
    return _mixed(running[ends[1:]] - running[ends[:-1]] + lengths.astype(np.uint64))


def _times(number: int) -> np.uint64:
    return np.uint64(number * int(_STEP) & 0xFFFF_FFFF_FFFF_FFFF)


def _mixed(numbers: Hashes) -> Hashes:
    """Return each number with its bits mixed (SplitMix64, public domain)."""
    mixed = (numbers ^ (numbers >> _30)) * _ONE
    mixed = (mixed ^ (mixed >> _27)) * _TWO
    return mixed ^ (mixed >> _31)
