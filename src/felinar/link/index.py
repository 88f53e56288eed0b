"""What is kept of the texts between two runs of one epoch: what the epoch froze, and the texts that came later.

A group found when the epoch began keeps its id and its medoid until the next epoch; a later text joins one of these
groups, by itself, or is grouped anew in every run with other later texts and with texts that stood alone. So what a
batch yields is what a run over the whole pile with the same epoch would yield. The tables of later texts may come in
any order of rows and in parts: a run adds the rows that it is the first to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.shingle import Shingles, of_rows
from felinar.link import frozen as epoch
from felinar.link.frozen import Array, Frozen, table_of

Numbers = NDArray[np.int64]

TEXTS = pa.schema(
    [
        ("text_id", pa.int64()),  # hash over its tokens
        ("shingles", pa.list_(pa.uint32())),
        ("medoid", pa.int64()),  # row of the most similar medoid, or of its member's, of the epoch; -1: like none
        ("similarity", pa.int64()),
    ]
)
ADVERTS = pa.schema([("advert_id", pa.int64()), ("text_id", pa.int64())])
LATER = {"text_later_texts": TEXTS, "text_later_adverts": ADVERTS}


@dataclass(frozen=True)
class TextIndex:
    """The distinct texts of a pile, a row each: those of the epoch, then the later ones, whose columns follow.

    `advert` ascends, `text_of` is the row of the text that it carries. Later adverts may carry texts of the epoch.
    """

    frozen: Frozen
    text_id: Numbers
    shingles: Shingles
    medoid: Numbers
    similarity: Numbers
    advert: Numbers
    text_of: Numbers
    stored_texts: int  # later texts that the index was made from; what follows is new
    new_adverts: Numbers  # places in `advert` of adverts that are new

    @property
    def texts(self) -> int:
        """How many texts there are."""
        return len(self.frozen.text_id) + len(self.text_id)

    @property
    def epoch_groups(self) -> Numbers:
        """The ids of the groups that had two texts or more when the epoch began, ascending."""
        return self.frozen.groups

    def row_of(self, asked: Numbers) -> Numbers:
        """Return the row of each text id, -1 where it is not known."""
        rows = row_of(self.text_id, asked)
        rows[rows >= 0] += len(self.frozen.text_id)
        known = self.frozen.text_id
        if len(known):
            at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
            rows = np.where(known[at] == asked, at, rows)
        return rows

    def ids_of(self, rows: Numbers) -> Numbers:
        """Return the text ids of these rows."""
        known = len(self.frozen.text_id)
        ids = np.empty(len(rows), dtype=np.int64)
        ids[rows < known] = self.frozen.text_id[rows[rows < known]]
        ids[rows >= known] = self.text_id[rows[rows >= known] - known]
        return ids

    def shingles_of(self, rows: Numbers, *, plain: bool) -> Shingles:
        """Return the shingles of these rows, in this order."""
        known = len(self.frozen.text_id)
        old, new = rows[rows < known], rows[rows >= known] - known
        frozen = of_rows(Shingles(self.frozen.rows.offsets.astype(np.int64), self.frozen.rows.hashes), old, plain=plain)
        both = joined_rows(frozen, of_rows(self.shingles, new, plain=plain))
        place = np.empty(len(rows), dtype=np.int64)
        place[rows < known], place[rows >= known] = np.arange(len(old)), len(old) + np.arange(len(new))
        return of_rows(both, place, plain=plain)

    def with_adverts(self, advert: Numbers, text_of: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return `advert`, `text_of` and `new_adverts` with these adverts, which are not known yet."""
        both = np.concatenate((self.advert, advert))
        order = np.argsort(both, kind="stable")
        return both[order], np.concatenate((self.text_of, text_of))[order], np.flatnonzero(order >= len(self.advert))

    def tables(self) -> dict[str, pa.Table]:
        """Return the tables of later texts and adverts, whole."""
        of_epoch = np.searchsorted(self.frozen.advert, self.advert)
        held = np.append(self.frozen.advert, epoch.ALONE)[of_epoch] == self.advert
        return self._tables(0, np.flatnonzero(~held))

    @property
    def added(self) -> dict[str, pa.Table]:
        """The rows of `tables()` that the index of the run before did not hold."""
        return self._tables(self.stored_texts, self.new_adverts)

    def _tables(self, first: int, adverts: Numbers) -> dict[str, pa.Table]:
        offsets, hashes = self.shingles
        some = Shingles(offsets[first:] - offsets[first], hashes[offsets[first] :])
        texts: list[Array | Shingles] = [self.text_id[first:], some, self.medoid[first:], self.similarity[first:]]
        ids = self.ids_of(self.text_of[adverts])
        return {
            "text_later_texts": table_of(texts, TEXTS),
            "text_later_adverts": table_of([self.advert[adverts], ids], ADVERTS),
        }

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table]) -> TextIndex:
        """Return the index that these tables hold: those of the epoch, and those of later texts."""
        texts, adverts = tables["text_later_texts"], tables["text_later_adverts"]
        begun = cls.begun(Frozen.of({name: tables[name] for name in epoch.SCHEMAS}))
        offsets, hashes = epoch.lists_of(texts["shingles"])
        text_id, medoid, similarity = (epoch.column_of(texts, name) for name in ("text_id", "medoid", "similarity"))
        stored = len(text_id)
        later = replace(
            begun, text_id=text_id, shingles=Shingles(offsets.astype(np.int64), hashes), medoid=medoid,
            similarity=similarity, stored_texts=stored,
        )  # fmt: skip
        carried = later.row_of(epoch.column_of(adverts, "text_id"))
        advert, text_of, _ = later.with_adverts(epoch.column_of(adverts, "advert_id"), carried)
        return replace(later, advert=advert, text_of=text_of)

    @classmethod
    def begun(cls, frozen: Frozen) -> TextIndex:
        """Return the index at the beginning of an epoch."""
        nothing = np.zeros(0, dtype=np.int64)
        shingles = Shingles(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint32))
        text_of = frozen.text_of.astype(np.int64)
        return cls(frozen, nothing, shingles, nothing, nothing, frozen.advert, text_of, 0, nothing)


def row_of(known: Numbers, asked: Numbers) -> Numbers:
    """Return the place of each asked id among the known ones, -1 where it is not among them."""
    if not len(known):
        return np.full(len(asked), -1, dtype=np.int64)
    order = np.argsort(known)
    at = np.minimum(np.searchsorted(known, asked, sorter=order), len(known) - 1)
    rows: Numbers = np.where(known[order[at]] == asked, order[at], -1)
    return rows


def joined_rows(left: Shingles, right: Shingles) -> Shingles:
    """Return the shingles of the texts of both."""
    offsets = np.concatenate((left.offsets, left.offsets[-1] + right.offsets[1:]))
    return Shingles(offsets, np.concatenate((left.hashes, right.hashes)))
