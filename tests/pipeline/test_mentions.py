"""Only what a stage asks for is read of the mentions."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.pipeline.mentions import Mentions
from felinar.store.lake import Lake, Part
from felinar.tables import MENTIONS

KINDS = ("phone", "name", "place")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Two files of mentions, and all of them as one table."""
    lake = Lake(tmp_path_factory.mktemp("tables"))
    rows = [
        {"advert_id": n, "kind": KINDS[n % 3], "value": f"v{n % 4}", "field": "body", "confidence": 10 * (n % 11)}
        for n in range(40)
    ]
    tables = [MENTIONS.from_rows(rows[:25]), MENTIONS.from_rows(rows[25:])]
    parts = [lake.write_part("cache-mentions-x", table) for table in tables]
    adverts = [Part(f"adverts-{n}", "", 0) for n in range(2)]
    return Mentions(lake, adverts, parts), pa.concat_tables(tables)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(MENTIONS.names), unique=True, min_size=1),
    st.none() | st.lists(st.sampled_from(KINDS), unique=True),
    st.sampled_from([0, 50, 101]),
    st.lists(st.sampled_from(["kind", "value", "field"]), unique=True),
)
def test_the_columns_and_rows_asked_for_come(kept, columns, kinds, least, coded):
    mentions, whole = kept
    found = mentions.read(columns, kinds=kinds, least_confidence=least, coded=coded)
    wanted = whole.filter(pc.greater_equal(whole["confidence"], least)) if least else whole
    if kinds is not None:
        wanted = wanted.filter(pc.is_in(wanted["kind"], pa.array(kinds, pa.string())))
    assert found.to_pylist() == wanted.select(columns).to_pylist()
    assert {f.name for f in found.schema if pa.types.is_dictionary(f.type)} == set(columns) & set(coded)


def test_coded_columns_of_several_files_share_their_numbers(kept):
    column = kept[0].read(["value"], coded=["value"])["value"]
    assert all(chunk.dictionary.equals(column.chunk(0).dictionary) for chunk in column.chunks)


def test_the_mentions_of_some_files_of_adverts_are_theirs_alone(kept):
    mentions, whole = kept
    second = mentions.of(mentions.adverts[1:])
    assert second.read(["advert_id"])["advert_id"].to_pylist() == whole["advert_id"].to_pylist()[25:]
    assert (mentions.rows, second.rows, mentions.of([]).read(["advert_id"]).num_rows) == (40, 15, 0)


def test_in_a_table_for_each_kind_stand_the_rows_and_the_texts_of_that_kind(kept):
    mentions, _ = kept
    columns = ("advert_id", "value")
    found = mentions.by_kind(dict.fromkeys(("phone", "name", "age"), columns), least_confidence=50, coded=["value"])
    assert list(found) == ["phone", "name", "age"]
    for kind, table in found.items():
        alone = mentions.read(["advert_id", "value"], kinds=[kind], least_confidence=50)
        assert table.to_pylist() == alone.to_pylist()
        texts = {text for chunk in table["value"].chunks for text in chunk.dictionary.to_pylist()}
        assert texts == set(alone["value"].to_pylist())
