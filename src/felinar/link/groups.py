"""Groups of near-duplicate adverts in order, what became of them since the run before, and their texts in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

BLOCK = 20_000  # adverts

Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Grouped(NamedTuple):
    """Groups by ascending id: group i has adverts[bounds[i]:bounds[i + 1]], which ascend."""

    ids: Numbers
    bounds: Numbers
    adverts: Numbers
    medoids: Numbers

    def some(self, chosen: Bools, members: Bools | None = None) -> Grouped:
        """Return these groups, with these of their adverts only."""
        sizes = np.diff(self.bounds)
        rows = np.repeat(chosen, sizes) if members is None else np.repeat(chosen, sizes) & members
        left = np.add.reduceat(rows.astype(np.int64), self.bounds[:-1]) if len(self.ids) else sizes
        bounds = np.concatenate(([0], np.cumsum(left[chosen]))).astype(np.int64)
        return Grouped(self.ids[chosen], bounds, self.adverts[rows], self.medoids[chosen])

    def blocks(self) -> list[Grouped]:
        """Return the groups in blocks of whole groups."""
        block_of = self.bounds[:-1] // BLOCK
        return [self.some(block_of == number) for number in np.unique(block_of)]


def grouped(groups: pa.Table) -> Grouped:
    """Return the groups in order."""
    group, advert, medoid = (groups[name].to_numpy() for name in ("group_id", "advert_id", "medoid_id"))
    by_advert = bool((np.diff(advert) >= 0).all())  # as groups come; then one key less is sorted
    order = np.argsort(group, kind="stable") if by_advert else np.lexsort((advert, group))
    group, advert, medoid = group[order], advert[order], medoid[order]
    firsts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1]))) if len(group) else np.zeros(0, np.int64)
    return Grouped(group[firsts], np.append(firsts, len(group)).astype(np.int64), advert, medoid[firsts])


def compared(now: Grouped, old: Grouped) -> tuple[Bools, Bools, Bools]:
    """Return which groups are as before, which of their adverts are new to them, and which groups are to be looked at
    whole: they lost an advert, or were not there.
    """
    sizes = np.diff(now.bounds)
    old_group = np.repeat(old.ids, np.diff(old.bounds))
    order = np.argsort(old.adverts)
    at = np.minimum(np.searchsorted(old.adverts, now.adverts, sorter=order), max(0, len(order) - 1))
    if not len(order):
        nothing = np.zeros(len(now.ids), dtype=np.bool_)
        return nothing, np.ones(len(now.adverts), dtype=np.bool_), ~nothing
    was = order[at]
    stayed = (old.adverts[was] == now.adverts) & (old_group[was] == np.repeat(now.ids, sizes))
    place = np.minimum(np.searchsorted(old.ids, now.ids), len(old.ids) - 1)
    known = old.ids[place] == now.ids
    staying = np.add.reduceat(stayed.astype(np.int64), now.bounds[:-1]) if len(now.ids) else sizes
    lost = ~known | (staying < np.diff(old.bounds)[place])
    kept = ~lost & (staying == sizes) & (old.medoids[place] == now.medoids)
    return kept, ~stayed, lost


def texts_of_blocks(tables: Iterable[pa.Table], blocks: Sequence[Grouped]) -> list[list[pa.Buffer]]:
    """Return for each block the rows of the tables that hold one of its adverts, packed; no advert is in two blocks.

    The tables are read once, and of each only the rows that a block needs stay, compressed until their turn comes.
    """
    adverts = np.concatenate([np.zeros(0, dtype=np.int64), *(block.adverts for block in blocks)])
    block_of = np.repeat(np.arange(len(blocks)), [len(block.adverts) for block in blocks])
    order = np.argsort(adverts)
    adverts, block_of = adverts[order], block_of[order]
    found: list[list[pa.Buffer]] = [[] for _ in blocks]
    for table in tables:
        ids = table["advert_id"].to_numpy()
        at = np.searchsorted(adverts, ids)
        rows = np.flatnonzero(np.append(adverts, -1)[at] == ids)
        wanted = block_of[at[rows]]
        for number in np.unique(wanted).tolist():
            found[number].append(packed(table.take(pa.array(rows[wanted == number]))))
    return found


def packed(table: pa.Table) -> pa.Buffer:
    """Return the table compressed: texts of one kind, a fifth to a third of their length."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    return sink.getvalue()


def unpacked(table: pa.Buffer) -> pa.Table:
    """Return the table that was packed."""
    return pa.ipc.open_stream(table).read_all()
