"""The distinct texts of adverts, read a piece at a time: of a piece only its shingles stay, never its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.ranges import in_blocks, in_turn
from felinar.kernels.shingle import Shingles, put_rows, shingles_of_texts
from felinar.link.grouping import is_small

PIECE = 10_000  # adverts
FEW = 100  # texts; less is sooner done in plain Python than numba is imported
SHORT_BODY = 120  # characters; under this the title says too much of the advert to be left out

Numbers = NDArray[np.int64]


class Distinct(NamedTuple):
    """Texts by ascending id, a hash over their tokens; `text_of` is the row of the text that each advert carries.

    The adverts ascend.
    """

    text_id: Numbers
    shingles: Shingles
    advert: Numbers
    text_of: Numbers


def distinct_texts(tables: Iterable[pa.Table], threads: int) -> Distinct:
    """Return the distinct texts of the adverts in these tables (advert_id, title, body), in whatever order they come.

    The next tables are read while the last ones are shingled.
    """
    adverts, hashes, parts = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint64)], []
    for ids, whole, shingles in in_turn(_pieces(tables), threads, _shingled):
        adverts.append(ids)
        hashes.append(whole)
        parts.append(shingles)
    advert, text = np.concatenate(adverts), np.concatenate(hashes).view(np.int64)
    text_id, first, text_of = np.unique(text, return_index=True, return_inverse=True)
    order = np.argsort(advert, kind="stable")
    return Distinct(
        text_id, _rows_of(parts, first.astype(np.int64), threads), advert[order], text_of[order].astype(np.int64)
    )


def _rows_of(parts: list[Shingles], rows: Numbers, threads: int) -> Shingles:
    """Return these rows of the parts, counted on from part to part; `parts` is emptied: nothing is held twice."""
    sizes = np.concatenate([np.zeros(0, dtype=np.int64), *(np.diff(part.offsets) for part in parts)])[rows]
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    hashes = np.empty(int(offsets[-1]), dtype=np.uint32)
    order = np.argsort(rows)
    begins = np.cumsum([0, *(len(part.offsets) - 1 for part in parts)])
    cuts = np.searchsorted(rows[order], begins)

    def some(number: int, _: int) -> None:
        here, part = order[cuts[number] : cuts[number + 1]], parts[number]
        parts[number] = Shingles(part.offsets[:1], part.hashes[:0].copy())
        put = put_rows.plain if len(here) < FEW else put_rows
        put(part.offsets, part.hashes, rows[here] - begins[number], offsets[here], hashes)

    if parts:
        in_blocks(len(parts), 1, threads, some)
    return Shingles(offsets, hashes)


def _pieces(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    for table in tables:
        yield from (table.slice(first, PIECE) for first in range(0, table.num_rows, PIECE))


def _shingled(piece: pa.Table) -> tuple[Numbers, NDArray[np.uint64], Shingles]:
    """Return the advert ids of a piece, a hash over each text, and the shingles of each text."""
    texts = texts_of(piece)
    return piece["advert_id"].to_numpy(), *shingles_of_texts(texts, plain=is_small(texts))


def texts_of(adverts: pa.Table) -> pa.Array:
    """Return the text of each advert that is compared: the body, with the title and a line break before a short one."""
    title, body = _title_and_body(adverts)
    takes = _takes_title(title, body)
    both = pc.binary_join_element_wise(title.filter(takes), body.filter(takes), pa.scalar("\n", pa.large_string()))
    return pc.replace_with_mask(body, takes, both)


def title_lengths(adverts: pa.Table) -> Numbers:
    """Return how many characters stand before the body in the text of each advert that is compared."""
    title, body = _title_and_body(adverts)
    lengths: Numbers = pc.if_else(_takes_title(title, body), pc.add(pc.utf8_length(title), 1), 0).to_numpy()
    return lengths.astype(np.int64)


def _title_and_body(adverts: pa.Table) -> tuple[pa.Array, pa.Array]:
    columns = (adverts[name].combine_chunks().cast(pa.large_string()) for name in ("title", "body"))
    title, body = (pc.fill_null(column, "") for column in columns)
    return title, body


def _takes_title(title: pa.Array, body: pa.Array) -> pa.Array:
    return pc.and_(pc.less(pc.utf8_length(body), SHORT_BODY), pc.not_equal(title, ""))
