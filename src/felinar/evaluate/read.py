"""Reads the truth and the exports that are measured against it, all columns as text."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from felinar.errors import UnreadableInput


def read_columns(path: Path, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> pa.Table:
    """Return those columns of a CSV, JSONL or Parquet file as strings; missing optional ones are left out."""
    if not path.is_file():
        raise UnreadableInput(f"There is no file {path}. Give the path of an export or of a world's truth.csv.")
    try:
        table = _read(path)
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as problem:
        raise UnreadableInput(f"{path} cannot be read as a table: {problem}. Export it again as CSV.") from None
    missing = [name for name in needed if name not in table.column_names]
    if missing:
        names = ", ".join(table.column_names)
        raise UnreadableInput(f"{path} lacks the column(s) {', '.join(missing)}; it has {names}. Is it the right file?")
    wanted = [*needed, *(name for name in optional if name in table.column_names)]
    columns = [table[name].cast(pa.string()).fill_null("").combine_chunks() for name in wanted]
    return pa.table(columns, names=wanted)


def _read(path: Path) -> pa.Table:
    from pyarrow import csv, json, parquet

    if path.suffix == ".parquet":
        return parquet.read_table(path)
    if path.suffix in (".jsonl", ".json"):
        return json.read_json(path)
    with path.open(encoding="utf-8-sig") as file:
        names = file.readline().strip().replace('"', "").split(",")
    if names == [""]:
        raise UnreadableInput(f"{path} is empty. Export it again.")
    convert = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    return csv.read_csv(path, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=convert)
