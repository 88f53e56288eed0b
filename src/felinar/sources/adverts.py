"""Rows of any format -> adverts, a thousand at a time.

An advert's id is made from what it says and where it stood: not from its file, its neighbours or its place among them.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa

from felinar.sources.columns import Part
from felinar.sources.contract import Batch, Problems, Row
from felinar.sources.fields import Fields, Rows, fields_of
from felinar.sources.flatten import flat
from felinar.sources.mapping import Mapping
from felinar.sources.pictures import Pictures
from felinar.sources.plan import Plan, make_plan
from felinar.tables import ADVERTS, IMAGES, PART, TIME


class Builder:
    """Gathers rows and turns them into a batch. `order` is how this file writes its dates."""

    def __init__(
        self, source: str, mapping: Mapping | None, order: str, pictures: Pictures, problems: Problems
    ) -> None:
        self._source, self._mapping, self._order = source, mapping, order
        self._pictures, self._problems = pictures, problems
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._begin()

    def _begin(self) -> None:
        self.records: list[bytes] = []
        self.size = 0
        self._cells: list[dict[str, Any]] = []
        self._numbers: list[int] = []

    def add(self, row: Row) -> None:
        """Take one more row into the batch."""
        self.add_all(row.number, [row.record], [row.cells])

    def add_all(self, first: int, records: list[bytes], cells: list[dict[str, Any]]) -> None:
        """Take rows with these numbers from `first` on into the batch."""
        # Looking for a brace in the bytes is a tenth of looking at every value; the first one opens the row itself.
        self._cells += [
            flat(row) if record.find(b"{", 1) >= 0 else row for record, row in zip(records, cells, strict=True)
        ]
        self._numbers += range(first, first + len(records))
        self.records += records
        self.size += sum(map(len, records))

    def batch(self, bytes_read: int) -> Batch:
        """Return what was gathered, and begin anew; what was wrong comes in the order of the rows."""
        found = self._found()
        images = [
            (*self._pictures.digest(name), advert_id, position, name)
            for advert_id, names in zip(found["advert_id"], found["images"], strict=True)
            for position, name in enumerate(names)
        ]
        done = Batch(
            records=self.records,
            adverts=_advert_table(self._source, found),
            captured_at=pa.array(found["captured_at"], TIME),
            images=_image_table(images),
            rejects=sorted(self._problems.take(), key=lambda reject: reject.row),
            bytes_read=bytes_read,
        )
        self._begin()
        return done

    def _found(self) -> Fields:
        """Return the columns of the batch; rows that have the same columns are read together."""
        alike: dict[tuple[str, ...], list[int]] = {}
        for place, row in enumerate(self._cells):
            alike.setdefault(tuple(row), []).append(place)
        found = [self._fields(columns, places) for columns, places in (alike or {(): []}).items()]
        if len(found) == 1:
            return found[0]
        order = np.argsort(np.concatenate([np.array(places) for places in alike.values()])).tolist()
        in_order = itemgetter(*order)
        return {name: list(in_order([v for some in found for v in some[name]])) for name in found[0]}

    def _fields(self, columns: tuple[str, ...], places: list[int]) -> Fields:
        """Return the columns of the rows at these places, which have the same columns."""
        cells, numbers = [self._cells[p] for p in places], [self._numbers[p] for p in places]
        return fields_of(Rows(self._plan(columns), numbers, cells, self._problems), self._source, self._order)

    def _plan(self, columns: tuple[str, ...]) -> Plan:
        plan = self._plans.get(columns)
        if plan is None:
            if len(self._plans) >= 10_000:
                self._plans.clear()
            plan = self._plans[columns] = make_plan(columns, self._mapping, self._problems)
        return plan


def _advert_table(source: str, found: Fields) -> pa.Table:
    rows = len(found["advert_id"])
    made = {"source": pa.repeat(source, rows), "body_parts": _part_lists(found["body_parts"])}
    columns = [made[c.name] if c.name in made else pa.array(found[c.name], c.type) for c in ADVERTS.columns]
    return pa.Table.from_arrays(columns, schema=ADVERTS.schema)


def _part_lists(rows: list[tuple[Part, ...]]) -> pa.Array:
    """Return the parts of each body, without a dictionary for each of them."""
    names, starts, ends = list(zip(*(part for parts in rows for part in parts), strict=True)) or [(), (), ()]
    columns = [pa.array(values, field.type) for values, field in zip((names, starts, ends), PART, strict=True)]
    offsets = np.concatenate([[0], np.cumsum([len(parts) for parts in rows], dtype=np.int64)])
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), pa.StructArray.from_arrays(columns, fields=list(PART)), type=pa.list_(PART)
    )


def _image_table(images: list[tuple[str, str, int, int, str]]) -> pa.Table:
    """Return IMAGES of rows of image_id, sha256, advert_id, position and name."""
    ids, sha256s, adverts, positions, paths = list(zip(*images, strict=True)) or [()] * 5
    given = (ids, adverts, positions, paths, sha256s)
    columns = [pa.array(values, c.type) for values, c in zip(given, IMAGES.columns, strict=True)]
    return pa.Table.from_arrays(columns, schema=IMAGES.schema)
