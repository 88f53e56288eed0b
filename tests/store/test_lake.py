"""The lake: old state or new state, never a mixture."""

from __future__ import annotations

import json

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
