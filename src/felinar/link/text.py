"""Near-duplicate adverts: the same text with other slots, a few edits or its sentences in another order.

Shared boilerplate (site footers, safety advice) does not tie texts together: `grouping.py` says how.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.link.grouping import group_texts

NEAR_DUPLICATES = pa.schema(
    [("advert_id", pa.int64()), ("group_id", pa.int64()), ("medoid_id", pa.int64()), ("similarity", pa.int32())]
)
SHORT_BODY = 120  # characters; under this the title says too much of the advert to be left out

Progress = Callable[[str, int, int], None]


def near_duplicates(adverts: pa.Table, *, threads: int = 1, progress: Progress | None = None) -> pa.Table:
    """Return advert_id, group_id, medoid_id and similarity of the adverts that have a near-duplicate, by advert_id.

    group_id is the smallest advert_id of the group. similarity: thousandths of the shorter text's shingles (three
    words each) that the longer one, advert or medoid, holds too; 1,000 for texts equal but for digits.
    """
    ids, texts = comparable(adverts)
    groups = group_texts(texts, threads=threads)
    rows = np.flatnonzero(groups.group >= 0)
    columns = [ids[rows], ids[groups.group[rows]], ids[groups.medoid[rows]], groups.similarity[rows].astype(np.int32)]
    if progress:
        progress("near-duplicates", len(texts), len(texts))
    return pa.table([pa.array(column) for column in columns], schema=NEAR_DUPLICATES)


def comparable(adverts: pa.Table) -> tuple[NDArray[np.int64], pa.Array]:
    """Return the advert ids in ascending order and the text of each: the body, with the title before a short one."""
    ids = adverts["advert_id"].to_numpy()
    order = pa.array(np.argsort(ids, kind="stable"))
    title, body = (
        pc.fill_null(adverts[name].combine_chunks().cast(pa.large_string()).take(order), "")
        for name in ("title", "body")
    )
    line_break = pa.scalar("\n", pa.large_string())
    both = pc.binary_join_element_wise(title, body, line_break)
    takes = pc.and_(pc.less(pc.utf8_length(body), SHORT_BODY), pc.not_equal(title, ""))
    return np.sort(ids), pc.if_else(takes, both, body)


def comparable_texts(adverts: pa.Table) -> tuple[NDArray[np.int64], list[str]]:
    """Return the same with the texts as Python strings."""
    ids, texts = comparable(adverts)
    return ids, texts.to_pylist()


def takes_title(title: str | None, body: str | None) -> bool:
    """Return whether the title, which is short and often the same, is compared too: only before a short body."""
    return bool(title) and len(body or "") < SHORT_BODY


def title_lengths(adverts: pa.Table) -> list[int]:
    """Return how many characters stand before the body in the text of each advert, in the order of the ids."""
    ordered = adverts.select(["advert_id", "title", "body"]).sort_by("advert_id")
    pairs = zip(ordered["title"].to_pylist(), ordered["body"].to_pylist(), strict=True)
    return [len(title) + 1 if takes_title(title, body) else 0 for title, body in pairs]
