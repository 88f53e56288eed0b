"""Resolve: which adverts belong to one operation, by the evidence that groups share and by what people judged."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.engine.port import Engine
from felinar.kernels.sorting import order_by, places_of
from felinar.resolve.bridges import weakest_links
from felinar.resolve.constraints import Judged, among, constraints
from felinar.resolve.join import Codes, join
from felinar.resolve.keep_ids import keep_ids
from felinar.resolve.operations import describe
from felinar.tables import MEMBERSHIPS, OPERATIONS


def resolve(
    adverts: pa.Table,
    mentions: pa.Table,
    keys: pa.Table,
    links: pa.Table,
    *,
    before: pa.Table | None = None,
    judgements: Iterable[Judged] = (),
    engine: Engine | None = None,
) -> tuple[pa.Table, pa.Table]:
    """Return (MEMBERSHIPS, OPERATIONS); `before` are the memberships of the run before, from which ids are kept."""
    advert_ids: Codes = np.sort(adverts["advert_id"].to_numpy())
    named = _by_kind_and_id(keys)
    advert, key, weight = _coded(advert_ids, named, links)
    judged = constraints(judgements)
    group, joins = join(
        len(advert_ids), advert, key, weight,
        together=among(judged.together, advert_ids, columns=2), apart=among(judged.apart, advert_ids, columns=1),
    )  # fmt: skip
    operation, previous = keep_ids(advert_ids, group, _before(advert_ids, before))
    memberships = MEMBERSHIPS.check(pa.table({"advert_id": advert_ids, "operation_id": operation}))
    weakest = weakest_links(joins, group, *(named[c].combine_chunks() for c in ("key_kind", "value")))
    by_id = {int(operation[code]): evidence for code, evidence in weakest.items()}
    described = describe(adverts, mentions, memberships, engine)
    ids = described["operation_id"].to_pylist()
    described = described.append_column("weakest_link", pa.array([by_id.get(i, "") for i in ids], pa.string()))
    described = described.append_column(
        "previous_ids", pa.array([previous.get(i, []) for i in ids], pa.list_(pa.int64()))
    )
    return memberships, OPERATIONS.check(described)


def _by_kind_and_id(keys: pa.Table) -> pa.Table:
    """Return the keys in the order of their table's key; as the link stage gives them nothing is moved."""
    kind, key_id = _kind_codes(keys, sorted(pc.unique(keys["key_kind"]).to_pylist())), keys["key_id"].to_numpy()
    same = kind[1:] == kind[:-1]
    in_order = (kind[1:] > kind[:-1]) | (same & (key_id[1:] > key_id[:-1]))
    return keys if in_order.all() else keys.take(np.lexsort((key_id, kind)))


def _coded(advert_ids: Codes, keys: pa.Table, links: pa.Table) -> tuple[Codes, Codes, Codes]:
    """Return the advert, key and weight of each link that weighs anything, by key, then advert."""
    strong = links.filter(pc.greater(links["millibits"], 0))
    kinds = pc.unique(keys["key_kind"]).to_pylist()
    ids = keys["key_id"].to_numpy(), _kind_codes(keys, kinds)
    key = places_of(*ids, strong["key_id"].to_numpy(), _kind_codes(strong, kinds))
    known = np.flatnonzero(key >= 0)
    key, weight = key[known], strong["millibits"].to_numpy().astype(np.int64)[known]
    advert = np.searchsorted(advert_ids, strong["advert_id"].to_numpy()[known])
    by_advert = order_by(advert, len(advert_ids))
    rows = by_advert[order_by(key[by_advert], keys.num_rows)]
    return advert[rows], key[rows], weight[rows]


def _kind_codes(table: pa.Table, kinds: list[str]) -> Codes:
    """Return the place of each row's kind among these kinds, -1 for another."""
    place = pc.fill_null(pc.index_in(table["key_kind"], pa.array(kinds, pa.string())), -1)
    codes: Codes = place.to_numpy().astype(np.int64)
    return codes


def _before(advert_ids: Codes, before: pa.Table | None) -> Codes:
    """Return the operation id of each advert in the run before, or -1."""
    result = np.full(len(advert_ids), -1, dtype=np.int64)
    if before is None or before.num_rows == 0 or len(advert_ids) == 0:
        return result
    old = before["advert_id"].to_numpy()
    at = np.minimum(np.searchsorted(advert_ids, old), len(advert_ids) - 1)
    found = advert_ids[at] == old
    result[at[found]] = before["operation_id"].to_numpy()[found]
    return result
