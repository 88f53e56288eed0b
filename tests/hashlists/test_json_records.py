"""Records out of large JSON: as the plain reader finds them, in any pieces, and around broken ones."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.hashlists import json_records
from felinar.hashlists.entry import Problem
from felinar.hashlists.json_records import Record, records

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def values(text, path=("value",)):
    return [one.value for one in records(io.StringIO(text), path) if isinstance(one, Record)]


def problems(text, path=("value",)):
    return [one for one in records(io.StringIO(text), path) if isinstance(one, Problem)]


@settings(max_examples=150, deadline=None)
@given(st.lists(VALUES, max_size=5), VALUES, VALUES, st.integers(1, 40), st.sampled_from([None, 1]))
def test_finds_what_the_plain_reader_finds_whatever_stands_around_and_however_it_is_cut(
    inside, before, after, block, indent
):
    text = json.dumps({"a": before, "value": inside, "z": after}, indent=indent, ensure_ascii=False)
    kept, json_records.BLOCK = json_records.BLOCK, block
    try:
        found = list(records(io.StringIO(text), ("value",)))
    finally:
        json_records.BLOCK = kept
    assert [one.value for one in found] == json.loads(text)["value"]
    assert [
        json.JSONDecoder().raw_decode(text, int(one.where.split()[1].replace(",", "")))[0] for one in found
    ] == inside


def test_goes_through_records_to_records_inside_them():
    text = json.dumps(
        {"value": [{"CaseID": "1", "Media": [{"a": 1}, {"a": 2}], "x": [[]]}, {"Media": []}, {"Media": [{"a": 3}]}]}
    )
    assert values(text, ("value", "Media")) == [{"a": 1}, {"a": 2}, {"a": 3}]


def test_pages_one_after_the_other_and_a_bare_array_are_read():
    page = json.dumps({"value": [1, 2], "next": "x"})
    assert values(page + "\n" + page) == [1, 2, 1, 2]
    assert values("[1, 2]") == [1, 2]
    assert values("  \ufeff\r\n") == []


def test_a_broken_record_costs_no_other_and_is_told_with_its_place():
    text = (
        '{"value":[{"id":1,"in":[{"id":7}]},{"id":2,"x":"ab"c","in":[{"md5":"9"}]},{"id":3},{"id":4 "x":1},{"id":5}]}'
    )
    assert [one["id"] for one in values(text)] == [1, 3, 5]
    found = problems(text)
    assert [one.where for one in found] == [f"character {text.index(part)}" for part in ('{"id":2', '{"id":4')]
    assert not any(one.damaged for one in found)


@pytest.mark.parametrize("end", [30, 31, 40, 52, 60, 61, 62])
def test_a_file_that_breaks_off_gives_what_it_holds_and_says_so(end):
    text = '{"odata.metadata":"x","value":[{"id":1},{"id":2},{"id":3}]}'
    assert len(text) == 59
    found = values(text[:end])
    assert found == [{"id": n + 1} for n in range(len(found))]
    assert [one.damaged for one in problems(text[:end])] == ([True] if end < len(text) else [])


def test_deep_nesting_and_long_numbers_are_problems_and_no_crash():
    text = '{"value":[{"a":' + "[" * 100_000 + "]" * 100_000 + '},{"a":' + "9" * 10_000 + '},{"a":1}]}'
    assert values(text) == [{"a": 1}]
    assert len(problems(text)) == 2
