"""Resolve: which adverts belong to one operation, by the evidence that groups share and by what people judged."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from felinar.engine.port import Engine
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
    named = keys.sort_by([("key_kind", "ascending"), ("key_id", "ascending")])
    numbered = named.append_column("code", pa.array(np.arange(named.num_rows)))
    strong = links.filter(pa.compute.greater(links["millibits"], 0))
    strong = strong.join(numbered.select(["key_kind", "key_id", "code"]), ["key_kind", "key_id"])
    strong = strong.sort_by([("code", "ascending"), ("advert_id", "ascending")])
    judged = constraints(judgements)
    group, joins = join(
        len(advert_ids),
        np.searchsorted(advert_ids, strong["advert_id"].to_numpy()),
        strong["code"].to_numpy(),
        strong["millibits"].to_numpy().astype(np.int64),
        together=among(judged.together, advert_ids, columns=2),
        apart=among(judged.apart, advert_ids, columns=1),
    )
    operation, previous = keep_ids(advert_ids, group, _before(advert_ids, before))
    memberships = MEMBERSHIPS.check(pa.table({"advert_id": advert_ids, "operation_id": operation}))
    weakest = weakest_links(joins, group, named["key_kind"].to_pylist(), named["value"].to_pylist())
    by_id = {int(operation[code]): evidence for code, evidence in weakest.items()}
    described = describe(adverts, mentions, memberships, engine)
    ids = described["operation_id"].to_pylist()
    described = described.append_column("weakest_link", pa.array([by_id.get(i, "") for i in ids], pa.string()))
    described = described.append_column(
        "previous_ids", pa.array([previous.get(i, []) for i in ids], pa.list_(pa.int64()))
    )
    return memberships, OPERATIONS.check(described)


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
