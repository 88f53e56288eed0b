"""What is said of an operation, against loops."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.resolve.operations import MOST_NAMED, describe
from felinar.tables import ADVERTS, MEMBERSHIPS, MENTIONS

DAYS = [datetime(2026, 1, day, tzinfo=UTC) for day in (3, 1, 2)]
TEXTS = st.sampled_from(["Ulm", "ULM", "Łódź", "ana", "Ana", "東京", *(f"n{i}" for i in range(MOST_NAMED + 2))])
SHOWN = st.tuples(
    st.integers(0, 5),
    st.sampled_from(["place", "name", "price"]),
    TEXTS,
    TEXTS | st.just(""),
    st.sampled_from([49, 50]),
)
PILE = st.lists(st.tuples(st.integers(7, 9), st.sampled_from([*DAYS, None])), max_size=5)

Shown = list[tuple[int, str, str, str, int]]
Pile = list[tuple[int, datetime | None]]


def tables(pile: Pile, shown: Shown) -> tuple[pa.Table, pa.Table, pa.Table]:
    """`pile`: operation and day of adverts 100, 101 …; `shown`: place in the pile, kind, value, display, confidence."""
    adverts = pa.table(
        {"advert_id": pa.array(range(100, 100 + len(pile)), pa.int64())}
        | {"posted_at": pa.array([day for _, day in pile], ADVERTS.schema.field("posted_at").type)}
    )
    members = {"advert_id": adverts["advert_id"], "operation_id": pa.array([one for one, _ in pile], pa.int64())}
    names = ("advert_id", "kind", "value", "display", "confidence")
    rows = [dict(zip(names, (100 + row[0], *row[1:]), strict=True)) for row in shown if row[0] < len(pile)]
    schema = pa.schema([MENTIONS.schema.field(name) for name in names])
    return adverts, pa.Table.from_pylist(rows, schema), MEMBERSHIPS.check(pa.table(members))


def by_loops(pile: Pile, shown: Shown) -> list[dict[str, Any]]:
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    seen = {(advert, kind, display or value) for advert, kind, value, display, sure in shown if sure >= 50}
    for advert, kind, text in seen:
        if advert < len(pile):
            counts[pile[advert][0], kind][text] += 1
    rows = []
    for operation in sorted({one for one, _ in pile}):
        days = [day for one, day in pile if one == operation and day]
        most = {
            kind: sorted(counts[operation, kind], key=lambda t: (-counts[operation, kind][t], t.encode()))[:MOST_NAMED]
            for kind in ("place", "name")
        }
        adverts = sum(one == operation for one, _ in pile)
        times = {"first_seen": min(days, default=None), "last_seen": max(days, default=None)}
        named = {"places": most["place"], "names": most["name"]}
        rows.append({"operation_id": operation, "adverts": adverts, **times, **named})
    return rows


@settings(max_examples=150, deadline=None)
@given(pile=PILE, shown=st.lists(SHOWN, max_size=60), coded=st.booleans(), data=st.data())
def test_what_is_said_agrees_with_its_slow_twin(pile: Pile, shown: Shown, coded: bool, data: st.DataObject) -> None:
    adverts, mentions, memberships = tables(pile, shown)
    mentions = mentions.take(pa.array(data.draw(st.permutations(range(mentions.num_rows))), pa.int64()))
    if coded:
        for name in ("kind", "value", "display"):
            at = mentions.column_names.index(name)
            mentions = mentions.set_column(at, name, mentions[name].dictionary_encode())
    assert describe(adverts, mentions, memberships).to_pylist() == by_loops(pile, shown)


@pytest.mark.parametrize("rows", [0, 1])
def test_adverts_that_show_nothing_have_no_places_and_no_names(rows: int) -> None:
    (found,) = [describe(*tables([(7, None)] * rows, []))]
    assert found["places"].to_pylist() == found["names"].to_pylist() == [[]] * rows
