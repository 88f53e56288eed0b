"""Ties: which two contacts, texts or pictures of a lead stand on the same adverts, for programs that draw charts.

i2 Analyst's Notebook, Gephi and the like read such a table as it is: two entities and what joins them in each row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables

if TYPE_CHECKING:
    import pyarrow as pa

_ENDS = ("from", "to")


def make(tables: Tables) -> pa.Table:
    """Return one row per lead and pair of its keys on the same adverts; none of a hub, none behind the gate."""
    import pyarrow as pa
    import pyarrow.compute as pc

    keys = tables.read("keys", ["key_kind", "key_id", "value", "hub"])
    keys = keys.sort_by([("key_kind", "ascending"), ("key_id", "ascending")])  # so that a pair has one direction
    shown = _shown(tables, keys)
    other = shown.select(["advert_id", "key"]).rename_columns(["advert_id", "other"])
    pairs = shown.join(other, keys="advert_id", join_type="inner")
    pairs = pairs.filter(pc.less(pairs["key"], pairs["other"]))
    counted = pairs.group_by(["operation_id", "rank", "key", "other"]).aggregate(
        [("advert_id", "count"), ("posted_at", "min"), ("posted_at", "max")]
    )
    renamed = {"advert_id_count": "adverts", "posted_at_min": "first_seen", "posted_at_max": "last_seen"}
    made = counted.rename_columns([renamed.get(name, name) for name in counted.column_names])
    for end, column in zip(_ENDS, ("key", "other"), strict=True):
        for name in ("kind", "value"):
            values = keys["key_kind" if name == "kind" else name].combine_chunks()
            made = made.append_column(f"{end}_{name}", values.take(made[column].combine_chunks()))
    return made.set_column(made.column_names.index("adverts"), "adverts", made["adverts"].cast(pa.int32()))


def _shown(tables: Tables, keys: pa.Table) -> pa.Table:
    """Return `advert_id`, `operation_id`, `rank`, `posted_at` and `key` (its row in `keys`) for what ties the leads."""
    import pyarrow as pa
    import pyarrow.compute as pc

    leads = tables.read("leads", ["operation_id", "rank", "gate"])
    leads = leads.filter(pc.equal(leads["gate"], "")).select(["operation_id", "rank"])
    members = tables.read("memberships", ["advert_id", "operation_id"]).join(leads, "operation_id", join_type="inner")
    members = members.join(tables.read("adverts", ["advert_id", "posted_at"]), "advert_id", join_type="inner")
    keys = keys.append_column("key", pa.array(range(keys.num_rows), pa.int64()))
    keys = keys.filter(pc.invert(keys["hub"])).select(["key_kind", "key_id", "key"])
    links = tables.read("links", ["advert_id", "key_kind", "key_id", "millibits"])
    links = links.filter(pc.greater(links["millibits"], 0)).select(["advert_id", "key_kind", "key_id"])
    links = links.join(keys, ["key_kind", "key_id"], join_type="inner").select(["advert_id", "key"])
    return links.join(members, "advert_id", join_type="inner")


TIES = Exporter(
    "ties",
    "one row per pair of contacts, texts or pictures on the same adverts of a lead, for charts",
    (
        "operation_id",
        "rank",
        "from_kind",
        "from_value",
        "to_kind",
        "to_value",
        "adverts",
        "first_seen",
        "last_seen",
    ),
    ("rank", "from_kind", "from_value", "to_kind", "to_value"),
    make,
)
