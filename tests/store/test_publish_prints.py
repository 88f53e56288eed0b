"""Prints are equal where the rows are, in whatever order and files they stand, and differ where the rows do."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from felinar.store import publish_prints
from felinar.store.publish_prints import changed, prints_of

_texts = st.one_of(st.none(), st.text(max_size=3))
_reasons = st.lists(st.fixed_dictionaries({"indicator": _texts, "points": st.integers(-2, 2)}), max_size=2)
_rows = st.lists(
    st.fixed_dictionaries(
        {"id": st.integers(0, 3), "text": _texts, "number": st.one_of(st.none(), st.integers(-2, 2)),
         "flag": st.booleans(), "words": st.lists(_texts, max_size=3), "reasons": _reasons}
    ),
    max_size=8,
)  # fmt: skip
_SCHEMA = pa.schema(
    [("id", pa.int64()), ("text", pa.string()), ("number", pa.int32()), ("flag", pa.bool_()),
     ("words", pa.list_(pa.string())),
     ("reasons", pa.list_(pa.struct([("indicator", pa.string()), ("points", pa.int32())])))]
)  # fmt: skip


def printed(rows):
    table = pa.Table.from_pylist(rows, schema=_SCHEMA)
    return prints_of(table["id"].to_numpy(), table.drop(["id"]))


def slow_changed(before, now):
    """The obvious twin: the rows of each id, side by side."""

    def of(rows, number):
        return sorted(repr(row) for row in rows if row["id"] == number)

    return [number for number in range(4) if of(before, number) != of(now, number)]


@given(_rows, _rows)
def test_changed_is_what_a_comparison_of_all_rows_says(before, now):
    assert changed([printed(before)], [printed(now)]).tolist() == slow_changed(before, now)


@given(_rows, st.integers(0, 8), st.randoms(use_true_random=False))
def test_rows_in_other_files_and_another_order_are_the_same(rows, cut, chance):
    shuffled = chance.sample(rows, len(rows))
    assert changed([printed(rows)], [printed(shuffled[:cut]), printed(shuffled[cut:])]).tolist() == []


def test_compiled_and_plain_hashes_are_the_same(monkeypatch):
    table = pa.table({"text": ["", "a", None, "ab", "ü"] * 40})
    ids = np.arange(table.num_rows)
    compiled = prints_of(ids, table)
    monkeypatch.setattr(publish_prints, "_FEW", 1_000)
    assert (prints_of(ids, table).sums == compiled.sums).all()


def test_a_part_of_a_table_is_printed_as_that_part():
    table = pa.table({"id": [1, 2, 3, 4], "words": [["a"], ["b", "c"], [], ["d"]], "text": ["x", "y", "z", ""]})
    whole = prints_of(table["id"].to_numpy(), table.drop(["id"]))
    half = table.slice(1, 2)
    found = prints_of(half["id"].to_numpy(), half.drop(["id"]))
    assert found.sums.tolist() == whole.sums[1:3].tolist()


def test_no_rows_have_no_print_and_differ_from_some():
    none = printed([])
    assert changed([none], [none]).tolist() == []
    row = {"id": 3, "text": "", "number": 0, "flag": False, "words": [], "reasons": []}
    assert changed([none], [printed([row])]).tolist() == [3]
