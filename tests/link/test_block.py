"""Rows of slot values come into the order of their key, and texts come out of their packing as they went in."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from felinar.link.block import in_order
from felinar.link.groups import packed, unpacked
from felinar.tables import SLOT_VALUES

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 3)), max_size=30)


@given(ROWS)
def test_slot_values_stand_in_the_order_of_their_key(keys: list[tuple[int, int, int]]) -> None:
    others = {"field": "body", "start": 0, "end": 1}
    rows = [dict(zip(SLOT_VALUES.key, key, strict=True)) | others | {"value": str(n)} for n, key in enumerate(keys)]
    found = in_order(pa.Table.from_pylist(rows, schema=SLOT_VALUES.schema))
    assert found.to_pylist() == sorted(rows, key=lambda row: tuple(row[name] for name in SLOT_VALUES.key))


def test_texts_are_unpacked_as_they_were() -> None:
    table = pa.table({"advert_id": [3, 1], "title": ["", None], "body": ["Тёплый массаж", "x" * 70_000]})
    assert unpacked(packed(table)) == table
    assert unpacked(packed(table.slice(1))) == table.slice(1)
