"""Which operation each advert belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import with_source_id

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per advert."""
    return with_source_id(tables.read("memberships"), tables)


MEMBERSHIPS = Exporter(
    "memberships",
    "one row per advert: its operation",
    ("source_id", "advert_id", "operation_id"),
    ("advert_id",),
    make,
)
