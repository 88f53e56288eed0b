"""Bring the copy of a published file to the tables of today: write what changed, and nothing else.

The result holds the rows that a publication from nothing holds; only where they lie in the file differs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from felinar.store.by_advert import FromLake, InMemory
from felinar.store.lake import Lake
from felinar.store.publish_changes import GROWING, Changes, changed_ids
from felinar.store.publish_columns import (
    IN_TEXTS,
    LINK_COLUMNS,
    PACKED,
    advert_tables,
    key_columns,
    key_numbers,
    link_columns,
    packed_texts,
    plain_columns,
    slot_tables,
    weak_columns,
)
from felinar.store.publish_prints import Ints
from felinar.store.publish_whole import GROUPS, insert, one_ahead, rows_of, write_small
from felinar.tables import BY_NAME

_SAME_LINK = """ON CONFLICT (key_no, advert_id) DO UPDATE SET millibits = excluded.millibits,
    evidence = excluded.evidence WHERE millibits <> excluded.millibits OR evidence <> excluded.evidence"""
_SAME_KEY = """ON CONFLICT (key_no) DO UPDATE SET value = excluded.value, adverts = excluded.adverts,
    contexts = excluded.contexts, texts = excluded.texts, others = excluded.others, sites = excluded.sites,
    hub = excluded.hub, evidence = excluded.evidence"""
_COLUMN_IN_TEXTS = {"mentions": "mentions", "sightings": "sightings", "images": "pictures"}


def write_batch(
    connection: sqlite3.Connection, lake: Lake, changes: Changes, came: Sequence[tuple[Any, ...]],
    facts: Mapping[str, int],
) -> None:  # fmt: skip
    """Write what changed; `came` are the rows of `parts` for the files that came."""
    tables = FromLake(lake)
    new = FromLake(lake, {name: changes.came[name] for name in GROWING})
    ids = changed_ids(connection, changes, came)
    added = np.sort(new.read("adverts", ["advert_id"])["advert_id"].to_numpy())
    connection.execute("BEGIN")
    _add_adverts(connection, new)
    again = _add_to_texts(connection, tables, new, added)
    _move(connection, tables, without(ids["memberships"], added))
    _fill(connection, tables, ids["slot_values"])
    keys = tables.read("keys")
    _change_keys(connection, keys, ids["keys"])
    _change_links(connection, tables, ids["links"], ids["ties"])
    again = np.union1d(again, ids["ties"])
    read = tables if len(without(again, added)) else new
    _change_weak(connection, tables, read, keys, np.union1d(again, added))
    for name in GROUPS:
        _change_group(connection, tables, name, ids[name])
    went = [(name, sha256) for name, parts in changes.went.items() for sha256 in parts]
    connection.executemany("DELETE FROM parts WHERE name = ? AND sha256 = ?", went)
    connection.executemany("INSERT INTO parts VALUES (?, ?, ?, ?)", came)
    connection.execute("COMMIT")
    write_small(connection, tables, facts)


def without(ids: Ints, others: Ints) -> Ints:
    """Return the ids that are none of the others, ascending."""
    return np.setdiff1d(ids, others, assume_unique=True)


def _each(ids: Ints) -> list[tuple[int]]:
    return [(number,) for number in ids.tolist()]


def _add_adverts(connection: sqlite3.Connection, new: FromLake) -> None:
    (last,) = connection.execute("SELECT coalesce(max(row), -1) FROM texts").fetchone()
    for table, columns in one_ahead(advert_tables(new, last + 1)):
        insert(connection, table, columns)


def _add_to_texts(connection: sqlite3.Connection, tables: FromLake, new: FromLake, added: Ints) -> Ints:
    """Write what came to adverts that were there; return those among them whose mentions are others."""
    read_anew = np.empty(0, np.int64)
    for name in IN_TEXTS:
        ids = without(np.unique(new.read(name, ["advert_id"])["advert_id"].to_numpy()), added)
        if len(ids):
            packed = _packed(tables, name, ids)
            at = "WHERE row = (SELECT row FROM brief WHERE advert_id = ?)"
            connection.executemany(f"UPDATE texts SET {_COLUMN_IN_TEXTS[name]} = ? {at}", rows_of(packed[::-1]))
            read_anew = ids if name == "mentions" else read_anew
    return read_anew


def _packed(tables: FromLake, name: str, ids: Ints) -> list[Any]:
    """Return the ids and, for each, all its rows of a table in one text."""
    order, cells = PACKED[name]
    rows = tables.among(name, pa.array(ids), ["advert_id", *dict.fromkeys([*cells, *order])])
    found = pa.chunked_array([pa.array(ids)])
    return [found, packed_texts(found, rows, name)]


def _move(connection: sqlite3.Connection, tables: FromLake, ids: Ints) -> None:
    """Write the operation of adverts that went from one to another."""
    here = tables.among("memberships", pa.array(ids), ["advert_id", "operation_id"])
    connection.executemany("UPDATE brief SET operation_id = NULL WHERE advert_id = ?", _each(ids))
    connection.executemany(
        "UPDATE brief SET operation_id = ? WHERE advert_id = ?", rows_of([here["operation_id"], here["advert_id"]])
    )


def _fill(connection: sqlite3.Connection, tables: FromLake, ids: Ints) -> None:
    connection.executemany("DELETE FROM filled WHERE advert_id = ?", _each(ids))
    columns = ["advert_id", *(n for n in BY_NAME["slot_values"].names if n != "advert_id")]
    filled = tables.among("slot_values", pa.array(ids), columns)
    for table, columns in slot_tables(InMemory({"slot_values": filled})):
        insert(connection, table, columns)


def _change_keys(connection: sqlite3.Connection, keys: pa.Table, ids: Ints) -> None:
    numbers = key_numbers(keys)
    here = np.isin(numbers, ids, kind="sort")
    connection.executemany("DELETE FROM keys WHERE key_no = ?", _each(without(ids, np.sort(numbers[here]))))
    insert(connection, "keys", key_columns(keys.filter(pa.array(here))), _SAME_KEY)


def _change_links(connection: sqlite3.Connection, tables: FromLake, ids: Ints, retied: Ints) -> None:
    """Write the links of these adverts; those of `retied` go first, since some of them are no more."""
    connection.executemany("DELETE FROM links WHERE advert_id = ?", _each(retied))
    links = tables.among("links", pa.array(ids), ["advert_id", *(n for n in LINK_COLUMNS if n != "advert_id")])
    insert(connection, "links", link_columns(links), _SAME_LINK)


def _change_weak(connection: sqlite3.Connection, tables: FromLake, read: FromLake, keys: pa.Table, ids: Ints) -> None:
    """Write the uncertain mentions of these adverts, whose mentions are in the files of `read`."""
    connection.execute("CREATE TEMP TABLE again (advert_id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO again VALUES (?)", _each(ids))
    connection.execute("DELETE FROM weak_mentions WHERE advert_id IN (SELECT advert_id FROM again)")
    mentions = read.among("mentions", pa.array(ids), ["advert_id", "kind", "value"])
    links = tables.among("links", pa.array(ids), ["advert_id", "key_kind", "key_id"])
    insert(connection, "weak_mentions", weak_columns(mentions, keys, links))


def _change_group(connection: sqlite3.Connection, tables: FromLake, name: str, ids: Ints) -> None:
    by = GROUPS[name][0]
    connection.executemany(f"DELETE FROM {name} WHERE {by} = ?", _each(ids))
    insert(connection, name, plain_columns(BY_NAME[name].sort(tables.among(name, pa.array(ids))), GROUPS[name]))
