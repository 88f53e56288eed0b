"""A block of groups with the texts of its adverts: what templates are fitted to, and what stands in their slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.link.distinct import texts_of, title_lengths
from felinar.link.fitting import Corpus, corpus_of
from felinar.link.groups import Grouped
from felinar.tables import SLOT_VALUES

Numbers = NDArray[np.int64]


class Block(NamedTuple):
    """Groups, and their adverts as rows of a corpus: each member, each group's medoid, the length of each title."""

    groups: Grouped
    corpus: Corpus
    members: Numbers
    medoids: Numbers
    titles: Numbers

    def slot_values(self, fillers: Numbers, wanted: NDArray[np.bool_]) -> pa.Table:
        """Return a row of SLOT_VALUES for each slot that a member of the wanted groups fills, group by group."""
        corpus, groups = self.corpus, self.groups
        group_of, advert_of = np.zeros((2, len(corpus.bounds) - 1), dtype=np.int64)
        group_of[self.members] = np.repeat(np.arange(len(groups.ids)), np.diff(groups.bounds))
        advert_of[self.members] = groups.adverts
        text, slot, first, last = fillers[wanted[group_of[fillers[:, 0]]]].T
        begin = corpus.rows.offsets[text]
        start = corpus.starts[begin + first].astype(np.int64)
        end = corpus.ends[begin + last - 1].astype(np.int64)
        # The text is title, line break, body: a value that begins in the title ends with it.
        title = self.titles[text]
        in_title = start < title
        end = np.where(in_title, np.minimum(end, title - 1), end)
        shift = np.where(in_title, 0, title)
        columns = {
            "template_id": groups.ids[group_of[text]],
            "advert_id": advert_of[text],
            "slot": slot,
            "field": pa.array(["body", "title"]).take(pa.array(in_title.astype(np.int8))),
            "start": start - shift,
            "end": end - shift,
            "value": corpus.strings(text, start, end),
        }
        return SLOT_VALUES.check(pa.table(columns))


def block_of(groups: Grouped, adverts: Sequence[pa.Table]) -> Block:
    """Return the groups with the texts of their adverts (advert_id, title, body).

    Where the medoid is gone from the pile, the smallest member stands for it.
    """
    table = pa.concat_tables(adverts)
    ids = table["advert_id"].to_numpy()
    order = np.argsort(ids)
    members = order[np.searchsorted(ids, groups.adverts, sorter=order)]
    at = order[np.minimum(np.searchsorted(ids, groups.medoids, sorter=order), len(ids) - 1)]
    medoids = np.where(ids[at] == groups.medoids, at, members[groups.bounds[:-1]])
    return Block(groups, corpus_of(texts_of(table)), members, medoids, title_lengths(table))


def in_order(values: pa.Table) -> pa.Table:
    """Return rows of SLOT_VALUES in the order of their key, in which blocks mostly give them."""
    template, advert, slot = (values[name].to_numpy() for name in SLOT_VALUES.key)
    order = np.argsort(template, kind="stable")  # cheap: a few runs that ascend
    template, advert, slot = template[order], advert[order], slot[order]
    more = (advert[1:] > advert[:-1]) | ((advert[1:] == advert[:-1]) & (slot[1:] >= slot[:-1]))
    mixed = np.unique(template[1:][(template[1:] == template[:-1]) & ~more])
    rows = np.flatnonzero(np.isin(template, mixed))
    order[rows] = order[rows[np.lexsort((slot[rows], advert[rows], template[rows]))]]
    ordered = values if np.array_equal(order, np.arange(len(order))) else values.take(pa.array(order))
    return ordered.combine_chunks()
