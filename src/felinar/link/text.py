"""Near-duplicate adverts: the same text with other slots, a few edits or its sentences in another order.

Shared boilerplate (site footers, safety advice) does not tie texts together: `grouping.py` says how, `index.py` what is
frozen from batch to batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.shingle import Shingles, of_rows
from felinar.link.assign import Frozen, assign
from felinar.link.distinct import distinct_texts
from felinar.link.grouping import Medoids, group_pile, group_rest, with_equals
from felinar.link.index import ALONE, BOILERPLATE, TextIndex, row_of

NEAR_DUPLICATES = pa.schema(
    [("advert_id", pa.int64()), ("group_id", pa.int64()), ("medoid_id", pa.int64()), ("similarity", pa.int32())]
)
FEW_TEXTS, FEW_SHINGLES = 100, 10_000  # less is sooner done in plain Python than numba is imported

Numbers = NDArray[np.int64]
Progress = Callable[[str, int, int], None]


def near_duplicates(adverts: pa.Table, *, threads: int = 1, progress: Progress | None = None) -> pa.Table:
    """Return advert_id, group_id, medoid_id and similarity of the adverts that have a near-duplicate, by advert_id.

    group_id is the smallest advert_id of the group. similarity: thousandths of the shorter text's shingles (three
    words each) that the longer one, advert or medoid, holds too; 1,000 for texts equal but for digits.
    """
    groups, _ = group_adverts(adverts, threads=threads)
    if progress:
        progress("near-duplicates", adverts.num_rows, adverts.num_rows)
    return groups


def group_adverts(
    adverts: pa.Table, *, before: TextIndex | None = None, threads: int = 1
) -> tuple[pa.Table, TextIndex]:
    """Return what `group_tables` does for a pile that is one table."""
    return group_tables([adverts], adverts["advert_id"].to_numpy(), before=before, threads=threads)


def group_tables(
    tables: Iterable[pa.Table], pile: Numbers, *, before: TextIndex | None = None, threads: int = 1
) -> tuple[pa.Table, TextIndex]:
    """Return the groups of the pile, as `near_duplicates` does, and the index that the next run goes on from.

    `pile`: the ids of all its adverts; the tables hold those of them, at least, that `before` does not know. Each table
    is dropped as soon as it is shingled. Without `before` an epoch begins. Groups that were found when the epoch began
    keep their group_id and medoid_id, also where a smaller advert has joined them. Adverts that are gone from the pile
    count no more.
    """
    index = begin(tables, threads) if before is None else extend(before, tables, threads)
    return groups_of_index(index, np.sort(pile), threads), index


def begin(tables: Iterable[pa.Table], threads: int) -> TextIndex:
    """Return the index of a pile at the start of an epoch."""
    text_id, shingles, advert, text_of = distinct_texts(tables, threads)
    weights = np.bincount(text_of, minlength=len(text_id)).astype(np.int64)
    found, boilerplate = group_pile(shingles, weights, plain=is_little(shingles), threads=threads)
    grouped = found.medoid >= 0
    first = smallest_advert(text_of, advert, len(text_id))
    smallest = np.full(len(text_id), np.iinfo(np.int64).max)
    np.minimum.at(smallest, found.medoid[grouped], first[grouped])
    at = found.medoid[grouped]
    columns = np.full((3, len(text_id)), ALONE, dtype=np.int64)
    columns[:, grouped] = smallest[at], first[at], text_id[at]
    return TextIndex(
        text_id=text_id,
        shingles=shingles,
        group_id=columns[0],
        medoid_id=columns[1],
        medoid_text=columns[2],
        similarity=found.similarity,
        frozen=np.ones(len(text_id), dtype=np.bool_),
        advert=advert,
        text_of=text_of,
        boilerplate=pa.table([pa.array(column) for column in boilerplate], schema=BOILERPLATE),
    )


def extend(before: TextIndex, tables: Iterable[pa.Table], threads: int) -> TextIndex:
    """Return the index with the adverts that it did not know; each new text joins a group of the epoch or none."""
    found = distinct_texts((unknown(before, table) for table in tables), threads)
    known = row_of(before.text_id, found.text_id)
    new = np.flatnonzero(known < 0)
    plain = is_little(found.shingles) and len(before.text_id) < FEW_TEXTS
    asking = of_rows(found.shingles, new, plain=plain)
    row, similarity = assign(frozen_part(before), asking, plain=plain)
    joins = row >= 0
    source = np.flatnonzero(before.frozen)[row[joins]]

    def column(old: Numbers) -> Numbers:
        answer = np.full(len(new), ALONE, dtype=np.int64)
        answer[joins] = old[source]
        return np.append(old, answer)

    known[new] = len(before.text_id) + np.arange(len(new))
    advert = np.append(before.advert, found.advert)
    order = np.argsort(advert)
    return replace(
        before,
        text_id=np.append(before.text_id, found.text_id[new]),
        shingles=joined_rows(before.shingles, asking),
        group_id=column(before.group_id),
        medoid_id=column(before.medoid_id),
        medoid_text=column(before.medoid_text),
        similarity=np.append(before.similarity, similarity),
        frozen=np.append(before.frozen, np.zeros(len(new), dtype=np.bool_)),
        advert=advert[order],
        text_of=np.append(before.text_of, known[found.text_of])[order],
        stored_texts=len(before.text_id),
        new_adverts=np.flatnonzero(order >= len(before.advert)),
    )


def unknown(before: TextIndex, adverts: pa.Table) -> pa.Table:
    """Return the adverts that the index does not know."""
    ids = adverts["advert_id"].to_numpy()
    at = np.searchsorted(before.advert, ids)
    return adverts.filter(pa.array(np.append(before.advert, ALONE)[at] != ids))


def is_little(shingles: Shingles) -> bool:
    """Return whether these texts are sooner done in plain Python than numba is imported."""
    return len(shingles.offsets) - 1 < FEW_TEXTS and len(shingles.hashes) < FEW_SHINGLES


def frozen_part(index: TextIndex) -> Frozen:
    """Return what the epoch froze: the texts that the pile held when it began."""
    rows = np.flatnonzero(index.frozen)
    medoid = row_of(index.text_id[rows], index.medoid_text[rows])
    medoid[index.group_id[rows] == ALONE] = ALONE
    return Frozen(of_rows(index.shingles, rows), medoid, index.boilerplate["shingle"].to_numpy())


def groups_of_index(index: TextIndex, ids: Numbers, threads: int) -> pa.Table:
    """Return the groups of these adverts: those of the epoch, and what the texts without one make among themselves."""
    text_of = index.text_of[np.searchsorted(index.advert, ids)]
    weights = np.bincount(text_of, minlength=len(index.text_id)).astype(np.int64)
    rest = np.flatnonzero((weights > 0) & (index.group_id == ALONE))
    rest = rest[np.argsort(index.text_id[rest])]
    shingles = of_rows(index.shingles, rest, plain=len(rest) < FEW_TEXTS)
    alone = Medoids(np.full(len(rest), -1, dtype=np.int64), np.zeros(len(rest), dtype=np.int64))
    common = index.boilerplate["shingle"].to_numpy()
    found = group_rest(shingles, weights[rest], alone, common, plain=is_little(shingles), threads=threads)
    centre, similarity, grouped = with_equals(found, weights[rest], shingles)
    first = smallest_advert(text_of, ids, len(index.text_id))
    smallest = np.full(len(index.text_id), np.iinfo(np.int64).max)
    np.minimum.at(smallest, rest[centre], first[rest])
    group, medoid, likeness = index.group_id.copy(), index.medoid_id.copy(), index.similarity.copy()
    keep = rest[grouped]
    group[keep], medoid[keep] = smallest[rest[centre[grouped]]], first[rest[centre[grouped]]]
    likeness[keep] = similarity[grouped]
    return as_table(ids, group[text_of], medoid[text_of], likeness[text_of])


def as_table(ids: Numbers, group: Numbers, medoid: Numbers, similarity: Numbers) -> pa.Table:
    """Return the table of groups with two adverts or more."""
    ordered = np.sort(group)
    members = np.searchsorted(ordered, group, side="right") - np.searchsorted(ordered, group)
    rows = np.flatnonzero((group != ALONE) & (members > 1))
    columns = [ids[rows], group[rows], medoid[rows], similarity[rows].astype(np.int32)]
    return pa.table([pa.array(column) for column in columns], schema=NEAR_DUPLICATES)


def smallest_advert(text_of: Numbers, ids: Numbers, texts: int) -> Numbers:
    """Return the smallest advert that carries each text, the largest number of all where none does."""
    first = np.full(texts, np.iinfo(np.int64).max)
    np.minimum.at(first, text_of, ids)
    return first


def joined_rows(left: Shingles, right: Shingles) -> Shingles:
    """Return the shingles of the texts of both."""
    offsets = np.concatenate((left.offsets, left.offsets[-1] + right.offsets[1:]))
    return Shingles(offsets, np.concatenate((left.hashes, right.hashes)))
