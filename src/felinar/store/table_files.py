"""How a table becomes a file: Parquet, or Arrow's own form, of which readers map the pages that they look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

# Rows that are looked at, and of these the share (in sixteenths) that may differ in a column that gets a dictionary.
SAMPLE, MOST_SIXTEENTHS = 512, 15


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a Parquet file: no statistics, which nobody reads, and dictionaries only where values come again.

    Columns that come dictionary-encoded are read as the values that they stand for.
    """
    import pyarrow.parquet as pq

    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=1,
        row_group_size=1 << 16,
        write_statistics=False,
        use_dictionary=repeating(table) if table.num_rows >= SAMPLE else True,
        store_schema=not any(pa.types.is_dictionary(kind) for kind in table.schema.types),
    )


def write_mapped(table: pa.Table, path: Path) -> None:
    """Write an Arrow file in one piece, so that a column is one array."""
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        filled = [batch for batch in table.to_batches() if batch.num_rows]  # one piece is not copied
        writer.write_table(pa.Table.from_batches(filled, table.schema).combine_chunks())


def repeating(table: pa.Table) -> list[str]:
    """Return the columns, by their Parquet paths, in which values come again, told by rows at equal distances."""
    step = max(1, table.num_rows // SAMPLE)
    rows = pa.concat_tables([table.slice(row, 1) for row in range(0, table.num_rows, step)])
    columns = [leaf for name in rows.column_names for leaf in _leaves(name, rows[name].combine_chunks())]
    return [path for path, values in columns if 16 * pc.count_distinct(values).as_py() <= MOST_SIXTEENTHS * len(values)]


def _leaves(path: str, values: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    """Yield the columns of plain values that Parquet makes of a column."""
    if pa.types.is_list(values.type):
        yield from _leaves(f"{path}.list.element", values.flatten())
    elif pa.types.is_struct(values.type):
        for i in range(values.type.num_fields):
            yield from _leaves(f"{path}.{values.type.field(i).name}", values.field(i))
    elif pa.types.is_dictionary(values.type):
        yield path, values.indices
    elif not pa.types.is_null(values.type):
        yield path, values
