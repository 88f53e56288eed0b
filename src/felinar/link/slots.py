"""What stands in the slots: its place in the unchanged original, and what kind of thing it is."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

FIELDS = ("title", "body")
HIGH = 1 << 32  # above every place in a text

Numbers = NDArray[np.int64]


def slot_kinds(values: pa.Table, mentions: pa.Table) -> dict[tuple[int, int], str]:
    """Return (template_id, slot) -> the kind of mention that more than half of its values touch, where there is one.

    A term of a job names again what its price or its phrase says, so it does not name a slot.
    """
    ids = pc.unique(values["advert_id"])
    fields = pc.is_in(mentions["field"], pa.array(FIELDS))
    names = pc.and_(pc.is_valid(mentions["start"]), pc.not_equal(mentions["kind"], "job"))
    near = mentions.filter(pc.and_(pc.and_(pc.is_in(mentions["advert_id"], ids), fields), names))
    own, found = touching(values, near, ids)
    slots = values.select(["template_id", "slot"]).append_column("row", pa.array(np.arange(values.num_rows)))
    rows = slots.take(pa.array(own)).append_column("kind", near["kind"].take(pa.array(found)))
    touched = rows.group_by(["template_id", "slot", "kind"]).aggregate([("row", "count_distinct")])
    total = slots.group_by(["template_id", "slot"]).aggregate([("row", "count")]).to_pydict()
    filled = dict(zip(zip(total["template_id"], total["slot"], strict=True), total["row_count"], strict=True))
    kinds: dict[tuple[int, int], str] = {}
    order = [("row_count_distinct", "descending"), ("kind", "ascending")]
    for row in touched.sort_by(order).to_pylist():
        slot = row["template_id"], row["slot"]
        if 2 * row["row_count_distinct"] > filled[slot]:
            kinds.setdefault(slot, row["kind"])
    return kinds


def touching(values: pa.Table, mentions: pa.Table, ids: pa.Array) -> tuple[Numbers, Numbers]:
    """Return pairs of rows: a value, and a mention whose span touches it."""
    field, start, end = spans(mentions, ids)
    order = np.argsort(field * HIGH + start, kind="stable")
    begins = (field * HIGH + start)[order]
    ends = np.maximum.accumulate((field * HIGH + end)[order])  # so that a search finds the first that may reach a value
    own, first, last = spans(values, ids)
    low = np.searchsorted(ends, own * HIGH + first, side="right")
    counts = np.maximum(0, np.searchsorted(begins, own * HIGH + last, side="left") - low)
    value = np.repeat(np.arange(len(counts)), counts)
    mention = order[np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - low, counts)]
    touch = end[mention] > first[value]
    return value[touch], mention[touch]


def spans(table: pa.Table, ids: pa.Array) -> tuple[Numbers, Numbers, Numbers]:
    """Return one number for advert and field, and the start and end of each row."""
    advert = pc.index_in(table["advert_id"], ids).to_numpy().astype(np.int64)
    body = pc.equal(table["field"], "body").to_numpy(zero_copy_only=False) if table.num_rows else np.zeros(0)
    start, end = (table[name].to_numpy().astype(np.int64) for name in ("start", "end"))
    return 2 * advert + body.astype(np.int64), start, end
