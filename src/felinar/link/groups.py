"""Groups of near-duplicate adverts in order, what became of them since the run before, and their texts in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.sorting import places_among

BLOCK = 20_000  # adverts
NOWHERE = -1  # no group, no medoid

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
    return _in_order(*_columns(groups))


def _columns(groups: pa.Table) -> tuple[Numbers, Numbers, Numbers]:
    """Return the ids of adverts, which ascend, and the group and the medoid of each."""
    advert, group, medoid = (groups[name].to_numpy() for name in ("advert_id", "group_id", "medoid_id"))
    if not (np.diff(advert) >= 0).all():  # as groups come, they ascend
        order = np.argsort(advert, kind="stable")
        advert, group, medoid = advert[order], group[order], medoid[order]
    return advert, group, medoid


def _in_order(advert: Numbers, group: Numbers, medoid: Numbers) -> Grouped:
    order = np.argsort(group, kind="stable")
    group, advert, medoid = group[order], advert[order], medoid[order]
    firsts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1]))) if len(group) else np.zeros(0, np.int64)
    return Grouped(group[firsts], np.append(firsts, len(group)).astype(np.int64), advert, medoid[firsts])


class Changed(NamedTuple):
    """The groups that are other than in the run before: they got or lost adverts, have another medoid, or are new.

    `is_new` says which of their adverts are new to them, `whole` which groups are to be looked at whole: they lost an
    advert or are new. `ids`, which ascend, are those of all groups that changed, of such that are no more, too.
    """

    groups: Grouped
    is_new: Bools
    whole: Bools
    ids: Numbers


def changed(now: pa.Table, old: pa.Table) -> Changed:
    """Return which groups changed; the others are not put into order, nor anything else done with them."""
    advert, group, medoid = _columns(now)
    was_advert, was_group, was_medoid = _columns(old)
    at = places_among(was_advert, advert)
    stayed = np.append(was_group, NOWHERE)[at] == group
    same = stayed & (np.append(was_medoid, NOWHERE)[at] == medoid)
    left = np.ones(len(was_group), dtype=np.bool_)
    left[at[stayed]] = False
    ids = np.unique(np.concatenate((group[~same], was_group[left])))
    rows = among(group, ids)
    some = _in_order(advert[rows], group[rows], medoid[rows])
    is_new = places_among(advert[~stayed], some.adverts) >= 0
    staying = np.add.reduceat((~is_new).astype(np.int64), some.bounds[:-1]) if len(some.ids) else some.ids
    return Changed(some, is_new, among(some.ids, was_group[left]) | (staying == 0), ids)


def among(ids: Numbers, asked: Numbers) -> Bools:
    """Return which ids are among the asked ones."""
    found: Bools = pc.is_in(pa.array(ids), pa.array(asked)).to_numpy(zero_copy_only=False)
    return found


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
