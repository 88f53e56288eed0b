"""Adverts as they were read in, with the operation of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import looked_up

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per advert."""
    return looked_up(tables.read("adverts"), "advert_id", tables.read("memberships"), "operation_id")


ADVERTS = Exporter(
    "adverts",
    "one row per advert, unchanged, with its operation",
    (
        "source_id",
        "advert_id",
        "operation_id",
        "source",
        "url",
        "site",
        "account",
        "posted_at",
        "title",
        "body",
        "place_text",
        "latitude",
        "longitude",
        "country_hint",
        "language",
        "category",
        "contact_text",
        "price_text",
        "extra",
    ),
    ("advert_id",),
    make,
)
