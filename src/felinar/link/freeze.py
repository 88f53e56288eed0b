"""Begin an epoch: group its texts, and write down what later texts are compared with (`frozen.py`)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.holders import first_holders
from felinar.kernels.minhash import band_keys
from felinar.kernels.nearest import FEW
from felinar.kernels.shingle import Shingles, of_rows
from felinar.link.candidates import LEAST_SHARED
from felinar.link.distinct import Distinct
from felinar.link.frozen import ALONE, BANDS, BOILERPLATE, HOLDERS, TERMS, TEXTS, Frozen, table_of
from felinar.link.grouping import Medoids, Piled, group_pile, group_rest

Numbers = NDArray[np.int64]
Bools = NDArray[np.bool_]
LOW, WIDE = np.uint64(0xFFFFFFFF), np.uint64(32)


def frozen_of(found: Distinct, *, plain: bool, threads: int) -> Frozen:
    """Return what the epoch freezes that begins with these texts."""
    shingles, weights = found.shingles, np.bincount(found.text_of, minlength=len(found.text_id)).astype(np.int64)
    groups, boilerplate, piled = group_pile(shingles, weights, plain=plain, threads=threads)
    groups = group_rest(shingles, weights, groups, boilerplate.hashes, plain=plain, threads=threads)
    each = np.arange(len(weights))
    medoid = np.where((groups.medoid < 0) & (np.diff(shingles.offsets) >= LEAST_SHARED), each, groups.medoid)
    texts = np.bincount(medoid[medoid >= 0], minlength=len(medoid))  # in the group of each medoid
    in_groups = (medoid >= 0) & (texts[medoid] > 1)
    everybody = np.ones(len(medoid), dtype=np.bool_)
    tables = {
        "text_epoch_texts": _texts(found, medoid, groups, piled),
        "text_epoch_adverts": table_of([found.advert, found.text_of], HOLDERS),
        "text_epoch_boilerplate": table_of(list(boilerplate), BOILERPLATE),
        "text_epoch_member_terms": _terms(piled, everybody, in_groups, whole=False),
    }
    for which, chosen in (("medoid", texts > 1), ("lone", texts == 1)):
        tables[f"text_epoch_{which}_terms"] = _terms(piled, chosen, chosen, whole=True)
        tables[f"text_epoch_{which}_bands"] = _bands(shingles, np.flatnonzero(chosen), plain)
    return Frozen.of(tables)


def _texts(found: Distinct, medoid: Numbers, groups: Medoids, piled: Piled) -> pa.Table:
    """Return a row of TEXTS for each text."""
    first = np.full(len(medoid), np.iinfo(np.int64).max)
    np.minimum.at(first, found.text_of, found.advert)
    has = medoid >= 0
    at = medoid[has]
    smallest = np.full(len(medoid), np.iinfo(np.int64).max)
    np.minimum.at(smallest, at, first[has])
    columns = np.full((2, len(medoid)), ALONE, dtype=np.int64)
    columns[:, has] = smallest[at], first[at]
    rare = np.empty(len(medoid), dtype=np.int64)
    rare[piled.order] = piled.pile.rare.sizes
    similarity = np.where(groups.medoid < 0, 1000, groups.similarity)
    return table_of([found.text_id, found.shingles, rare, medoid, similarity, *columns], TEXTS)


def _terms(piled: Piled, wanted: Bools, asked: Bools, *, whole: bool) -> pa.Table:
    """Return the terms that an asked text holds: how many wanted ones hold each, and which (`first_holders`)."""
    pile, single = piled.pile, piled.single
    starts, texts = pile.holders
    counts, begins = np.zeros(len(starts) - 1, dtype=np.int32), np.zeros(len(starts), dtype=np.int64)
    rows = np.empty(min(len(texts), FEW * len(counts)), dtype=np.int32)
    of_all = starts, texts, piled.order, wanted, asked, FEW, whole, counts, begins, rows
    rows = rows[: pile.run(first_holders, *of_all)]
    kept, own = np.flatnonzero(counts), np.flatnonzero(wanted[single.texts] & asked[single.texts])
    hashes = np.concatenate((pile.numbered.hashes[kept], single.hashes[own]))
    counts = np.concatenate((counts[kept], np.ones(len(own), dtype=np.int32)))
    rows = np.concatenate((rows, single.texts[own]))
    begins = np.cumsum(np.concatenate(([0], np.diff(begins)[kept], np.ones(len(own), dtype=np.int64))))
    order = np.argsort(hashes, kind="stable")
    lists = of_rows(Shingles(begins, rows.view(np.uint32)), order, plain=pile.plain)
    return table_of([hashes[order], counts[order], lists], TERMS)


def _bands(shingles: Shingles, medoids: Numbers, plain: bool) -> pa.Table:
    """Return the band keys of the medoids, band after band in ascending order."""
    keys = band_keys(*of_rows(shingles, medoids, plain=plain), plain=plain).T.astype(np.uint64)
    both = np.sort(keys << WIDE | medoids.astype(np.uint64), axis=1).ravel()
    return table_of([both >> WIDE, both & LOW], BANDS)
