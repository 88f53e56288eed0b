"""What stands in the slots: its place in the unchanged original, and what kind of thing it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

FIELDS = ("title", "body")
NO_NAME = "job"  # a term of a job names again what its price or its phrase says, so it does not name a slot
WIDE = 32  # bits for a place in a text

Numbers = NDArray[np.int64]
Kinds = dict[tuple[int, int], str]


class Spans(NamedTuple):
    """Spans of adverts, which are numbers here; `field` is 0 for the title, 1 for the body."""

    advert: Numbers
    field: Numbers
    start: Numbers
    end: Numbers

    def some(self, rows: Numbers | NDArray[np.bool_]) -> Spans:
        """Return these spans."""
        return Spans(*(column[rows] for column in self))


def slot_kinds(values: pa.Table, mentions: Iterable[pa.Table]) -> Kinds:
    """Return (template_id, slot) -> the kind of mention that more than half of its values touch, where there is one.

    All mentions of an advert stand in one of the tables; one table at a time is held.
    """
    ids = np.unique(values["advert_id"].to_numpy())
    spans, slot_of, slots = _of_values(values, ids)
    counts: dict[str, Numbers] = {}
    for table in mentions:
        found, kinds, names = _of_mentions(table, ids)
        present = np.zeros(len(ids) + 1, dtype=np.bool_)
        present[found.advert] = True
        rows = np.flatnonzero(present[spans.advert])
        value, mention = touching(spans.some(rows), found)
        pairs = np.unique(rows[value] * len(names) + kinds[mention])  # a value counts once for a kind
        for code, name in enumerate(names):
            own = slot_of[pairs[pairs % len(names) == code] // len(names)]
            counts[name] = counts.get(name, 0) + np.bincount(own, minlength=len(slots))
    return _most_frequent(counts, np.bincount(slot_of, minlength=len(slots)), slots)


def _of_values(values: pa.Table, ids: Numbers) -> tuple[Spans, Numbers, list[tuple[int, int]]]:
    """Return the spans of the values, the number of the slot that each fills, and the slots."""
    templates, template = np.unique(values["template_id"].to_numpy(), return_inverse=True)
    slot = values["slot"].to_numpy().astype(np.int64)
    width = int(slot.max(initial=0)) + 1
    both, slot_of = np.unique(template * width + slot, return_inverse=True)
    slots = zip(templates[both // width].tolist(), (both % width).tolist(), strict=True)
    return _spans(values, np.searchsorted(ids, values["advert_id"].to_numpy())), slot_of, list(slots)


def _of_mentions(mentions: pa.Table, ids: Numbers) -> tuple[Spans, Numbers, list[str]]:
    """Return the spans of the mentions of these adverts that may name a slot, the kind of each, and the kinds."""
    mentions = mentions.take(pa.array(_rows_of(mentions["advert_id"].to_numpy(), ids)))
    mentions = mentions.filter(pc.and_(pc.is_in(mentions["field"], pa.array(FIELDS)), pc.is_valid(mentions["start"])))
    kind = mentions["kind"].combine_chunks().dictionary_encode()
    names = kind.dictionary.to_pylist()
    codes = kind.indices.to_numpy().astype(np.int64)
    own = codes != (names.index(NO_NAME) if NO_NAME in names else -1)
    return _spans(mentions, np.searchsorted(ids, mentions["advert_id"].to_numpy())).some(own), codes[own], names


def _rows_of(adverts: Numbers, ids: Numbers) -> Numbers:
    """Return the rows of these ids, which are few beside the rows; as files of mentions come, their adverts ascend."""
    order = None if (np.diff(adverts) >= 0).all() else np.argsort(adverts, kind="stable")
    low, high = (np.searchsorted(adverts, ids, side=side, sorter=order) for side in ("left", "right"))
    counts = high - low
    rows: Numbers = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - low, counts)
    return rows if order is None else np.asarray(order[rows], dtype=np.int64)


def _spans(table: pa.Table, advert: Numbers) -> Spans:
    body = pc.equal(table["field"].cast(pa.string()), "body").combine_chunks()
    start, end = (table[name].to_numpy().astype(np.int64) for name in ("start", "end"))
    return Spans(advert, body.cast(pa.int64()).to_numpy(), start, end)


def touching(values: Spans, mentions: Spans) -> tuple[Numbers, Numbers]:
    """Return pairs of rows: a value, and a mention whose span touches it."""
    text = (2 * mentions.advert + mentions.field) << WIDE
    order = np.argsort(text + mentions.start, kind="stable")
    begins = (text + mentions.start)[order]
    ends = np.maximum.accumulate(
        (text + mentions.end)[order]
    )  # so that a search finds the first that may reach a value
    own = (2 * values.advert + values.field) << WIDE
    low = np.searchsorted(ends, own + values.start, side="right")
    counts = np.maximum(0, np.searchsorted(begins, own + values.end, side="left") - low)
    value = np.repeat(np.arange(len(counts)), counts)
    mention = order[np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - low, counts)]
    touch = mentions.end[mention] > values.start[value]
    return value[touch], mention[touch]


def _most_frequent(counts: dict[str, Numbers], filled: Numbers, slots: list[tuple[int, int]]) -> Kinds:
    """Return the kind that most values of each slot touch (ties: the first by name), if these are more than half."""
    names = sorted(counts)
    if not names or not slots:
        return {}
    table = np.stack([counts[name] for name in names])
    best = table.argmax(axis=0)
    named = np.flatnonzero(2 * table[best, np.arange(len(slots))] > filled)
    return {slots[place]: names[kind] for place, kind in zip(named.tolist(), best[named].tolist(), strict=True)}
