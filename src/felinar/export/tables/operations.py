"""Operations with the sentence on what each hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Exporter, Tables
from felinar.export.joined import emptied, gated_operations, with_text

if TYPE_CHECKING:
    import pyarrow as pa


def make(tables: Tables) -> pa.Table:
    """Return one row per operation."""
    from felinar.resolve.explain import because_of_weakest_link

    operations = tables.read("operations")
    because = [because_of_weakest_link(evidence) for evidence in operations["weakest_link"].to_pylist()]
    told = with_text(operations, "because", because)
    return emptied(told, gated_operations(tables), ("places", "names"))


OPERATIONS = Exporter(
    "operations",
    "one row per operation; `because` says where it is weakest",
    tuple("operation_id adverts first_seen last_seen places names because weakest_link previous_ids".split()),  # noqa: SIM905
    ("operation_id",),
    make,
)
