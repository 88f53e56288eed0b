"""Batches within an epoch against one run over everything."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.link.frozen import SCHEMAS
from felinar.link.index import TextIndex
from felinar.link.text import group_adverts, group_tables, near_duplicates

WORDS = [
    a + b for a in ("ba", "de", "fi", "go", "lu", "mo", "ne", "pi") for b in ("n", "ra", "st", "lic", "mon", "tur")
]


def pile(source: random.Random, adverts: int, templates: int) -> pa.Table:
    """Adverts of a few templates with changed words, some of them copied, some with a footer that many share."""
    footer = " please stay safe and report what seems wrong to the team of this site"
    bases = [source.choices(WORDS, k=source.randint(8, 30)) for _ in range(templates)]
    texts: list[str] = []
    for _ in range(adverts):
        if texts and source.random() < 0.1:
            texts.append(source.choice(texts))
            continue
        words = [source.choice(WORDS) if source.random() < 0.12 else word for word in source.choice(bases)]
        texts.append(" ".join(words) + (footer if source.random() < 0.3 else ""))
    ids = source.sample(range(10**9), len(texts))
    return pa.table({"advert_id": pa.array(ids, pa.int64()), "title": [""] * len(texts), "body": texts})


def stored(index: TextIndex, before: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """What a store holds that appends the added rows, in a part of its own, before the older ones."""
    later = {name: pa.concat_tables([part, *([before[name]] if before else [])]) for name, part in index.added.items()}
    return {**index.frozen.tables, **later}


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False), st.integers(1, 12), st.integers(0, 3))
def test_any_sequence_of_batches_gives_what_one_run_with_the_same_epoch_gives(
    source: random.Random, templates: int, batches: int
) -> None:
    adverts = pile(source, source.randint(1, 60), templates)
    cuts = [0, *sorted(source.randint(0, adverts.num_rows) for _ in range(batches + 1)), adverts.num_rows]
    groups, index = group_adverts(adverts.slice(0, cuts[1]))
    epoch = tables = stored(index, {})
    assert groups.equals(group_adverts(adverts.slice(0, cuts[1]), before=index)[0])
    for end in cuts[2:]:
        groups, index = group_adverts(adverts.slice(0, end), before=TextIndex.of(tables))
        tables = stored(index, tables)
    rows = list(range(adverts.num_rows))
    source.shuffle(rows)
    at_once, _ = group_adverts(adverts.take(pa.array(rows, pa.int64())), before=TextIndex.of(epoch))
    assert groups.equals(at_once)


@settings(deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False))
def test_adverts_that_are_gone_count_no_more(source: random.Random) -> None:
    check_that_what_is_gone_counts_no_more(source)


@pytest.mark.parametrize("seed", [248, 326, 332])  # here a text that is gone named one that stood alone
def test_a_text_that_is_gone_brings_no_lone_text_back(seed: int) -> None:
    check_that_what_is_gone_counts_no_more(random.Random(seed))


def check_that_what_is_gone_counts_no_more(source: random.Random) -> None:
    adverts = pile(source, 50, 6)
    _, index = group_adverts(adverts.slice(0, 30))
    epoch = stored(index, {})
    _, index = group_adverts(adverts, before=index)
    left = adverts.take(pa.array(sorted(source.sample(range(50), 35)), pa.int64()))
    groups, _ = group_adverts(left, before=index)
    assert groups.equals(group_adverts(left, before=TextIndex.of(epoch))[0])
    assert set(groups["advert_id"].to_pylist()) <= set(left["advert_id"].to_pylist())


def test_compiled_and_plain_batches_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    adverts = pile(random.Random(4), 80, 6)
    begun = adverts.slice(0, 50)
    plain = group_adverts(adverts, before=group_adverts(begun)[1])
    monkeypatch.setattr("felinar.link.text.FEW_TEXTS", 0)
    monkeypatch.setattr("felinar.link.distinct.is_small", lambda texts: False)
    monkeypatch.setattr("felinar.link.distinct.FEW", 0)
    compiled = group_adverts(adverts, before=group_adverts(begun)[1])
    assert plain[0].equals(compiled[0])
    assert plain[0].num_rows > 50
    assert all(table.equals(compiled[1].tables()[name]) for name, table in plain[1].tables().items())
    assert all(table.equals(compiled[1].frozen.tables[name]) for name, table in plain[1].frozen.tables.items())


def test_a_batch_text_joins_the_epochs_group_and_leaves_its_id_alone() -> None:
    text = "hello my name is {} and I clean flats and offices in {} every day with my own things"
    bodies = [text.format("ana", "leeds"), text.format("mia", "york"), text.format("eva", "bath")]
    adverts = pa.table({"advert_id": [20, 30, 10], "title": [""] * 3, "body": bodies})
    _, index = group_adverts(adverts.slice(0, 2))
    groups, after = group_adverts(adverts, before=index)
    assert groups["group_id"].to_pylist() == [20, 20, 20]
    assert near_duplicates(adverts)["group_id"].to_pylist() == [10, 10, 10]
    assert after.added["text_later_adverts"]["advert_id"].to_pylist() == [10]
    assert after.added["text_later_texts"].num_rows == 1


def test_two_lone_texts_become_a_group_when_their_like_arrives() -> None:
    words = random.Random(1).sample(WORDS, 40)
    bodies = [" ".join(words[:20]), " ".join(words[20:]), " ".join(words[:19])]
    adverts = pa.table({"advert_id": [1, 2, 3], "title": [""] * 3, "body": bodies})
    begun, index = group_adverts(adverts.slice(0, 2))
    groups, _ = group_adverts(adverts, before=index)
    assert (begun.num_rows, groups["advert_id"].to_pylist()) == (0, [1, 3])


def test_an_epoch_may_begin_with_no_adverts() -> None:
    adverts = pile(random.Random(2), 20, 2)
    groups, index = group_adverts(adverts.slice(0, 0))
    assert groups.num_rows == 0
    later, _ = group_adverts(adverts, before=TextIndex.of(stored(index, {})))
    assert later.num_rows > 0


def test_what_an_epoch_freezes_is_put_away_table_by_table_and_read_from_there() -> None:
    adverts, kept = pile(random.Random(4), 60, 3), {}

    def keep(name: str, table: pa.Table) -> pa.Table:
        kept[name] = table
        return pa.concat_tables([table])

    ids = adverts["advert_id"].to_numpy()
    groups, index = group_tables([adverts], ids, threads=2, keep=keep)
    expected, of_one = group_adverts(adverts)
    assert (groups, set(kept)) == (expected, set(SCHEMAS))
    assert kept == dict(of_one.frozen.tables)
    assert all(index.frozen.tables[name] is not table for name, table in kept.items())
