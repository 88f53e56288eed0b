"""Put the hits and leads that were made again beside those that were carried over, and count the ranks."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.tables import HITS, LEADS


def with_untouched(
    hits: pa.Table, leads: pa.Table, *, before: tuple[pa.Table, pa.Table], again: pa.Array
) -> tuple[pa.Table, pa.Table]:
    """Return (HITS, LEADS) of all operations: `again` are those that were scored now, `before` the tables of then."""
    old_hits, old_leads = (table.filter(pc.invert(pc.is_in(table["operation_id"], again))) for table in before)
    return HITS.merge(old_hits, hits), ranked(pa.concat_tables([LEADS.check(old_leads), leads]))


def ranked(leads: pa.Table) -> pa.Table:
    """Return the leads by score, then by operation id, counted from 1."""
    order = np.lexsort((leads["operation_id"].to_numpy(), -leads["score"].to_numpy().astype(np.int64)))
    rank = pa.array(np.arange(1, len(order) + 1, dtype=np.int32))
    place = leads.schema.get_field_index("rank")
    ordered = leads.take(pa.array(order)).set_column(place, leads.schema.field(place), rank)
    return LEADS.check(ordered).combine_chunks()
