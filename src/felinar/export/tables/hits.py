"""Indicators that were found, with their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import emptied, gated_operations, with_text

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per operation and indicator."""
    from felinar.score.explain import because_of_hit

    hits = tables.read("hits")
    rows = zip(*(hits[name].to_pylist() for name in ("indicator", "evidence", "share")), strict=True)
    told = with_text(hits, "because", [because_of_hit(*row) for row in rows])
    return emptied(told, gated_operations(tables), ("because", "evidence"))


HITS = Exporter(
    "hits",
    "one row per operation and indicator that was found on it",
    tuple("operation_id indicator version grade weight share because evidence advert_ids".split()),  # noqa: SIM905
    ("operation_id", "indicator"),
    make,
)
