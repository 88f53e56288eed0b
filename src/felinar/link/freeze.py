"""Begin an epoch: group its texts, and write down what later texts are compared with (`frozen.py`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.holders import few_holders, first_holders
from felinar.kernels.minhash import band_keys
from felinar.kernels.nearest import FEW
from felinar.kernels.numbering import Single
from felinar.kernels.ranges import in_blocks
from felinar.kernels.shingle import Shingles, of_rows
from felinar.link.candidates import LEAST_SHARED, Postings
from felinar.link.distinct import Distinct
from felinar.link.frozen import ALONE, BANDS, BOILERPLATE, HOLDERS, TERMS, TEXTS, Frozen, Places, table_of
from felinar.link.grouping import Medoids, group_pile, group_rest

Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]
Keep = Callable[[str, pa.Table], pa.Table]  # a table by name to the same table, read from where it was put
LOW, WIDE = np.uint64(0xFFFFFFFF), np.uint64(32)


def as_it_is(name: str, table: pa.Table) -> pa.Table:
    """Return the table: it stays in memory."""
    return table


class Posted(NamedTuple):
    """Who holds each shingle: the texts of a pile for those that two texts hold, the row of a text of each pile's text,
    and the single holders of all others.
    """

    hashes: NDArray[np.uint32]
    holders: Postings
    order: Numbers
    single: Single


def frozen_of(found: Distinct, *, plain: bool, threads: int, keep: Keep = as_it_is) -> Frozen:
    """Return what the epoch freezes that begins with these texts; its tables are what `keep` makes of them."""
    shingles, weights = found.shingles, np.bincount(found.text_of, minlength=len(found.text_id)).astype(np.int64)
    groups, boilerplate, piled = group_pile(shingles, weights, plain=plain, singles=True, threads=threads)
    posted = Posted(piled.pile.numbered.hashes, piled.pile.holders, piled.order, piled.single)
    common = piled.common
    del piled  # the largest thing in memory
    groups = group_rest(shingles, weights, groups, boilerplate.hashes, common, plain=plain, threads=threads)
    each = np.arange(len(weights))
    medoid = np.where((groups.medoid < 0) & (np.diff(shingles.offsets) >= LEAST_SHARED), each, groups.medoid)
    texts = np.bincount(medoid[medoid >= 0], minlength=len(medoid))  # in the group of each medoid
    in_groups, of_groups, lone = (medoid >= 0) & (texts[medoid] > 1), texts > 1, texts == 1
    make: dict[str, Callable[[], pa.Table]] = {
        "text_epoch_texts": lambda: _texts(found, medoid, groups, np.diff(shingles.offsets) - common),
        "text_epoch_lone_bands": lambda: _bands(shingles, np.flatnonzero(lone), plain),
        "text_epoch_lone_terms": lambda: _few(posted, lone, plain),
        "text_epoch_medoid_bands": lambda: _bands(shingles, np.flatnonzero(of_groups), plain),
        "text_epoch_medoid_terms": lambda: _few(posted, of_groups, plain),
        "text_epoch_member_terms": lambda: _first(posted, in_groups, plain),
        "text_epoch_adverts": lambda: table_of([found.advert, found.text_of], HOLDERS),
        "text_epoch_boilerplate": lambda: table_of(list(boilerplate), BOILERPLATE),
    }
    names = list(make)
    kept = in_blocks(len(names), 1, threads, lambda at, _: keep(names[at], make[names[at]]()))
    return Frozen.of(dict(zip(names, kept, strict=True)))


def _texts(found: Distinct, medoid: Numbers, groups: Medoids, rare: Numbers) -> pa.Table:
    """Return a row of TEXTS for each text."""
    first = np.full(len(medoid), np.iinfo(np.int64).max)
    np.minimum.at(first, found.text_of, found.advert)
    has = medoid >= 0
    at = medoid[has]
    smallest = np.full(len(medoid), np.iinfo(np.int64).max)
    np.minimum.at(smallest, at, first[has])
    columns = np.full((2, len(medoid)), ALONE, dtype=np.int64)
    columns[:, has] = smallest[at], first[at]
    similarity = np.where(groups.medoid < 0, 1000, groups.similarity)
    return table_of([found.text_id, found.shingles, rare, medoid, similarity, *columns], TEXTS)


def _few(posted: Posted, wanted: Bools, plain: bool) -> pa.Table:
    """Return the terms that few of the wanted texts hold, with all of these."""
    starts, texts = posted.holders
    counts, rows = np.zeros(len(starts) - 1, dtype=np.int32), np.empty(_room(posted), dtype=np.int32)
    run = few_holders.plain if plain else few_holders
    rows = rows[: run(starts, texts, posted.order, wanted[posted.order], FEW, counts, rows)]
    return _terms(posted, counts, rows, wanted, plain)


def _first(posted: Posted, asked: Bools, plain: bool) -> pa.Table:
    """Return the terms that an asked text holds, how many texts of all hold each, and the first of these."""
    starts, texts = posted.holders
    counts, rows = np.zeros(len(starts) - 1, dtype=np.int32), np.empty(_room(posted), dtype=np.int32)
    run = first_holders.plain if plain else first_holders
    rows = rows[: run(starts, texts, posted.order, asked[posted.order], FEW, counts, rows)]
    return _terms(posted, counts, rows, asked, plain)


def _room(posted: Posted) -> int:
    """Return how many rows are written at most."""
    return min(len(posted.holders.texts), FEW * len(posted.hashes))


def _terms(posted: Posted, counts: Places, rows: Places, wanted: Bools, plain: bool) -> pa.Table:
    """Return a row of TERMS for each term that has a count, and for those that one wanted text alone holds."""
    single, kept = posted.single, np.flatnonzero(counts)
    own = np.flatnonzero(wanted[single.texts])
    hashes = np.concatenate((posted.hashes[kept], single.hashes[own]))
    counts = np.concatenate((counts[kept], np.ones(len(own), dtype=np.int32)))
    begins = np.concatenate(([0], np.cumsum(np.minimum(counts, FEW)))).astype(np.int64)
    order = np.argsort(hashes, kind="stable")
    lists = Shingles(begins, np.concatenate((rows, single.texts[own])).view(np.uint32))
    return table_of([hashes[order], counts[order], of_rows(lists, order, plain=plain)], TERMS)


def _bands(shingles: Shingles, medoids: Numbers, plain: bool) -> pa.Table:
    """Return the band keys of the medoids, band after band in ascending order."""
    keys = band_keys(*of_rows(shingles, medoids, plain=plain), plain=plain).T.astype(np.uint64)
    both = np.sort(keys << WIDE | medoids.astype(np.uint64), axis=1).ravel()
    return table_of([both >> WIDE, both & LOW], BANDS)
