"""Derived tables as the columns that SQLite takes: times as text, lists as JSON, all rows of an advert in one text.

Everything is made in Arrow, without an object per row: a pile has millions of mentions. Imported only to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from felinar.store.by_advert import Source
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
# What is packed into each advert: table, order of the rows, cells.
_PACKED = (
    ("mentions", ("field", "start", "kind", "end", "value"), MENTION_CELLS),
    ("slot_values", ("template_id", "slot"), SLOT_CELLS),
    ("sightings", ("captured_at", "raw_sha256", "raw_offset", "run_id"), SIGHTING_CELLS),
    ("images", ("position", "image_id"), PICTURE_CELLS),
)


def large_tables(tables: Source) -> Iterator[tuple[str, list[Any]]]:
    """Return (SQLite table, columns) for everything that is large."""
    for part in _parts_of_adverts(tables):
        yield "adverts", part
    keys = tables.read("keys").sort_by([("key_kind", "ascending"), ("key_id", "ascending")])
    links = _numbered_links(keys, tables.read("links"))
    yield "keys", _key_columns(keys)
    yield "links", [links[n] for n in ("key_no", "advert_id", "millibits", "evidence")]
    yield "weak_mentions", _weak_mentions(tables.read("mentions", ["kind", "value", "advert_id"]), keys, links)


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


def _parts_of_adverts(tables: Source) -> Iterator[list[Any]]:
    """Return the columns of the adverts, a part of the pile at a time: a packed text holds at most 2 GB."""
    all_ids = np.sort(tables.read("adverts", ["advert_id"])["advert_id"].to_numpy())
    adverts = tables.slices("adverts", ["advert_id", *_ADVERT_COLUMNS])
    memberships = tables.slices("memberships", ["advert_id", "operation_id"])
    packed = [tables.slices(name, ["advert_id", *cells]) for name, _, cells in _PACKED]
    for end in [*all_ids[_PART::_PART].tolist(), None]:
        part = adverts.below(end)
        ids = part["advert_id"]
        lists = [
            _packed(ids, _in_order(rows.below(end), order), cells)
            for rows, (_, order, cells) in zip(packed, _PACKED, strict=True)
        ]
        operation = _looked_up(ids, memberships.below(end))
        yield [ids, operation, *(for_sqlite(part[name]) for name in _ADVERT_COLUMNS), *lists]


def _in_order(table: pa.Table, order: tuple[str, ...]) -> pa.Table:
    return table.sort_by([(name, "ascending") for name in ("advert_id", *order)])


def _looked_up(ids: pa.ChunkedArray, memberships: pa.Table) -> pa.ChunkedArray:
    place = pc.index_in(ids, value_set=memberships["advert_id"].combine_chunks())
    return memberships["operation_id"].combine_chunks().take(place.combine_chunks())


def _packed(ids: pa.ChunkedArray, rows: pa.Table, cells: tuple[str, ...]) -> Any:
    """Return one text per advert id (sorted) that holds its rows in their order; made in Arrow, without objects."""
    wanted = ids.to_numpy()
    known = rows.filter(pc.is_in(rows["advert_id"], value_set=ids.combine_chunks()))
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
