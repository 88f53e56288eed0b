"""Templates: the common text of near-duplicate adverts, slots as <*>."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import gated_operations, with_text

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per near-duplicate group; text and slots are empty where a group touches a gated operation."""
    import pyarrow as pa

    templates, gated = tables.read("templates"), _gated(tables)
    ids = templates["template_id"].to_pylist()
    rows = zip(ids, templates["tokens"].to_pylist(), strict=True)
    texts = ["" if template_id in gated else " ".join(tokens or []) for template_id, tokens in rows]
    field = templates.schema.field("slots")
    slots = [[] if i in gated else s for i, s in zip(ids, templates["slots"].to_pylist(), strict=True)]
    place = templates.column_names.index("slots")
    return with_text(templates.set_column(place, field, pa.array(slots, field.type)), "template", texts)


def _gated(tables: Tables) -> frozenset[int]:
    """Return the templates that stand on an advert of a gated operation."""
    operations = gated_operations(tables)
    if not operations:
        return frozenset()
    members = tables.read("memberships", ["advert_id", "operation_id"])
    pairs = zip(members["advert_id"].to_pylist(), members["operation_id"].to_pylist(), strict=True)
    adverts = {advert_id for advert_id, operation_id in pairs if operation_id in operations}
    values = tables.read("slot_values", ["advert_id", "template_id"])
    by_slot = zip(values["advert_id"].to_pylist(), values["template_id"].to_pylist(), strict=True)
    links = tables.read("links", ["advert_id", "key_kind", "key_id"])
    return frozenset(t for a, t in by_slot if a in adverts) | _by_link(links, adverts)


def _by_link(links: pa.Table, adverts: set[int]) -> frozenset[int]:
    """Return the near-duplicate groups of these adverts, which bear the ids of their templates."""
    import pyarrow as pa
    import pyarrow.compute as pc

    mine = pc.is_in(links["advert_id"], value_set=pa.array(sorted(adverts), pa.int64()))
    chosen = links.filter(pc.and_(mine, pc.equal(links["key_kind"], "near_duplicate")))
    return frozenset(chosen["key_id"].to_pylist())


TEMPLATES = Exporter(
    "templates",
    "one row per near-duplicate group",
    ("template_id", "adverts", "bits_saved", "template", "slots"),
    ("template_id",),
    make,
)
