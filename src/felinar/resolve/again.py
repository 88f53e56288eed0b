"""Resolve again what was touched, and carry over all other operations as they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.sorting import places_among
from felinar.resolve.constraints import Judged
from felinar.resolve.join import Codes
from felinar.resolve.stage import Before, Resolved, resolve
from felinar.tables import MEMBERSHIPS, OPERATIONS


def resolve_again(
    adverts: pa.Table,
    mentions: pa.Table,
    keys: pa.Table,
    links: pa.Table,
    *,
    before: Before,
    judgements: Iterable[Judged] = (),
    places: tuple[Codes, Codes] | None = None,
) -> Resolved:
    """Return MEMBERSHIPS and OPERATIONS of the whole pile, of which only these adverts, keys and links are looked at.

    They must be closed: no key that links, no operation of the run before and no judgement "same" ties one of these
    adverts to another. Then the result is that of `resolve` on everything.
    """
    ids = np.sort(adverts["advert_id"].to_numpy())
    known = pa.array(places_among(ids, before.memberships["advert_id"].to_numpy()) >= 0)
    mine, others = before.memberships.filter(known), before.memberships.filter(pc.invert(known))
    held = pc.is_in(before.operations["operation_id"], pc.unique(mine["operation_id"]))
    part = replace(
        before, memberships=mine, operations=before.operations.filter(held),
        taken=pc.unique(before.memberships["operation_id"]).to_numpy(),
    )  # fmt: skip
    made = resolve(adverts, mentions, keys, links, before=part, judgements=judgements, places=places)

    def operations() -> pa.Table:
        stayed = _without_previous(before.operations.filter(pc.invert(held)))
        return OPERATIONS.merge(stayed, made.operations())

    return Resolved(MEMBERSHIPS.merge(others, made.memberships), operations)


def _without_previous(operations: pa.Table) -> pa.Table:
    """Return the operations as such that no advert joined in this run."""
    nobody = pa.ListArray.from_arrays(pa.array([0] * (operations.num_rows + 1), pa.int32()), pa.array([], pa.int64()))
    place = operations.schema.get_field_index("previous_ids")
    return OPERATIONS.check(operations.set_column(place, operations.schema.field(place), nobody))
