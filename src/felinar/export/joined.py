"""Look up columns of one table for the rows of another, in Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from felinar.export.contract import Tables

if TYPE_CHECKING:
    import pyarrow as pa


def looked_up(table: pa.Table, key: str, other: pa.Table, *names: str) -> pa.Table:
    """Return the table with columns of the other one, whose `key` is unique; null where there is no such row."""
    import pyarrow.compute as pc

    place = pc.index_in(table[key], value_set=other[key].combine_chunks())
    for name in names:
        table = table.append_column(other.schema.field(name), other[name].combine_chunks().take(place))
    return table


def with_source_id(table: pa.Table, tables: Tables) -> pa.Table:
    """Return the table with each advert's own id as its source gave it."""
    return looked_up(table, "advert_id", tables.read("adverts", ["advert_id", "source_id"]), "source_id")


def gated_operations(tables: Tables) -> frozenset[int]:
    """Return the operations behind the gate, of which no export tells what describes a person."""
    leads = tables.read("leads", ["operation_id", "gate"])
    pairs = zip(leads["operation_id"].to_pylist(), leads["gate"].to_pylist(), strict=True)
    return frozenset(operation_id for operation_id, gate in pairs if gate)


def emptied(table: pa.Table, gated: frozenset[int], names: tuple[str, ...]) -> pa.Table:
    """Return the table with these columns emptied in the rows of gated operations."""
    import pyarrow as pa

    operations = table["operation_id"].to_pylist()
    for name in names:
        field = table.schema.field(name)
        nothing: object = [] if pa.types.is_list(field.type) else ""
        rows = zip(operations, table[name].to_pylist(), strict=True)
        values = [nothing if operation in gated else value for operation, value in rows]
        table = table.set_column(table.column_names.index(name), field, pa.array(values, field.type))
    return table


def with_text(table: pa.Table, name: str, texts: list[str] | list[list[str]]) -> pa.Table:
    """Return the table with one more column of texts, or of lists of texts."""
    import pyarrow as pa

    lists = name.startswith("reasons")
    return table.append_column(name, pa.array(texts, pa.list_(pa.string()) if lists else pa.string()))
