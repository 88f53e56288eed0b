"""Write `published.sqlite` from the derived tables: a fresh file beside the old one, then one rename.

derived tables (Arrow) → `publish_columns.py`: columns as SQLite takes them → rows, a batch at a time → indexes → rename
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from felinar.store.durable import put_in_place
from felinar.store.published_schema import INDEXES, PUBLISHED_VERSION, TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from felinar.store.by_advert import Source
    from felinar.store.lake import Lake

_BATCH = 20_000
T = TypeVar("T")


def publish(path: Path, tables: Mapping[str, pa.Table] | Lake, *, generation: int, epoch: int = 0) -> None:
    """Replace the published file by the rows of these tables, or of a workspace's current ones.

    Tables are named as in `tables.py`; a missing one is empty. The large ones of a workspace are read slice by slice.

    Readers keep the old file until they open the next one; a crash at any moment leaves the old file in place.
    """
    from felinar.store.by_advert import FromLake, InMemory
    from felinar.store.lake import Lake

    source = FromLake(tables) if isinstance(tables, Lake) else InMemory(tables)
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    connection = sqlite3.connect(beside, isolation_level=None)
    try:
        # Nothing is lost if this file is: it is renamed only after the fsync below.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-100000;")
        connection.executescript(f"PRAGMA user_version={PUBLISHED_VERSION};" + TABLES)
        connection.execute("BEGIN")
        _write_all(connection, source, {"generation": generation, "epoch": epoch})
        connection.execute("COMMIT")
        connection.executescript(INDEXES + "PRAGMA optimize;")
    except sqlite3.Error:
        beside.unlink(missing_ok=True)  # a disk that is full needs the room
        raise
    finally:
        connection.close()
    put_in_place(beside, path)


def _write_all(connection: sqlite3.Connection, tables: Source, numbers: Mapping[str, int]) -> None:
    from felinar.store.publish_columns import large_tables

    _write_facts(connection, tables, numbers)
    for table, columns in _one_ahead(large_tables(tables)):
        _insert(connection, table, columns)
    _write_groups(connection, tables)


def _one_ahead(items: Iterator[T]) -> Iterator[T]:
    """Return the items in order; while one is used, a thread makes the next one (Arrow needs no Python for it)."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = maker.submit(next, items, None)
            yield item


def _write_facts(connection: sqlite3.Connection, tables: Source, numbers: Mapping[str, int]) -> None:
    import pyarrow.compute as pc

    from felinar.store.publish_columns import seconds_text

    posted = seconds_text(tables.read("adverts", ["posted_at"])["posted_at"])
    facts = {
        **{name: str(number) for name, number in numbers.items()},
        "adverts": str(len(posted)),
        "operations": str(tables.read("operations", ["operation_id"]).num_rows),
        "leads": str(tables.read("leads", ["rank"]).num_rows),
        "cut_off": str(pc.max(posted).as_py() or ""),
        "begins": str(pc.min(posted).as_py() or ""),
    }
    connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())


def _write_groups(connection: sqlite3.Connection, tables: Source) -> None:
    from felinar.tables import BY_NAME

    names_of_groups = ("operations", "leads", "hits", "templates")
    operations, leads, hits, templates = (BY_NAME[name].sort(tables.read(name)) for name in names_of_groups)
    names = "operation_id adverts first_seen last_seen places names weakest_link previous_ids history"
    _insert(connection, "operations", _plain(operations, names))
    _insert(
        connection, "leads", _plain(leads, "rank operation_id score recognised_as gate reasons_for reasons_against")
    )
    _insert(connection, "hits", _plain(hits, "operation_id indicator version grade weight share evidence advert_ids"))
    _insert(connection, "templates", _plain(templates, "template_id tokens slots adverts bits_saved"))


def _plain(table: pa.Table, names: str) -> list[Any]:
    from felinar.store.publish_columns import for_sqlite

    return [for_sqlite(table[name]) for name in names.split()]


def _insert(connection: sqlite3.Connection, table: str, columns: list[Any]) -> None:
    marks = ",".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", _rows(columns))


def _rows(columns: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Return the rows of the columns, a batch at a time, so that only a batch stands in memory as objects."""
    for start in range(0, len(columns[0]), _BATCH):
        yield from zip(*(column.slice(start, _BATCH).to_pylist() for column in columns), strict=True)
