"""Parquet: read in batches of 1,000 rows; times come as ISO 8601, nested columns as objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pyarrow as pa

from felinar.errors import UnreadableInput
from felinar.sources.clean import mend_row
from felinar.sources.contract import BATCH_RECORDS, LINE_LIMIT, Problems, Row
from felinar.sources.unpack import Member

SUFFIXES = (".parquet", ".pq")


def is_parquet(head: bytes, name: str) -> bool:
    """Return whether a file that begins so is Parquet."""
    return head.startswith((b"PAR1", b"PARE"))


def rows(member: Member, problems: Problems) -> Iterator[Row | None]:
    """Return the rows in the order of the file; the record of a row is its cells as JSON."""
    import pyarrow.parquet as pq

    if member.head.startswith(b"PARE"):
        raise UnreadableInput(f"{member.name} is an encrypted Parquet file. Ask for it without encryption.")
    file = member.on_disk()
    number = -1
    try:
        for batch in pq.ParquetFile(file).iter_batches(batch_size=BATCH_RECORDS):
            for cells in _plain(batch).to_pylist():
                number += 1
                record = orjson.dumps(cells, default=_other)
                if len(record) > LINE_LIMIT:
                    problems.error(number, f"the row has {len(record):,} bytes, more than 16 MB; shorten its text")
                    yield None
                    continue
                if b"\\u0000" in record:
                    cells = mend_row(number, cells, problems)
                yield Row(number, record, cells)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as problem:
        first = str(problem).splitlines()[0]
        raise UnreadableInput(f"{member.name} is not a whole Parquet file ({first}). Ask for it again.") from None
    finally:
        file.close()


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch with times, decimals, dictionaries and binary columns as text."""
    columns = []
    for column in batch.columns:
        kind = column.type
        if pa.types.is_dictionary(kind):
            column = column.dictionary_decode()
        elif pa.types.is_timestamp(kind) and kind.tz:
            column = column.cast(pa.timestamp("us", "UTC"), safe=False)
        elif pa.types.is_timestamp(kind):
            column = column.cast(pa.timestamp("us"), safe=False)
        elif pa.types.is_decimal(kind) or pa.types.is_duration(kind):
            column = column.cast(pa.string())
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _other(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
