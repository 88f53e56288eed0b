"""What kind of thing fills a slot, against loops."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.link.slots import slot_kinds
from felinar.tables import MENTIONS, SLOT_VALUES

ADVERTS = st.integers(1, 4)
SPANS = st.tuples(st.sampled_from(["title", "body"]), st.integers(0, 9), st.integers(1, 5))
VALUES = st.dictionaries(st.tuples(st.integers(7, 8), ADVERTS, st.integers(0, 1)), SPANS, max_size=8)
FOUND = st.lists(st.tuples(ADVERTS, SPANS, st.sampled_from(["name", "phone", "place"])), max_size=12)

Values = dict[tuple[int, int, int], tuple[str, int, int]]
Found = list[tuple[int, tuple[str, int, int], str]]


def by_loops(values: Values, found: Found) -> dict[tuple[int, int], str]:
    filled: Counter[tuple[int, int]] = Counter()
    touched: Counter[tuple[tuple[int, int], str]] = Counter()
    for (template, advert, slot), (field, start, length) in values.items():
        filled[template, slot] += 1
        near = {
            kind
            for other, (its_field, at, long), kind in found
            if (other, its_field) == (advert, field) and at < start + length and at + long > start
        }
        touched.update(((template, slot), kind) for kind in near)
    kinds: dict[tuple[int, int], str] = {}
    for (slot_of, kind), times in sorted(touched.items(), key=lambda item: (-item[1], item[0][1])):
        if 2 * times > filled[slot_of]:
            kinds.setdefault(slot_of, kind)
    return kinds


@settings(max_examples=100, deadline=None)
@given(values=VALUES, found=FOUND)
def test_a_slot_has_the_kind_that_more_than_half_of_its_values_touch(values: Values, found: Found) -> None:
    rows = [
        {"template_id": t, "advert_id": a, "slot": s, "field": field, "start": at, "end": at + long}
        for (t, a, s), (field, at, long) in values.items()
    ]
    mentions = [
        {"advert_id": advert, "field": field, "start": at, "end": at + long, "kind": kind}
        for advert, (field, at, long), kind in found
    ]
    without_span = {"advert_id": 1, "field": "body", "start": None, "end": None, "kind": "language"}
    table = MENTIONS.from_rows([*mentions, without_span])
    parts = [table.filter(pc.equal(pc.less(table["advert_id"], 3), some)) for some in (True, False)]
    assert slot_kinds(pa.Table.from_pylist(rows, SLOT_VALUES.schema), parts) == by_loops(values, found)
