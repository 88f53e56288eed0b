"""What an epoch freezes of its texts: their groups, what is boilerplate, and where an asking text finds who is like it.

Written once, when the epoch begins, as tables that later runs map into memory: a batch reads only the rows that it asks
for. Every text of three shingles or more has a medoid; one that is like no other stands for itself, a group of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.nearest import Bands, Rows, Terms
from felinar.kernels.shingle import Shingles

Numbers = NDArray[np.int64]
Places = NDArray[np.int32]
Array = NDArray[Any]
ALONE = -1  # in place of an advert's id or of a row

TEXTS = pa.schema(
    [
        ("text_id", pa.int64()),  # hash over its tokens; ascends
        ("shingles", pa.list_(pa.uint32())),
        ("rare", pa.int32()),  # how many of them are not boilerplate
        ("medoid", pa.int32()),  # row of the medoid of its group; -1: too short for any group
        ("similarity", pa.int32()),
        ("group_id", pa.int64()),  # smallest advert of its group when the epoch began
        ("medoid_id", pa.int64()),  # smallest advert with the medoid's text then
    ]
)
HOLDERS = pa.schema([("advert_id", pa.int64()), ("text", pa.int32())])
TERMS = pa.schema([("hash", pa.uint32()), ("texts", pa.int32()), ("rows", pa.list_(pa.int32()))])
BANDS = pa.schema([("key", pa.uint32()), ("row", pa.int32())])
BOILERPLATE = pa.schema([("shingle", pa.uint32()), ("texts", pa.int64()), ("groups", pa.int64())])
SCHEMAS = {
    "text_epoch_texts": TEXTS,
    "text_epoch_adverts": HOLDERS,
    "text_epoch_boilerplate": BOILERPLATE,
    "text_epoch_member_terms": TERMS,
    "text_epoch_medoid_terms": TERMS,
    "text_epoch_medoid_bands": BANDS,
    "text_epoch_lone_terms": TERMS,
    "text_epoch_lone_bands": BANDS,
}


class Centres(NamedTuple):
    """Texts to be found by the shingles that few of them hold, and by their band keys."""

    terms: Terms
    bands: Bands


@dataclass(frozen=True)
class Frozen:
    """The tables of an epoch as arrays; `advert` ascends, `text_of` is the row of the text that it carried.

    `members` are the shingles of texts that share their group with others, and all texts that hold these. `medoids`
    finds the medoids of such groups, `lone` the texts that are a group of their own.
    """

    text_id: Numbers
    rows: Rows
    medoid: Places
    similarity: Places
    group_id: Numbers
    medoid_id: Numbers
    advert: Numbers
    text_of: Places
    boilerplate: NDArray[np.uint32]
    members: Terms
    medoids: Centres
    lone: Centres
    tables: Mapping[str, pa.Table]

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table]) -> Frozen:
        """Return what these tables hold; nothing of a mapped file is read yet."""
        texts, adverts = tables["text_epoch_texts"], tables["text_epoch_adverts"]
        offsets, hashes = lists_of(texts["shingles"])
        return cls(
            text_id=column_of(texts, "text_id"),
            rows=Rows(offsets, hashes, column_of(texts, "rare")),
            medoid=column_of(texts, "medoid"),
            similarity=column_of(texts, "similarity"),
            group_id=column_of(texts, "group_id"),
            medoid_id=column_of(texts, "medoid_id"),
            advert=column_of(adverts, "advert_id"),
            text_of=column_of(adverts, "text"),
            boilerplate=column_of(tables["text_epoch_boilerplate"], "shingle"),
            members=_terms(tables["text_epoch_member_terms"]),
            medoids=_centres(tables, "medoid"),
            lone=_centres(tables, "lone"),
            tables=tables,
        )

    @classmethod
    def nothing(cls) -> Frozen:
        """Return what an epoch freezes that began with no adverts."""
        return cls.of({name: schema.empty_table() for name, schema in SCHEMAS.items()})

    @property
    def groups(self) -> Numbers:
        """The ids of the groups of two texts or more, ascending; one text that many adverts carry is none of these."""
        return np.sort(self.group_id[self._texts > 1])

    @cached_property
    def _texts(self) -> Numbers:
        """How many texts the group of each medoid has; 0 for a text that is no medoid."""
        return np.bincount(self.medoid[self.medoid != ALONE], minlength=len(self.medoid))

    @cached_property
    def is_lone(self) -> NDArray[np.bool_]:
        """Which texts are a group of their own, without another text."""
        lone: NDArray[np.bool_] = self._texts == 1
        return lone

    @property
    def in_groups(self) -> Places:
        """The medoid of each text that shares its group with other texts, -1 for the others."""
        return np.where(self.is_lone, np.int32(ALONE), self.medoid)


def _centres(tables: Mapping[str, pa.Table], which: str) -> Centres:
    bands = tables[f"text_epoch_{which}_bands"]
    keys = Bands(column_of(bands, "key"), column_of(bands, "row"))
    return Centres(_terms(tables[f"text_epoch_{which}_terms"]), keys)


def _terms(table: pa.Table) -> Terms:
    return Terms(column_of(table, "hash"), column_of(table, "texts"), *lists_of(table["rows"]))


def column_of(table: pa.Table, name: str) -> Array:
    """Return a column as it lies in memory or in the file."""
    column: Array = _whole(table[name]).to_numpy()
    return column


def lists_of(column: pa.ChunkedArray) -> tuple[Places, Array]:
    """Return where the list of each row begins, with the end of the last, and what all lists hold."""
    lists = _whole(column)
    return lists.offsets.to_numpy(), lists.values.to_numpy()


def _whole(column: pa.ChunkedArray) -> pa.Array:
    filled = [chunk for chunk in column.chunks if len(chunk)]
    if len(filled) == 1 and not filled[0].offset:
        return filled[0]
    return pa.concat_arrays([*filled, pa.array([], column.type)])


def table_of(columns: Sequence[Array | Shingles], schema: pa.Schema) -> pa.Table:
    """Return columns as a table; shingles become lists."""
    return pa.table(
        [_as_array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _as_array(column: Array | Shingles, kind: pa.DataType) -> pa.Array:
    if isinstance(column, Shingles):
        offsets, values = column
        return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), pa.array(values))
    return pa.array(column).cast(kind)
