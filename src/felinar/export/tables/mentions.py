"""Everything that was read from the adverts, with its place in the unchanged original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import with_source_id

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per mention."""
    return with_source_id(tables.read("mentions"), tables)


MENTIONS = Exporter(
    "mentions",
    "one row per thing that an extractor read",
    (
        "source_id",
        "advert_id",
        "kind",
        "value",
        "display",
        "region",
        "field",
        "start",
        "end",
        "raw",
        "confidence",
        "obscured",
        "extractor",
        "evidence",
    ),
    ("advert_id", "field", "start", "kind", "end", "value"),
    make,
)
