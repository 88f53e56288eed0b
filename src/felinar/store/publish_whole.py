"""Fill an empty published file: rows in the order of the ids, a batch at a time, then the indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from felinar.store.by_advert import Source
from felinar.store.publish_changes import HITS, OPERATIONS, TEMPLATES
from felinar.store.publish_columns import (
    LINK_COLUMNS,
    WEAK_COLUMNS,
    advert_tables,
    key_columns,
    link_columns,
    plain_columns,
    seconds_text,
    slot_tables,
    weak_columns,
)
from felinar.store.published_schema import FACETS, INDEXES, PUBLISHED_VERSION, TABLES
from felinar.tables import BY_NAME

GROUPS = {
    "operations": ("operation_id", *OPERATIONS),
    "hits": ("operation_id", *HITS),
    "templates": ("template_id", *TEMPLATES),
}
LEADS = ("rank", "operation_id", "score", "recognised_as", "gate", "reasons_for", "reasons_against")
_BATCH = 20_000
T = TypeVar("T")


def write_whole(
    connection: sqlite3.Connection, tables: Source, facts: Mapping[str, int], parts: Iterator[tuple[Any, ...]]
) -> None:
    """Write all rows of these tables into an empty file; `parts` are the rows that tell what it is made from."""
    connection.executescript(f"PRAGMA user_version={PUBLISHED_VERSION};" + TABLES)
    connection.execute("BEGIN")
    for table, columns in one_ahead(_large_tables(tables)):
        insert(connection, table, columns)
    for name, names in GROUPS.items():
        insert(connection, name, plain_columns(BY_NAME[name].sort(tables.read(name)), names))
    connection.executemany("INSERT INTO parts VALUES (?, ?, ?, ?)", parts)
    connection.execute("COMMIT")
    connection.executescript(INDEXES)
    write_small(connection, tables, facts)
    connection.execute("PRAGMA optimize")


def write_small(connection: sqlite3.Connection, tables: Source, facts: Mapping[str, int]) -> None:
    """Write what is small and counted over all: leads, what they are filtered by, facts."""
    connection.execute("BEGIN")
    for table in ("leads", "facets", "facts"):
        connection.execute(f"DELETE FROM {table}")
    insert(connection, "leads", plain_columns(BY_NAME["leads"].sort(tables.read("leads")), LEADS))
    connection.execute(FACETS)
    posted = tables.read("adverts", ["posted_at"])["posted_at"]
    ends = [pa.array([end(posted).cast(posted.type)]) for end in (pc.min, pc.max)]
    begins, cut_off = (text or "" for text in seconds_text(pa.chunked_array(ends)).to_pylist())
    rows = {
        **{name: str(number) for name, number in facts.items()},
        "adverts": str(len(posted)),
        "operations": str(tables.read("operations", ["operation_id"]).num_rows),
        "leads": str(tables.read("leads", ["rank"]).num_rows),
        "cut_off": cut_off,
        "begins": begins,
    }
    connection.executemany("INSERT INTO facts VALUES (?, ?)", rows.items())
    connection.execute("COMMIT")


def insert(connection: sqlite3.Connection, table: str, columns: Sequence[Any], otherwise: str = "") -> None:
    """Write these columns as rows of a table; `otherwise` says what becomes of a row whose key is there already."""
    marks = ",".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks}) {otherwise}", rows_of(columns))


def rows_of(columns: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Return the rows of the columns, a batch at a time, so that only a batch stands in memory as objects."""
    for start in range(0, len(columns[0]), _BATCH):
        yield from zip(*(column.slice(start, _BATCH).to_pylist() for column in columns), strict=True)


def _large_tables(tables: Source) -> Iterator[tuple[str, list[Any]]]:
    """Return (SQLite table, columns) for everything that is large."""
    yield from advert_tables(tables)
    yield from slot_tables(tables)
    keys, links = tables.read("keys"), tables.read("links", LINK_COLUMNS)
    yield "keys", key_columns(keys)
    yield "links", link_columns(links)
    yield "weak_mentions", weak_columns(tables.read("mentions", WEAK_COLUMNS), keys, links)


def one_ahead(items: Iterator[T]) -> Iterator[T]:
    """Return the items in order; while one is used, a thread makes the next one (Arrow needs no Python for it)."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = maker.submit(next, items, None)
            yield item
