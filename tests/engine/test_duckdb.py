"""The engine of a laptop: steps in order, and nothing left anywhere but in the folder that it was given."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from felinar.engine import duckdb as engine
from felinar.engine.duckdb import DuckDB
from felinar.engine.port import Step

LARGE = pa.table({"a": np.random.default_rng(1).permutation(2_000_000)})
SORTED = Step("sorted", "SELECT t.a AS a, t.a * 7 AS b FROM large AS t ORDER BY t.a % 1000, t.a")


@pytest.fixture
def little_memory(monkeypatch):
    monkeypatch.setattr(engine, "_memory_limit", lambda: 40 << 20)


def test_a_step_sees_the_tables_and_the_steps_before_it():
    steps = [
        Step("more", "SELECT n.a + $by AS a FROM numbers AS n"),
        Step("sum", "SELECT SUM(m.a) AS total FROM more AS m"),
    ]
    made = DuckDB().run(steps, {"numbers": pa.table({"a": [1, 2]})}, {"by": 10, "of_another_step": 1})
    assert sorted(made["more"]["a"].to_pylist()) == [11, 12]
    assert made["sum"]["total"].to_pylist() == [23]


def test_empty_tables_give_empty_tables():
    empty = pa.table({"a": pa.array([], pa.int64())})
    assert DuckDB().run([Step("all", "SELECT n.a AS a FROM numbers AS n")], {"numbers": empty}, {})["all"].num_rows == 0


def test_what_does_not_fit_memory_is_spilled_into_the_given_folder_and_then_removed(little_memory, tmp_path):
    spill = tmp_path / "tables" / "spill"
    made = DuckDB(spill_folder=spill).run([SORTED], {"large": LARGE}, {})
    assert made["sorted"].num_rows == len(LARGE)
    assert not spill.exists()


def test_nothing_is_ever_spilled_into_the_folder_where_the_command_was_called(little_memory, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(engine.duckdb.OutOfMemoryException):
        DuckDB().run([SORTED], {"large": LARGE}, {})
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_spilled_is_removed_by_the_next(tmp_path):
    (tmp_path / "spill").mkdir()
    (tmp_path / "spill" / "duckdb_temp_storage-0.tmp").write_bytes(b"of others")
    DuckDB(spill_folder=tmp_path / "spill").run([Step("one", "SELECT 1 AS a")], {}, {})
    assert not (tmp_path / "spill").exists()
