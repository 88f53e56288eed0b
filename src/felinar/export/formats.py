"""Write a table as CSV, JSONL, Parquet or XLSX: the same table gives the same bytes, on any day."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, BinaryIO

from felinar.export.contract import IDS
from felinar.ids import canonical_json

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 20_000


def write_csv(table: pa.Table, file: BinaryIO) -> None:
    """Write UTF-8 with \\n; times in UTC, lists as JSON, and texts that a spreadsheet would run begin with '."""
    text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.column_names)
    flat = escaped(flattened(table))
    writer.writerows(_rows(flat))
    text.detach()


def write_jsonl(table: pa.Table, file: BinaryIO) -> None:
    """Write one object a line; ids as strings, because readers that keep numbers as doubles lose their last digits."""
    import orjson

    plain = _times_as_text(table)
    for batch in plain.to_batches(max_chunksize=_BATCH):
        for row in batch.to_pylist():
            file.write(orjson.dumps({name: _id_text(name, value) for name, value in row.items()}) + b"\n")


def write_parquet(table: pa.Table, file: BinaryIO) -> None:
    """Write Parquet with the types of `tables.py`."""
    import pyarrow.parquet as pq

    pq.write_table(table, file, compression="zstd", row_group_size=1 << 16)


def write_xlsx(table: pa.Table, file: BinaryIO) -> None:
    """Write one sheet; ids as text, because a spreadsheet keeps 15 digits of a number."""
    from felinar.export.xlsx import write_sheet

    flat = escaped(flattened(table))
    write_sheet(table.column_names, _rows(flat), {i for i, n in enumerate(table.column_names) if n in IDS}, file)


FORMATS: dict[str, Callable[[pa.Table, BinaryIO], None]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
TO_STDOUT = ("csv", "jsonl")


def escaped(table: pa.Table) -> pa.Table:
    """Return the table with ' before every text that begins like a formula; +40721000111 alone is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            text = table.column(place)
            formula = pc.match_substring_regex(text, r"^[=+\-@\t\r]")
            harmless = pc.match_substring_regex(text, r"^\+[0-9]+$")
            risky = pc.and_not(formula, harmless)
            quoted = pc.binary_join_element_wise("'", text, "")
            table = table.set_column(place, field.name, pc.if_else(risky, quoted, text))
    return table


def escaped_text(text: str) -> str:
    """Return one text as `escaped` returns a column of them."""
    risky = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not (text[0] == "+" and text[1:].isdecimal())
    return f"'{text}" if risky else text


def flattened(table: pa.Table) -> pa.Table:
    """Return the table with times as ISO 8601 text and lists as canonical JSON."""
    import pyarrow as pa

    table = _times_as_text(table)
    for place, field in enumerate(table.schema):
        if pa.types.is_nested(field.type):
            texts = [canonical_json(_id_text(field.name, v or [])) for v in table.column(place).to_pylist()]
            table = table.set_column(place, field.name, pa.array(texts, pa.string()))
        elif pa.types.is_boolean(field.type):
            table = table.set_column(place, field.name, table.column(place).cast(pa.string()))
    return table


def _times_as_text(table: pa.Table) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            utc = pc.cast(table.column(place), pa.timestamp("s"), safe=False)
            table = table.set_column(place, field.name, pc.strftime(utc, format="%Y-%m-%dT%H:%M:%SZ"))
    return table


def _id_text(name: str, value: Any) -> Any:
    if name not in IDS or value is None:
        return value
    return [str(v) for v in value] if isinstance(value, list) else str(value)


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches(max_chunksize=_BATCH):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
