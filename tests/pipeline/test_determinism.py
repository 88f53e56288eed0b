"""The same adverts give the same bytes: in any order, from one file or ten, with any threads and hash seed."""

from __future__ import annotations

import random

import pytest

TABLES = ("adverts", "mentions", "keys", "links", "memberships", "operations", "hits", "leads", "templates")


def exports(felinar, workspace):
    """Every table as CSV, and the leads in every format, as bytes."""
    out = workspace / "exports"
    out.mkdir()
    wanted = [(table, "csv") for table in TABLES] + [("leads", f) for f in ("jsonl", "parquet", "xlsx")]
    for table, form in wanted:
        done = felinar("export", table, "--format", form, "--out", out / f"{table}.{form}", workspace=workspace)
        assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def run(felinar, workspace, files, **environment):
    done = felinar("run", *files, workspace=workspace, environment=environment)
    assert done.returncode == 0, done.stderr
    return exports(felinar, workspace)


@pytest.fixture(scope="module")
def lines(world):
    return world.adverts.read_text(encoding="utf-8").splitlines(keepends=True)


def test_row_order_files_threads_and_hash_seed_change_no_byte(felinar, tmp_path, world, lines):
    plain = run(felinar, tmp_path / "plain", [world.adverts], FELINAR_THREADS="2", PYTHONHASHSEED="1")
    shuffled = list(lines)
    random.Random(7).shuffle(shuffled)
    ten = []
    for number in range(10):
        ten.append(tmp_path / f"part{number}.jsonl")
        ten[-1].write_text("".join(shuffled[number::10]), encoding="utf-8")
    other = run(felinar, tmp_path / "other", ten, FELINAR_THREADS="1", PYTHONHASHSEED="2")
    assert plain.keys() == other.keys()
    assert [name for name in plain if plain[name] != other[name]] == []


def test_ingesting_a_file_twice_adds_sightings_and_no_adverts(felinar, tmp_path, world):
    workspace = tmp_path / "twice"
    once = run(felinar, workspace, [world.adverts])
    for path in (workspace / "exports").iterdir():
        path.unlink()
    (workspace / "exports").rmdir()
    again = felinar("run", world.adverts, workspace=workspace)
    assert "0 new adverts, 400 known already" in again.stdout
    assert exports(felinar, workspace) == once
    from felinar.store.lake import Lake

    assert Lake(workspace / "tables").read("sightings").num_rows == 800
