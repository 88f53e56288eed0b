"""Derived tables as the columns that SQLite takes: times as text, lists as JSON, all rows of an advert in one text.

Everything is made in Arrow, without an object per row: a pile has millions of mentions. Imported only to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from felinar.store.published_schema import (
    CELL,
    CONTACT_KINDS,
    MENTION_CELLS,
    PICTURE_CELLS,
    ROW,
    SIGHTING_CELLS,
    SLOT_CELLS,
)

_ADVERT_COLUMNS = (
    "source", "source_id", "url", "site", "account", "posted_at", "title", "body", "place_text", "latitude",
    "longitude", "country_hint", "language", "category", "contact_text", "price_text", "extra",
)  # fmt: skip
_KEY_COLUMNS = (
    "key_kind", "key_id", "value", "adverts", "contexts", "texts", "others", "sites", "hub", "evidence",
)  # fmt: skip
_PART = 25_000
_ORDERS = (
    ("mentions", ("field", "start", "kind", "end", "value")),
    ("slot_values", ("template_id", "slot")),
    ("sightings", ("captured_at", "raw_sha256", "raw_offset", "run_id")),
    ("images", ("position", "image_id")),
)
_CELLS = (MENTION_CELLS, SLOT_CELLS, SIGHTING_CELLS, PICTURE_CELLS)


def large_tables(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, list[Any]]]:
    """Return (SQLite table, columns) for everything that is large."""
    for part in _parts_of_adverts(tables):
        yield "adverts", part
    keys = tables["keys"].sort_by([("key_kind", "ascending"), ("key_id", "ascending")])
    links = _numbered_links(keys, tables["links"])
    yield "keys", _key_columns(keys)
    yield "links", [links[n] for n in ("key_no", "advert_id", "millibits", "evidence")]
    yield "weak_mentions", _weak_mentions(tables["mentions"], keys, links)


def for_sqlite(column: pa.ChunkedArray) -> Any:
    """Return the column with times as text and lists as JSON, the only two types that SQLite does not have."""
    if pa.types.is_timestamp(column.type):
        return seconds_text(column)
    if pa.types.is_list(column.type):
        return pa.chunked_array([pa.array([orjson.dumps(v or []).decode() for v in column.to_pylist()], pa.string())])
    return column


def seconds_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return times as texts in UTC, to the second: 2026-01-31T08:00:00Z; null stays null."""
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
        yield [ids, operation, *(for_sqlite(part[name]) for name in _ADVERT_COLUMNS), *packed]


def _sorted_by_advert(table: pa.Table, order: tuple[str, ...]) -> pa.Table:
    return table.sort_by([(name, "ascending") for name in ("advert_id", *order)])


def _looked_up(ids: pa.ChunkedArray, memberships: pa.Table) -> pa.ChunkedArray:
    place = pc.index_in(ids, value_set=memberships["advert_id"].combine_chunks())
    return memberships["operation_id"].combine_chunks().take(place.combine_chunks())


def _packed(ids: pa.ChunkedArray, rows: pa.Table, cells: tuple[str, ...]) -> Any:
    """Return one text per advert id (sorted) that holds its rows in their order; made in Arrow, without objects."""
    wanted, owners = ids.to_numpy(), rows["advert_id"].to_numpy()
    first, end = np.searchsorted(owners, wanted[0], side="left"), np.searchsorted(owners, wanted[-1], side="right")
    mine = rows.slice(first, end - first)
    known = mine.filter(pc.is_in(mine["advert_id"], value_set=ids.combine_chunks()))
    texts = pc.binary_join_element_wise(*(_as_text(known[name]) for name in cells), CELL).combine_chunks()
    ends = np.searchsorted(known["advert_id"].to_numpy(), wanted, side="right")
    offsets = pa.array(np.concatenate([[0], ends]).astype(np.int32))
    return pc.binary_join(pa.ListArray.from_arrays(offsets, texts), ROW)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        return pc.fill_null(seconds_text(column), "")
    text = pc.fill_null(pc.cast(column, pa.string()), "")
    if not pa.types.is_string(column.type):
        return text
    return pc.replace_substring(pc.replace_substring(text, ROW, " "), CELL, " ")


def _key_columns(keys: pa.Table) -> list[Any]:
    numbers = pa.chunked_array([pa.array(range(keys.num_rows), pa.int64())])
    # Digits from the end: a national number is found by its last digits with one range look-up.
    digits = pc.utf8_reverse(pc.replace_substring(keys["value"], "+", ""))
    backwards = pc.if_else(pc.equal(keys["key_kind"], "phone"), digits, None)
    return [numbers, *(keys[name] for name in _KEY_COLUMNS), backwards]


def _numbered_links(keys: pa.Table, links: pa.Table) -> pa.Table:
    numbered = keys.select(["key_kind", "key_id", "value"]).append_column(
        "key_no", pa.array(range(keys.num_rows), pa.int64())
    )
    joined = links.join(numbered, keys=["key_kind", "key_id"], join_type="inner")
    return joined.sort_by([("key_no", "ascending"), ("advert_id", "ascending")])


def _weak_mentions(mentions: pa.Table, keys: pa.Table, links: pa.Table) -> list[Any]:
    """Return the contact mentions that tie nothing together (too uncertain), so that a search still finds them."""
    contacts = mentions.filter(pc.is_in(mentions["kind"], value_set=pa.array(CONTACT_KINDS)))
    names = ["kind", "value", "advert_id"]
    strong = links.select(["key_kind", "value", "advert_id"]).rename_columns(names)
    weak = contacts.select(names).join(strong, keys=names, join_type="left anti")
    distinct = weak.group_by(names).aggregate([]).sort_by([(n, "ascending") for n in names])
    return [distinct[name] for name in names]
