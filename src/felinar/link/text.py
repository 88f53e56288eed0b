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

from felinar.kernels.among import count_among
from felinar.kernels.shingle import Shingles, of_rows
from felinar.link.assign import assign
from felinar.link.distinct import distinct_texts
from felinar.link.freeze import Keep, as_it_is, frozen_of
from felinar.link.frozen import ALONE
from felinar.link.grouping import Medoids, group_rest, with_equals
from felinar.link.index import TextIndex, joined_rows

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
    tables: Iterable[pa.Table],
    pile: Numbers,
    *,
    before: TextIndex | None = None,
    threads: int = 1,
    keep: Keep = as_it_is,
) -> tuple[pa.Table, TextIndex]:
    """Return the groups of the pile, as `near_duplicates` does, and the index that the next run goes on from.

    `pile`: the ids of all its adverts; the tables hold those of them, at least, that `before` does not know. Each table
    is dropped as soon as it is shingled. Without `before` an epoch begins; each table that it freezes is given to
    `keep` as soon as it is made. Groups that were found when the epoch began keep their group_id and medoid_id, also
    where a smaller advert has joined them. Adverts that are gone from the pile count no more.
    """
    index = begin(tables, threads, keep) if before is None else extend(before, tables, threads)
    return groups_of_index(index, np.sort(pile), threads), index


def begin(tables: Iterable[pa.Table], threads: int, keep: Keep) -> TextIndex:
    """Return the index of a pile at the start of an epoch."""
    found = distinct_texts(tables, threads)
    return TextIndex.begun(frozen_of(found, plain=is_little(found.shingles), threads=threads, keep=keep))


def extend(before: TextIndex, tables: Iterable[pa.Table], threads: int) -> TextIndex:
    """Return the index with the adverts that it did not know; each new text joins a group of the epoch or none."""
    found = distinct_texts((unknown(before, table) for table in tables), threads)
    row = before.row_of(found.text_id)
    new = np.flatnonzero(row < 0)
    row[new] = before.texts + np.arange(len(new))
    plain = is_little(found.shingles)
    asking = of_rows(found.shingles, new, plain=plain)
    medoid, similarity = assign(before.frozen, asking, plain=plain, threads=threads)
    advert, text_of, new_adverts = before.with_adverts(found.advert, row[found.text_of])
    return replace(
        before,
        text_id=np.append(before.text_id, found.text_id[new]),
        shingles=joined_rows(before.shingles, asking),
        medoid=np.append(before.medoid, medoid),
        similarity=np.append(before.similarity, similarity),
        advert=advert,
        text_of=text_of,
        stored_texts=len(before.text_id),
        new_adverts=new_adverts,
    )


def unknown(before: TextIndex, adverts: pa.Table) -> pa.Table:
    """Return the adverts that the index does not know."""
    ids = adverts["advert_id"].to_numpy()
    at = np.searchsorted(before.advert, ids)
    return adverts.filter(pa.array(np.append(before.advert, ALONE)[at] != ids))


def is_little(shingles: Shingles) -> bool:
    """Return whether these texts are sooner done in plain Python than numba is imported."""
    return len(shingles.offsets) - 1 < FEW_TEXTS and len(shingles.hashes) < FEW_SHINGLES


def groups_of_index(index: TextIndex, ids: Numbers, threads: int) -> pa.Table:
    """Return the groups of these adverts: those of the epoch, and those of what `rest_of` gives."""
    frozen = index.frozen
    text_of = index.text_of[np.searchsorted(index.advert, ids)]
    weights = np.bincount(text_of, minlength=index.texts).astype(np.int64)
    nobody = np.full(len(index.medoid), ALONE, dtype=np.int64)
    group_id: Numbers = np.concatenate((frozen.group_id, nobody))
    medoid_id: Numbers = np.concatenate((frozen.medoid_id, nobody))
    medoid: Numbers = np.concatenate((frozen.medoid, index.medoid))
    similarity: Numbers = np.concatenate((frozen.similarity, index.similarity))
    rest = rest_of(index, weights)
    centre, likeness = grouped_rest(index, rest, weights[rest], threads)
    own = centre >= 0
    medoid[rest] = np.where(own, rest[centre], ALONE)
    similarity[rest] = likeness
    first = smallest_advert(text_of, ids, rest, index.texts)
    smallest = np.full(index.texts, np.iinfo(np.int64).max)
    np.minimum.at(smallest, medoid[rest[own]], first[rest[own]])
    group_id[rest], medoid_id[rest] = smallest[rest], first[rest]
    return as_table(ids, medoid[text_of], group_id, medoid_id, similarity[text_of])


def rest_of(index: TextIndex, weights: Numbers) -> Numbers:
    """Return the rows, by text id, of texts that are grouped anew in every run.

    These are the later texts that joined no group of the epoch, those that are most like a text that stood alone, and
    such texts themselves. A later text that no advert carries any more brings none of them back.
    """
    frozen, here = index.frozen, weights > 0
    lone = np.append(frozen.is_lone, True)[index.medoid]  # place -1: no group at all
    asked = np.unique(index.medoid[lone & here[len(frozen.text_id) :] & (index.medoid >= 0)])
    rest = np.concatenate((asked, len(frozen.text_id) + np.flatnonzero(lone)))
    rest = rest[here[rest]]
    rows: Numbers = rest[np.argsort(index.ids_of(rest))]
    return rows


def grouped_rest(index: TextIndex, rows: Numbers, weights: Numbers, threads: int) -> tuple[Numbers, Numbers]:
    """Return the place of each of these texts' medoid among them, -1 where it stays alone, and the similarity."""
    shingles = index.shingles_of(rows, plain=len(rows) < FEW_TEXTS)
    alone = Medoids(np.full(len(rows), -1, dtype=np.int64), np.zeros(len(rows), dtype=np.int64))
    plain = is_little(shingles)
    given = index.frozen.boilerplate
    common = count_among(shingles, given, plain=plain)
    found = group_rest(shingles, weights, alone, given, common, plain=plain, threads=threads)
    centre, similarity, grouped = with_equals(found, weights, shingles)
    return np.where(grouped, centre, -1), similarity


def as_table(ids: Numbers, medoid: Numbers, group_id: Numbers, medoid_id: Numbers, similarity: Numbers) -> pa.Table:
    """Return the table of groups with two adverts or more; `group_id` and `medoid_id` are those of each medoid."""
    members = np.bincount(medoid[medoid >= 0], minlength=len(group_id))
    rows = np.flatnonzero((medoid >= 0) & (members[medoid] > 1)) if len(members) else np.zeros(0, dtype=np.int64)
    at = medoid[rows]
    columns = [ids[rows], group_id[at], medoid_id[at], similarity[rows].astype(np.int32)]
    return pa.table([pa.array(column) for column in columns], schema=NEAR_DUPLICATES)


def smallest_advert(text_of: Numbers, ids: Numbers, rows: Numbers, texts: int) -> Numbers:
    """Return the smallest advert that carries each of these texts, the largest number of all for others."""
    smallest = np.full(texts, np.iinfo(np.int64).max)
    wanted = np.zeros(texts, dtype=np.bool_)
    wanted[rows] = True
    some = np.flatnonzero(wanted[text_of])
    np.minimum.at(smallest, text_of[some], ids[some])
    return smallest
