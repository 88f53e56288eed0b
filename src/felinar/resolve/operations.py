"""Describe each operation: how many adverts, from when to when, which places and names most of them show."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.sorting import numbered, order_by, starts_of
from felinar.tables import TIME

MOST_NAMED = 12
LEAST_CONFIDENCE = 50
KINDS = ("place", "name")
COLUMNS = ["advert_id", "posted_at"]  # of the adverts
NEVER = np.iinfo(np.int64).max

Codes = npt.NDArray[np.int64]


class _Shown(NamedTuple):
    """What adverts show, a row each: the advert, 0 for a place or 1 for a name, and the text's number; texts ascend."""

    advert: Codes
    kind: Codes
    text: Codes
    texts: pa.Array


def describe(adverts: pa.Table, mentions: pa.Table, memberships: pa.Table) -> pa.Table:
    """Return operation_id, adverts, first_seen, last_seen, places and names, in the order of the ids.

    Places and names are those that most adverts show, at most twelve of each; ties by their spelling.
    """
    advert_ids = memberships["advert_id"].to_numpy()
    order = np.argsort(advert_ids)
    ids, operation = numbered(memberships["operation_id"].to_numpy()[order])
    advert_ids = advert_ids[order]
    times = _times(adverts, advert_ids, operation, len(ids))
    shown = _shown(mentions, advert_ids)
    lists = (_named(shown, kind, operation, len(ids)) for kind in range(len(KINDS)))
    columns = [ids, np.bincount(operation, minlength=len(ids)), *times, *lists]
    names = ["operation_id", "adverts", "first_seen", "last_seen", "places", "names"]
    return pa.table(columns, names=names)


def _times(adverts: pa.Table, advert_ids: Codes, operation: Codes, count: int) -> tuple[pa.Array, pa.Array]:
    """Return when the first and the last advert of each operation was posted; null where none says."""
    posted = adverts["posted_at"].combine_chunks().cast(TIME)
    known = posted.is_valid().to_numpy(zero_copy_only=False)
    owner = operation[np.searchsorted(advert_ids, adverts["advert_id"].to_numpy()[known])]
    time = posted.drop_null().cast(pa.int64()).to_numpy()
    first, last = np.full(count, NEVER), np.full(count, -NEVER)
    np.minimum.at(first, owner, time)
    np.maximum.at(last, owner, time)
    nobody = pa.array(first == NEVER)
    never = pa.scalar(None, pa.int64())
    early, late = (pc.if_else(nobody, never, pa.array(column)).cast(TIME) for column in (first, last))
    return early, late


def _shown(mentions: pa.Table, advert_ids: Codes) -> _Shown:
    """Return the places and names that these adverts surely show, each as it is displayed."""
    kind, kinds = _coded(mentions["kind"])
    wanted = pc.fill_null(pc.index_in(kinds, pa.array(KINDS)), -1).to_numpy()[kind]
    advert = mentions["advert_id"].to_numpy()
    at = np.searchsorted(advert_ids, advert)
    known = (wanted >= 0) & (np.append(advert_ids, -1)[at] == advert)
    rows = np.flatnonzero(known & (mentions["confidence"].to_numpy() >= LEAST_CONFIDENCE))
    (display, displays), (value, values) = (_coded(mentions[name], rows) for name in ("display", "value"))
    every = pa.concat_arrays([displays, values])
    texts = every.unique().sort()
    rank = pc.index_in(every, texts).to_numpy().astype(np.int64)
    shows_value = pc.equal(displays, "").to_numpy(zero_copy_only=False)[display]
    text = np.where(shows_value, len(displays) + value, display)
    return _Shown(at[rows], wanted[rows], rank[text], texts)


def _coded(column: pa.ChunkedArray, rows: Codes | None = None) -> tuple[Codes, pa.Array]:
    """Return the number of the text of each row (of all rows where none are given), and the texts that they have."""
    coded = column.combine_chunks().dictionary_encode()
    codes: Codes = coded.indices.to_numpy().astype(np.int64)
    codes = codes if rows is None else codes[rows]
    used = np.bincount(codes, minlength=len(coded.dictionary)) > 0
    return (np.cumsum(used) - 1)[codes], coded.dictionary.filter(pa.array(used))


def _named(shown: _Shown, kind: int, operation: Codes, count: int) -> pa.Array:
    """Return for each operation the texts of this kind that most of its adverts show."""
    rows = shown.kind == kind
    width = len(shown.texts) + 1
    own = np.sort(shown.advert[rows] * width + shown.text[rows])
    own = own[np.flatnonzero(np.diff(own, prepend=-1))]  # an advert counts once for a text
    cells = np.sort(operation[own // width] * width + own % width)
    begins = np.flatnonzero(np.diff(cells, prepend=-1))
    adverts, owner = np.diff(np.append(begins, len(cells))), cells[begins] // width
    most = int(adverts.max(initial=0))
    order = order_by(most - adverts, most + 1)
    order = order[order_by(owner[order], count)]
    place = np.arange(len(order)) - starts_of(owner, count)[owner[order]]
    kept = order[place < MOST_NAMED]
    bounds = starts_of(owner[kept], count).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(bounds), shown.texts.take(pa.array(cells[begins[kept]] % width)))
