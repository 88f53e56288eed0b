"""Readings of all kinds brought together: misreadings dropped, one MENTIONS table in the order of its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.contract import Extractor, Found
from felinar.extract.native.misreadings import Crowd, dropped, overlapping, ranks_of
from felinar.extract.native.order import by_value, key_of, order_of
from felinar.extract.native.page import Page
from felinar.extract.native.readings import FIELDS, Readings
from felinar.kernels.compile import kernel
from felinar.tables import MENTIONS

_FIELD_NAMES = pa.array(FIELDS, pa.string())
_STRING = pa.string()
_ONE = np.uint64(1)
_TWO_BYTES, _THREE_BYTES, _FOUR_BYTES = np.uint32(0x80), np.uint32(0x800), np.uint32(0x10000)
_FIELD_RANK = np.argsort(np.argsort(FIELDS))


class Part(NamedTuple):
    """The readings of one extractor."""

    extractor: Extractor
    readings: Readings


def readings_of(found: Sequence[tuple[int, Found]]) -> Readings:
    """Return what a plain reader found, (text, found) in rising order of texts, as readings."""
    texts, founds = [text for text, _ in found], [f for _, f in found]
    return Readings(
        np.array(texts, dtype=np.int32),
        np.array([-1 if f.start is None else f.start for f in founds], dtype=np.int32),
        np.array([-1 if f.end is None else f.end for f in founds], dtype=np.int32),
        np.array([f.confidence for f in founds], dtype=np.int32),
        np.array([f.obscured for f in founds], dtype=np.bool_),
        pa.array([f.value for f in founds], pa.string()),
        pa.array([f.display or f.value for f in founds], pa.string()),
        pa.array([f.region for f in founds], pa.string()),
        pa.array([f.evidence for f in founds], pa.string()),
    )


def joined(parts: Sequence[Readings]) -> Readings:
    """Return several readings of one kind as one, in the order of the texts."""
    if len(parts) == 1:
        return parts[0]
    numbers = [np.concatenate(columns) for columns in zip(*(part.numbers() for part in parts), strict=True)]
    strings = [_whole(columns) for columns in zip(*(part.strings() for part in parts), strict=True)]
    if np.all(numbers[0][1:] >= numbers[0][:-1]):
        return Readings(*numbers, *strings)
    order = np.argsort(numbers[0], kind="stable")
    return Readings(*(n[order] for n in numbers), *(s.take(pa.array(order)) for s in strings))


def in_places(readings: Readings) -> Readings:
    """Return the readings in the order of the texts and of their places in these."""
    order = np.lexsort((readings.start, readings.text))
    taken = pa.array(order)
    return Readings(*(n[order] for n in readings.numbers()), *(s.take(taken) for s in readings.strings()))


def table_of(page: Page, ids: NDArray[np.int64], parts: Sequence[Part], kinds: frozenset[str]) -> pa.Table:
    """Return the MENTIONS of these kinds; text i of the page belongs to advert i modulo the number of adverts."""
    if not any(len(part.readings.text) for part in parts):
        return MENTIONS.empty()
    every = _Rows(parts)
    differ = bool(np.all(ids[1:] > ids[:-1]))
    rank = np.arange(len(ids)) if differ else np.unique(ids, return_inverse=True)[1]
    order, text, key = _in_order(rank, every, parts)
    keep = np.array([part.extractor.kind in kinds for part in parts])[every.part]
    places = order if differ else order[np.argsort(every.text[order], kind="stable")]
    keep[_misread(page, every, parts, places)] = False
    return _table(page, ids, every, parts, by_value(order[keep[order]], text, key, every.value))


def _in_order(rank: NDArray[np.int64], every: _Rows, parts: Sequence[Part]) -> tuple[NDArray[Any], ...]:
    """Return all rows in the order of the table's key but for values, and of each row its text's place and its key.

    `rank` is that of each advert by its id.
    """
    kinds = [p.extractor.kind for p in parts]
    kind = np.array([sorted(set(kinds)).index(k) for k in kinds])[every.part]
    text = (rank * len(FIELDS) + _FIELD_RANK[:, None]).ravel()[every.text]
    key = key_of(every.start, every.end, kind)
    return order_of(text, key, len(rank) * len(FIELDS)), text, key


class _Rows:
    """The numbers of all readings, one below the other; `part` is the number of the part of each."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.part = np.repeat(np.arange(len(parts)), [len(p.readings.text) for p in parts])
        self.text, self.start, self.end, self.confidence, self.obscured = (
            np.concatenate(columns) for columns in zip(*(p.readings.numbers() for p in parts), strict=True)
        )
        self.value, self.display, self.region, self.evidence = (
            _whole(columns) for columns in zip(*(p.readings.strings() for p in parts), strict=True)
        )


def _whole(columns: Sequence[pa.Array]) -> pa.Array:
    return pa.concat_arrays([c if c.type == _STRING else c.cast(_STRING) for c in columns])


def _misread(page: Page, every: _Rows, parts: Sequence[Part], order: NDArray[Any]) -> NDArray[np.int64]:
    """Return the rows that stronger readings of the same characters drop; `order` is that of their places."""
    rank = ranks_of([p.extractor.kind for p in parts])[every.part]
    rows = overlapping(every.text, every.start, every.end, rank, order)
    if not len(rows):
        return rows
    text, start, end = every.text[rows], every.start[rows], every.end[rows]
    kinds = sorted({p.extractor.kind for p in parts})
    part = np.array([kinds.index(p.extractor.kind) for p in parts])[every.part[rows]]
    value = every.value.take(pa.array(rows))
    raw = raw_of(page, text, start, end)
    crowd = Crowd(
        text, start.astype(np.int64), end.astype(np.int64), part, rank[rows], every.confidence[rows], value, raw
    )
    return rows[dropped(crowd)]


def _table(page: Page, ids: NDArray[np.int64], every: _Rows, parts: Sequence[Part], order: NDArray[Any]) -> pa.Table:
    """Return these rows as MENTIONS."""
    text, start, end = every.text[order], every.start[order], every.end[order]
    taken, part = pa.array(order), every.part[order]
    field = text // len(ids)
    spanless = start < 0
    kinds = pa.array([p.extractor.kind for p in parts], pa.string())
    labels = pa.array([f"{p.extractor.name}/{p.extractor.version}" for p in parts], pa.string())
    columns = {
        "advert_id": pa.array(ids[text % len(ids)]),
        "field": _FIELD_NAMES.take(pa.array(field)),
        "start": pa.array(start, mask=spanless),
        "kind": kinds.take(pa.array(part)),
        "end": pa.array(end, mask=spanless),
        "raw": raw_of(page, text, start, end),
        "value": every.value.take(taken),
        "display": every.display.take(taken),
        "region": every.region.take(taken),
        "extractor": labels.take(pa.array(part)),
        "confidence": pa.array(every.confidence[order]),
        "obscured": pa.array(every.obscured[order]),
        "evidence": every.evidence.take(taken),
    }
    return pa.Table.from_arrays([columns[name] for name in MENTIONS.names], schema=MENTIONS.schema)


def raw_of(page: Page, text: NDArray[np.int32], start: NDArray[np.int32], end: NDArray[np.int32]) -> pa.Array:
    """Return the original characters of these spans (an empty text where a start is below zero)."""
    size = int((end.astype(np.int64) - start).sum())
    offsets = np.zeros(len(text) + 1, dtype=np.int32)
    content = np.empty(4 * size, dtype=np.uint8)
    if encode(page.original, page.first, text, start, end, offsets, content) > np.iinfo(np.int32).max:
        raise ValueError(f"the original characters of {len(text)} mentions take more than two gigabytes in one batch")
    return pa.StringArray.from_buffers(len(text), pa.py_buffer(offsets), pa.py_buffer(content[: offsets[-1]]))


@kernel
def encode(original: Any, first: Any, text: Any, start: Any, end: Any, offsets: Any, content: Any) -> Any:
    """Write the UTF-8 of each span and where it begins; return how many bytes there are."""
    at = np.uint64(0)
    for row in range(len(text)):
        offsets[row] = at
        if start[row] < 0:
            continue
        shift = first[text[row]]
        # For an index without a sign numba looks at no negative ones.
        for k in range(np.uint64(shift + start[row]), np.uint64(shift + end[row])):
            code = original[k]
            if code < _TWO_BYTES:
                content[at] = code
                at += _ONE
            else:
                at = write_wide(content, at, code)
    offsets[len(text)] = at
    return np.int64(at)


@kernel
def write_wide(content: Any, at: Any, code: Any) -> Any:
    """Write the UTF-8 of a character of two to four bytes; return where the next one goes."""
    tail = np.uint64(1) if code < _THREE_BYTES else np.uint64(2) if code < _FOUR_BYTES else np.uint64(3)
    lead = 0xC0 if code < _THREE_BYTES else 0xE0 if code < _FOUR_BYTES else 0xF0
    content[at] = lead | (code >> (6 * tail))
    for part in range(_ONE, tail + _ONE):
        content[at + part] = 0x80 | ((code >> (6 * (tail - part))) & 0x3F)
    return at + tail + _ONE
