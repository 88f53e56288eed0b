"""What is kept of the texts between two runs of one epoch: shingles, groups and boilerplate, as three tables.

Rows may come in any order and in parts: a run adds the texts and adverts that it is the first to see. A group found
when the epoch began keeps its id and its medoid until the next epoch; texts without one are grouped among themselves
in every run. So what a batch yields is what a run over the whole pile with the same epoch would yield.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.shingle import Shingles

Numbers = NDArray[np.int64]
ALONE = -1  # in place of an advert's id

TEXTS = pa.schema(
    [
        ("text_id", pa.int64()),  # hash over its tokens
        ("shingles", pa.list_(pa.uint32())),
        ("group_id", pa.int64()),  # smallest advert of its group when the epoch began; -1: it belongs to none of these
        ("medoid_id", pa.int64()),  # smallest advert with the medoid's text then
        ("medoid_text", pa.int64()),
        ("similarity", pa.int32()),
        ("frozen", pa.bool_()),  # whether the pile held it when the epoch began
    ]
)
ADVERTS = pa.schema([("advert_id", pa.int64()), ("text_id", pa.int64())])
BOILERPLATE = pa.schema([("shingle", pa.uint32()), ("texts", pa.int64()), ("groups", pa.int64())])


@dataclass(frozen=True)
class TextIndex:
    """The distinct texts of a pile, a row each; `advert` ascends, `text_of` is the row of the text that it carries."""

    text_id: Numbers
    shingles: Shingles
    group_id: Numbers
    medoid_id: Numbers
    medoid_text: Numbers
    similarity: Numbers
    frozen: NDArray[np.bool_]
    advert: Numbers
    text_of: Numbers
    boilerplate: pa.Table
    stored_texts: int = 0  # rows that the index was made from; what follows is new
    new_adverts: NDArray[np.int64] | None = None  # positions in `advert` of adverts that are new; None: all

    def tables(self) -> dict[str, pa.Table]:
        """Return everything as tables to be stored."""
        everything = np.arange(len(self.advert))
        return self._tables(0, everything)

    @property
    def added(self) -> dict[str, pa.Table]:
        """The rows of `tables()` that the index of the run before did not hold."""
        new = np.arange(len(self.advert)) if self.new_adverts is None else self.new_adverts
        tables = self._tables(self.stored_texts, new)
        if self.stored_texts:
            tables["text_index_boilerplate"] = self.boilerplate.slice(0, 0)
        return tables

    @property
    def epoch_groups(self) -> Numbers:
        """The ids of the groups that were found when the epoch began, ascending."""
        groups: Numbers = np.unique(self.group_id[self.group_id != ALONE])
        return groups

    def _tables(self, first: int, adverts: Numbers) -> dict[str, pa.Table]:
        offsets, hashes = self.shingles
        lists = pa.ListArray.from_arrays(
            pa.array((offsets[first:] - offsets[first]).astype(np.int32)), pa.array(hashes[offsets[first] :])
        )
        names = ("group_id", "medoid_id", "medoid_text")
        numbers = [pa.array(getattr(self, name)[first:]) for name in names]
        texts = [pa.array(self.text_id[first:]), lists, *numbers, pa.array(self.similarity[first:].astype(np.int32))]
        shown = [pa.array(self.advert[adverts]), pa.array(self.text_id[self.text_of[adverts]])]
        return {
            "text_index_texts": pa.table([*texts, pa.array(self.frozen[first:])], schema=TEXTS),
            "text_index_adverts": pa.table(shown, schema=ADVERTS),
            "text_index_boilerplate": self.boilerplate,
        }

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table]) -> TextIndex:
        """Return the index that these tables hold."""
        texts, adverts = tables["text_index_texts"], tables["text_index_adverts"]
        text_id = _column(texts, "text_id")
        carried, advert = _column(adverts, "text_id"), _column(adverts, "advert_id")
        order = np.argsort(advert)
        return cls(
            text_id=text_id,
            shingles=_shingles(texts["shingles"]),
            group_id=_column(texts, "group_id"),
            medoid_id=_column(texts, "medoid_id"),
            medoid_text=_column(texts, "medoid_text"),
            similarity=_column(texts, "similarity"),
            frozen=_column(texts, "frozen").astype(np.bool_),
            advert=advert[order],
            text_of=row_of(text_id, carried)[order],
            boilerplate=tables["text_index_boilerplate"],
            stored_texts=len(text_id),
            new_adverts=np.zeros(0, dtype=np.int64),
        )


def row_of(known: Numbers, asked: Numbers) -> Numbers:
    """Return the place of each asked id among the known ones, -1 where it is not among them."""
    if not len(known):
        return np.full(len(asked), -1, dtype=np.int64)
    order = np.argsort(known)
    at = np.minimum(np.searchsorted(known, asked, sorter=order), len(known) - 1)
    rows: Numbers = np.where(known[order[at]] == asked, order[at], -1)
    return rows


def _column(table: pa.Table, name: str) -> Numbers:
    column: Numbers = table[name].to_numpy().astype(np.int64)
    return column


def _shingles(column: pa.ChunkedArray) -> Shingles:
    lists = pa.concat_arrays([*column.chunks, pa.array([], column.type)])
    offsets: Numbers = lists.offsets.to_numpy().astype(np.int64)
    return Shingles(offsets - offsets[0], lists.values.to_numpy()[offsets[0] : offsets[-1]])
