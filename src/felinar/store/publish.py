"""Write `published.sqlite` from the derived tables: a fresh file beside the old one, then one rename."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from felinar.store.durable import put_in_place
from felinar.store.published_schema import (
    CELL,
    CONTACT_KINDS,
    INDEXES,
    MENTION_CELLS,
    PICTURE_CELLS,
    PUBLISHED_VERSION,
    ROW,
    SIGHTING_CELLS,
    SLOT_CELLS,
    TABLES,
)

if TYPE_CHECKING:
    import pyarrow as pa

_ADVERT_COLUMNS = """source source_id url site account posted_at title body place_text latitude longitude
    country_hint language category contact_text price_text extra""".split()  # noqa: SIM905
_KEY_COLUMNS = "key_kind key_id value adverts contexts texts others sites hub evidence".split()  # noqa: SIM905
_BATCH = 20_000
_PART = 25_000
T = TypeVar("T")
_ORDERS = (
    ("mentions", ("field", "start", "kind", "end", "value")),
    ("slot_values", ("template_id", "slot")),
    ("sightings", ("captured_at", "raw_sha256", "raw_offset", "run_id")),
    ("images", ("position", "image_id")),
)
_CELLS = (MENTION_CELLS, SLOT_CELLS, SIGHTING_CELLS, PICTURE_CELLS)


def publish(path: Path, tables: Mapping[str, pa.Table], *, generation: int) -> None:
    """Replace the published file by the rows of these tables (named as in `tables.py`; a missing one is empty).

    Readers keep the old file until they open the next one; a crash at any moment leaves the old file in place.
    """
    from felinar.tables import BY_NAME

    full = {name: tables.get(name, table.empty()) for name, table in BY_NAME.items()}
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    connection = sqlite3.connect(beside, isolation_level=None)
    try:
        # Nothing is lost if this file is: it is renamed only after the fsync below.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-100000;")
        connection.executescript(f"PRAGMA user_version={PUBLISHED_VERSION};" + TABLES)
        connection.execute("BEGIN")
        _write_all(connection, full, generation)
        connection.execute("COMMIT")
        connection.executescript(INDEXES + "PRAGMA optimize;")
    except sqlite3.Error:
        beside.unlink(missing_ok=True)  # a disk that is full needs the room
        raise
    finally:
        connection.close()
    put_in_place(beside, path)


def _write_all(connection: sqlite3.Connection, tables: Mapping[str, pa.Table], generation: int) -> None:
    _write_facts(connection, tables, generation)
    for table, columns in _one_ahead(_all_columns(tables)):
        _insert(connection, table, columns)
    _write_groups(connection, tables)


def _all_columns(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, list[Any]]]:
    """Return (SQLite table, columns) for everything that is large."""
    for part in _parts_of_adverts(tables):
        yield "adverts", part
    keys = tables["keys"].sort_by([("key_kind", "ascending"), ("key_id", "ascending")])
    links = _numbered_links(keys, tables["links"])
    yield "keys", _key_columns(keys)
    yield "links", [links[n] for n in ("key_no", "advert_id", "millibits", "evidence")]
    yield "weak_mentions", _weak_mentions(tables["mentions"], keys, links)


def _one_ahead(items: Iterator[T]) -> Iterator[T]:
    """Return the items in order; while one is used, a thread makes the next one (Arrow needs no Python for it)."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = maker.submit(next, items, None)
            yield item


def _write_facts(connection: sqlite3.Connection, tables: Mapping[str, pa.Table], generation: int) -> None:
    import pyarrow.compute as pc

    posted = _seconds_text(tables["adverts"]["posted_at"])
    facts = {
        "generation": str(generation),
        "adverts": str(tables["adverts"].num_rows),
        "operations": str(tables["operations"].num_rows),
        "leads": str(tables["leads"].num_rows),
        "cut_off": str(pc.max(posted).as_py() or ""),
        "begins": str(pc.min(posted).as_py() or ""),
    }
    connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())


def _write_groups(connection: sqlite3.Connection, tables: Mapping[str, pa.Table]) -> None:
    from felinar.tables import BY_NAME

    names_of_groups = ("operations", "leads", "hits", "templates")
    operations, leads, hits, templates = (BY_NAME[name].sort(tables[name]) for name in names_of_groups)
    names = "operation_id adverts first_seen last_seen places names weakest_link previous_ids"
    _insert(connection, "operations", _plain(operations, names))
    _insert(
        connection, "leads", _plain(leads, "rank operation_id score recognised_as gate reasons_for reasons_against")
    )
    _insert(connection, "hits", _plain(hits, "operation_id indicator version grade weight share evidence advert_ids"))
    _insert(connection, "templates", _plain(templates, "template_id tokens slots adverts bits_saved"))


def _plain(table: pa.Table, names: str) -> list[Any]:
    return [_for_sqlite(table[name]) for name in names.split()]


def _for_sqlite(column: pa.ChunkedArray) -> Any:
    """Return the column with times as text and lists as JSON, the only two types that SQLite does not have."""
    import orjson
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        return _seconds_text(column)
    if pa.types.is_list(column.type):
        return pa.chunked_array([pa.array([orjson.dumps(v or []).decode() for v in column.to_pylist()], pa.string())])
    return column


def _seconds_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    utc = pc.cast(column, pa.timestamp("s"), safe=False)
    return pc.strftime(utc, format="%Y-%m-%dT%H:%M:%SZ")


def _parts_of_adverts(tables: Mapping[str, pa.Table]) -> Iterator[list[Any]]:
    """Return the columns of the adverts, a part of the pile at a time: a packed text holds at most 2 GB."""
    adverts = tables["adverts"].sort_by("advert_id")
    lists = [_sorted_by_advert(tables[name], order) for name, order in _ORDERS]
    for start in range(0, adverts.num_rows, _PART):
        part = adverts.slice(start, _PART)
        ids = part["advert_id"]
        packed = [_packed(ids, rows, cells) for rows, cells in zip(lists, _CELLS, strict=True)]
        operation = _looked_up(ids, tables["memberships"])
        yield [ids, operation, *(_for_sqlite(part[name]) for name in _ADVERT_COLUMNS), *packed]


def _sorted_by_advert(table: pa.Table, order: tuple[str, ...]) -> pa.Table:
    return table.sort_by([(name, "ascending") for name in ("advert_id", *order)])


def _looked_up(ids: pa.ChunkedArray, memberships: pa.Table) -> pa.ChunkedArray:
    import pyarrow.compute as pc

    place = pc.index_in(ids, value_set=memberships["advert_id"].combine_chunks())
    return memberships["operation_id"].combine_chunks().take(place.combine_chunks())


def _packed(ids: pa.ChunkedArray, rows: pa.Table, cells: tuple[str, ...]) -> Any:
    """Return one text per advert id (sorted) that holds its rows in their order; made in Arrow, without objects."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted, owners = ids.to_numpy(), rows["advert_id"].to_numpy()
    first, end = np.searchsorted(owners, wanted[0], side="left"), np.searchsorted(owners, wanted[-1], side="right")
    mine = rows.slice(first, end - first)
    known = mine.filter(pc.is_in(mine["advert_id"], value_set=ids.combine_chunks()))
    texts = pc.binary_join_element_wise(*(_as_text(known[name]) for name in cells), CELL).combine_chunks()
    ends = np.searchsorted(known["advert_id"].to_numpy(), wanted, side="right")
    offsets = pa.array(np.concatenate([[0], ends]).astype(np.int32))
    return pc.binary_join(pa.ListArray.from_arrays(offsets, texts), ROW)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(column.type):
        return pc.fill_null(_seconds_text(column), "")
    text = pc.fill_null(pc.cast(column, pa.string()), "")
    if not pa.types.is_string(column.type):
        return text
    return pc.replace_substring(pc.replace_substring(text, ROW, " "), CELL, " ")


def _key_columns(keys: pa.Table) -> list[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = pa.chunked_array([pa.array(range(keys.num_rows), pa.int64())])
    # Digits from the end: a national number is found by its last digits with one range look-up.
    digits = pc.utf8_reverse(pc.replace_substring(keys["value"], "+", ""))
    backwards = pc.if_else(pc.equal(keys["key_kind"], "phone"), digits, None)
    return [numbers, *(keys[name] for name in _KEY_COLUMNS), backwards]


def _numbered_links(keys: pa.Table, links: pa.Table) -> pa.Table:
    import pyarrow as pa

    numbered = keys.select(["key_kind", "key_id", "value"]).append_column(
        "key_no", pa.array(range(keys.num_rows), pa.int64())
    )
    joined = links.join(numbered, keys=["key_kind", "key_id"], join_type="inner")
    return joined.sort_by([("key_no", "ascending"), ("advert_id", "ascending")])


def _weak_mentions(mentions: pa.Table, keys: pa.Table, links: pa.Table) -> list[Any]:
    """Return the contact mentions that tie nothing together (too uncertain), so that a search still finds them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    contacts = mentions.filter(pc.is_in(mentions["kind"], value_set=pa.array(CONTACT_KINDS)))
    names = ["kind", "value", "advert_id"]
    strong = links.select(["key_kind", "value", "advert_id"]).rename_columns(names)
    weak = contacts.select(names).join(strong, keys=names, join_type="left anti")
    distinct = weak.group_by(names).aggregate([]).sort_by([(n, "ascending") for n in names])
    return [distinct[name] for name in names]


def _insert(connection: sqlite3.Connection, table: str, columns: list[Any]) -> None:
    marks = ",".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", _rows(columns))


def _rows(columns: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Return the rows of the columns, a batch at a time, so that only a batch stands in memory as objects."""
    for start in range(0, len(columns[0]), _BATCH):
        yield from zip(*(column.slice(start, _BATCH).to_pylist() for column in columns), strict=True)
