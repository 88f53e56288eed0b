"""Distinct texts of adverts that come a table at a time."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest

from felinar.link.distinct import Distinct, distinct_texts, texts_of, title_lengths

LONG = "a text that is long enough to be compared without its title, because it says what is offered, where and when"


def adverts(ids: list[int], bodies: list[str | None], titles: list[str | None] | None = None) -> pa.Table:
    titles = titles or [""] * len(ids)
    columns = [pa.array(ids, pa.int64()), pa.array(titles, pa.string()), pa.array(bodies, pa.string())]
    return pa.table(columns, names=["advert_id", "title", "body"])


def same(a: Distinct, b: Distinct) -> bool:
    left, right = ((d.text_id, *d.shingles, d.advert, d.text_of) for d in (a, b))
    return all(np.array_equal(one, other) for one, other in zip(left, right, strict=True))


@pytest.mark.parametrize("threads", [1, 2])
def test_cut_and_order_of_the_tables_change_nothing(monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    source = random.Random(2)
    bodies = [" ".join(source.choices(["sun", "sea", "room", "garden", "tea", "quiet"], k=6)) for _ in range(300)]
    table = adverts(source.sample(range(10**6), 300), bodies)
    whole = distinct_texts([table], 1)
    monkeypatch.setattr("felinar.link.distinct.PIECE", 64)
    mixed = table.take(pa.array(source.sample(range(300), 300)))
    assert same(whole, distinct_texts([mixed.slice(0, 10), mixed.slice(10, 0), mixed.slice(10)], threads))
    assert len(whole.text_id) < 300
    assert whole.advert.tolist() == sorted(table["advert_id"].to_pylist())


def test_no_tables_are_no_texts() -> None:
    found = distinct_texts([], 2)
    assert (len(found.text_id), len(found.advert), found.shingles.offsets.tolist()) == (0, 0, [0])


def test_a_table_is_dropped_before_the_last_one_is_read() -> None:
    held: list[int] = []

    def tables() -> Iterator[pa.Table]:
        before = pa.total_allocated_bytes()
        for number in range(60):
            yield adverts(list(range(1_000 * number, 1_000 * number + 1_000)), [f"{LONG} {number}"] * 1_000)
            held.append(pa.total_allocated_bytes() - before)

    assert len(distinct_texts(tables(), 1).text_id) == 1
    assert max(held) < 5 * held[0]


def test_a_title_stands_before_a_short_body_only() -> None:
    table = adverts([1, 2, 3, 4], ["tea", LONG + LONG, None, "tea"], ["Hall", "Hall", "Hall", None])
    assert texts_of(table).to_pylist() == ["Hall\ntea", LONG + LONG, "Hall\n", "tea"]
    assert title_lengths(table).tolist() == [5, 0, 5, 0]
