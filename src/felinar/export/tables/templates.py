"""Templates: the common text of near-duplicate adverts, slots as <*>."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import with_text

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per near-duplicate group."""
    templates = tables.read("templates")
    return with_text(templates, "template", [" ".join(tokens or []) for tokens in templates["tokens"].to_pylist()])


TEMPLATES = Exporter(
    "templates",
    "one row per near-duplicate group",
    ("template_id", "adverts", "bits_saved", "template", "slots"),
    ("template_id",),
    make,
)
