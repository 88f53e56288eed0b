"""Derived tables as the columns that SQLite takes: times as text, lists as JSON, all rows of an advert in one text.

Everything is made in Arrow, without an object per row: a pile has millions of mentions. Imported only to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.ids import id_of
from felinar.store.by_advert import Slices, Source
from felinar.store.published_schema import (
    CELL,
    CONTACT_KINDS,
    MENTION_CELLS,
    PICTURE_CELLS,
    ROW,
    SIGHTING_CELLS,
    SLOT_CELLS,
)

BRIEF_COLUMNS = (
    "source_id", "site", "posted_at", "title", "place_text", "country_hint", "language", "category",
)  # fmt: skip
TEXT_COLUMNS = (
    "source", "url", "account", "body", "latitude", "longitude", "contact_text", "price_text", "extra",
)  # fmt: skip
KEY_COLUMNS = (
    "key_kind", "key_id", "value", "adverts", "contexts", "texts", "others", "sites", "hub", "evidence",
)  # fmt: skip
LINK_COLUMNS = ("key_kind", "key_id", "advert_id", "millibits", "evidence")
WEAK_COLUMNS = ("kind", "value", "advert_id")
# What is packed into one text per advert: order of the rows, cells.
PACKED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mentions": (("field", "start", "kind", "end", "value"), MENTION_CELLS),
    "sightings": (("captured_at", "raw_sha256", "raw_offset", "run_id"), SIGHTING_CELLS),
    "images": (("position", "image_id"), PICTURE_CELLS),
    "slot_values": (("template_id", "slot"), SLOT_CELLS),
}
IN_TEXTS = ("mentions", "sightings", "images")
_PART = 25_000


def advert_tables(tables: Source, first_row: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """Return (SQLite table, columns) for all adverts, a part at a time; `first_row` is the first one's row in `texts`.

    A packed text holds at most 2 GB, and no more than a part stands in memory.
    """
    all_ids = np.sort(tables.read("adverts", ["advert_id"])["advert_id"].to_numpy())
    adverts = tables.slices("adverts", ["advert_id", *BRIEF_COLUMNS, *TEXT_COLUMNS])
    memberships = tables.slices("memberships", ["advert_id", "operation_id"])
    packed = {name: packed_slices(tables, name) for name in IN_TEXTS}
    for end in [*all_ids[_PART::_PART].tolist(), None]:
        part = adverts.below(end)
        ids = part["advert_id"]
        rows = pa.chunked_array([pa.array(range(first_row, first_row + len(ids)), pa.int64())])
        first_row += len(ids)
        lists = [packed_texts(ids, packed[name].below(end), name) for name in IN_TEXTS]
        yield "texts", [rows, *(for_sqlite(part[name]) for name in TEXT_COLUMNS), *lists]
        operation = _looked_up(ids, memberships.below(end))
        yield "brief", [ids, operation, rows, *(for_sqlite(part[name]) for name in BRIEF_COLUMNS)]


def slot_tables(tables: Source) -> Iterator[tuple[str, list[Any]]]:
    """Return (SQLite table, columns) for what fills the slots of templates, a part of the adverts at a time."""
    all_ids = np.unique(tables.read("slot_values", ["advert_id"])["advert_id"].to_numpy())
    slots = packed_slices(tables, "slot_values")
    for first in range(0, len(all_ids), _PART):
        ids = pa.chunked_array([pa.array(all_ids[first : first + _PART])])
        rest = all_ids[first + _PART :]
        yield "filled", [ids, packed_texts(ids, slots.below(int(rest[0]) if len(rest) else None), "slot_values")]


def packed_slices(tables: Source, name: str) -> Slices:
    """Return the rows of a table that is packed, in slices by advert."""
    order, cells = PACKED[name]
    return tables.slices(name, ["advert_id", *dict.fromkeys([*cells, *order])])


def packed_texts(ids: pa.ChunkedArray, rows: pa.Table, name: str) -> Any:
    """Return one text per advert id (sorted) that holds its rows in their order; made in Arrow, without objects."""
    order, cells = PACKED[name]
    rows = rows.sort_by([(column, "ascending") for column in ("advert_id", *order)])
    wanted = ids.to_numpy()
    known = rows.filter(pc.is_in(rows["advert_id"], value_set=ids.combine_chunks()))
    texts = pc.binary_join_element_wise(*(_as_text(known[cell]) for cell in cells), CELL).combine_chunks()
    ends = np.searchsorted(known["advert_id"].to_numpy(), wanted, side="right")
    offsets = pa.array(np.concatenate([[0], ends]).astype(np.int32))
    return pc.binary_join(pa.ListArray.from_arrays(offsets, texts), ROW)


def _looked_up(ids: pa.ChunkedArray, memberships: pa.Table) -> pa.ChunkedArray:
    place = pc.index_in(ids, value_set=memberships["advert_id"].combine_chunks())
    return memberships["operation_id"].combine_chunks().take(place.combine_chunks())


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        return pc.fill_null(seconds_text(column), "")
    text = pc.fill_null(pc.cast(column, pa.string()), "")
    if not pa.types.is_string(column.type):
        return text
    return pc.replace_substring(pc.replace_substring(text, ROW, " "), CELL, " ")


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


def key_numbers(table: pa.Table) -> NDArray[np.int64]:
    """Return one number for the kind and the id of each key; two keys share one as rarely as two adverts an id."""
    kinds = pc.dictionary_encode(table["key_kind"].combine_chunks())
    if isinstance(kinds, pa.ChunkedArray):
        kinds = kinds.combine_chunks()
    masks = np.array([id_of(kind) for kind in kinds.dictionary.to_pylist()] + [0], np.int64)
    numbers: NDArray[np.int64] = table["key_id"].to_numpy() ^ masks[kinds.indices.to_numpy()]
    return numbers


def key_columns(keys: pa.Table) -> list[Any]:
    """Return the columns of `keys`, in the order of their numbers."""
    keys = _numbered(keys)
    # Digits from the end: a national number is found by its last digits with one range look-up.
    digits = pc.utf8_reverse(pc.replace_substring(keys["value"], "+", ""))
    backwards = pc.if_else(pc.equal(keys["key_kind"], "phone"), digits, None)
    return [keys["key_no"], *(keys[name] for name in KEY_COLUMNS), backwards]


def link_columns(links: pa.Table) -> list[Any]:
    """Return the columns of `links`, in the order of its key."""
    links = _numbered(links)
    return [links[name] for name in ("key_no", "advert_id", "millibits", "evidence")]


def _numbered(table: pa.Table) -> pa.Table:
    numbered = table.append_column("key_no", pa.array(key_numbers(table)))
    order = ["key_no"] + ["advert_id"] * ("advert_id" in table.column_names)
    return numbered.sort_by([(name, "ascending") for name in order])


def weak_columns(mentions: pa.Table, keys: pa.Table, links: pa.Table) -> list[Any]:
    """Return the contact mentions that tie nothing together (too uncertain), so that a search still finds them."""
    kinds = pa.array(CONTACT_KINDS)
    contacts = mentions.filter(pc.is_in(mentions["kind"], value_set=kinds)).select(WEAK_COLUMNS)
    links = links.filter(pc.is_in(links["key_kind"], value_set=kinds)).select(["key_kind", "key_id", "advert_id"])
    named = keys.select(["key_kind", "key_id", "value"]).filter(pc.is_in(keys["key_kind"], value_set=kinds))
    strong = links.join(named, keys=["key_kind", "key_id"], join_type="inner")
    strong = strong.select(["key_kind", "value", "advert_id"]).rename_columns(list(WEAK_COLUMNS))
    weak = contacts.join(strong, keys=list(WEAK_COLUMNS), join_type="left anti")
    distinct = weak.group_by(list(WEAK_COLUMNS)).aggregate([])
    distinct = distinct.sort_by([(name, "ascending") for name in ("value", "kind", "advert_id")])
    return [distinct[name] for name in WEAK_COLUMNS]


def plain_columns(table: pa.Table, names: Sequence[str]) -> list[Any]:
    """Return these columns as they are, but for times and lists."""
    return [for_sqlite(table[name]) for name in names]
