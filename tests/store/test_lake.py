"""The lake: old state or new state, never a mixture."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from felinar.errors import WorkspaceProblem
from felinar.store.lake import Lake
from felinar.tables import MEMBERSHIPS


def rows(*ids):
    return MEMBERSHIPS.from_rows([{"advert_id": i, "operation_id": i} for i in ids])


def test_an_empty_lake_gives_empty_tables(tmp_path):
    assert Lake(tmp_path / "tables").read("memberships").num_rows == 0


def test_what_was_committed_is_read_and_what_was_only_written_is_not(tmp_path):
    lake = Lake(tmp_path)
    lake.commit({"memberships": [lake.write_part("memberships", rows(1))]})
    lake.write_part("memberships", rows(1, 2, 3))
    assert lake.read("memberships")["advert_id"].to_pylist() == [1]


def test_the_generation_before_is_kept_and_older_files_go(tmp_path):
    lake = Lake(tmp_path)
    for number in range(4):
        lake.commit({"memberships": [lake.write_part("memberships", rows(number))]})
    assert len(list(tmp_path.glob("*.parquet"))) == 2
    assert lake.generation == 4


def test_the_same_rows_give_the_same_file(tmp_path):
    lake = Lake(tmp_path)
    assert lake.write_part("memberships", rows(1, 2)) == lake.write_part("memberships", rows(1, 2))


def test_a_changed_file_is_named(tmp_path):
    lake = Lake(tmp_path)
    part = lake.write_part("memberships", rows(1))
    lake.commit({"memberships": [part]})
    (tmp_path / part.file).write_bytes(b"something else")
    assert lake.damaged() == [f"Table memberships: the file {part.file} is not what was written."]


def test_tables_of_another_version_are_refused_with_advice(tmp_path):
    lake = Lake(tmp_path)
    lake.commit({})
    manifest = next(tmp_path.glob("manifest-*.json"))
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "schema_version": 99}))
    with pytest.raises(WorkspaceProblem, match="schema version 99"):
        lake.read("memberships")


def test_a_column_that_an_older_version_did_not_write_is_null(tmp_path):
    lake = Lake(tmp_path)
    lake.commit({"memberships": [lake.write_part("memberships", MEMBERSHIPS.empty().select(["advert_id"]))]})
    assert lake.read("memberships").schema.equals(MEMBERSHIPS.schema)
    one = pa.table({"advert_id": [7]})
    lake.commit({"memberships": [lake.write_part("memberships", one)]})
    assert lake.read("memberships").to_pylist() == [{"advert_id": 7, "operation_id": None}]


def test_a_file_is_found_again_by_its_name_unless_it_was_damaged(tmp_path):
    lake = Lake(tmp_path)
    part = lake.write_part("cache-x", MEMBERSHIPS.from_rows([{"advert_id": 1, "operation_id": 2}]))
    assert lake.part_written("cache-x") == part
    assert lake.part_written("cache-y") is None
    (tmp_path / part.file).write_bytes(b"PAR1")
    assert lake.part_written("cache-x") is None


def test_caches_stay_while_one_of_the_kept_generations_names_them(tmp_path):
    lake = Lake(tmp_path)
    parts = [lake.write_part(f"cache-{n}", MEMBERSHIPS.from_rows([{"advert_id": n}])) for n in range(3)]
    for part in parts:
        lake.commit({"memberships": [part]})
    lake.forget_caches()
    assert [(tmp_path / part.file).exists() for part in parts] == [False, True, True]


def test_columns_come_in_the_order_of_the_adverts(tmp_path):
    lake = Lake(tmp_path)
    rows = [{"advert_id": n, "operation_id": 10 * n} for n in (5, 1, 3)]
    halves = MEMBERSHIPS.from_rows(rows[:2]), MEMBERSHIPS.from_rows(rows[2:])
    lake.commit({"memberships": [lake.write_part("memberships", half) for half in halves]})
    assert lake.read_sorted("memberships", ["operation_id", "advert_id"])["operation_id"].to_pylist() == [10, 30, 50]
    assert lake.read_sorted("adverts", ["advert_id", "body"]).num_rows == 0


def test_a_mapped_file_is_read_like_any_other_and_named_when_it_is_damaged(tmp_path):
    lake = Lake(tmp_path)
    halves = pa.concat_tables([rows(3, 1), rows(2)])
    part = lake.write_part("looked-up", halves, mapped=True)
    assert lake.read_part(part).equals(halves)
    assert lake.read_part(part)["advert_id"].num_chunks == 1
    lake.commit({"looked-up": [part]})
    assert not lake.damaged()
    (tmp_path / part.file).write_bytes(b"ARROW1")
    with pytest.raises(WorkspaceProblem, match="damaged"):
        lake.read_part(part)
    assert len(lake.damaged()) == 1
