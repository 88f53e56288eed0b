"""The same adverts give the same bytes: in any order, from one file or ten, with any threads and hash seed."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

TABLES = ("adverts", "mentions", "keys", "links", "memberships", "operations", "hits", "leads", "templates")


# The command line as a user calls it, but one start for all exports.
EXPORTS = """
import sys
from felinar.cli import felinar
workspace, out, *wanted = sys.argv[1:]
for name in wanted:
    table, form = name.split(".")
    felinar.main(["--workspace", workspace, "export", table, "--format", form, "--out", f"{out}/{name}"],
                 standalone_mode=False)
"""


def exports(workspace, **environment):
    """Every table as CSV, and the leads in every format, as bytes."""
    out = workspace / "exports"
    out.mkdir(exist_ok=True)
    wanted = [f"{table}.csv" for table in TABLES] + [f"leads.{form}" for form in ("jsonl", "parquet", "xlsx")]
    command = [sys.executable, "-c", EXPORTS, str(workspace), str(out), *wanted]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: (out / name).read_bytes() for name in wanted}


def run(felinar, workspace, files, **environment):
    done = felinar("run", *files, workspace=workspace, environment=environment)
    assert done.returncode == 0, done.stderr
    return exports(workspace, **environment)


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
    again = felinar("run", world.adverts, workspace=workspace)
    assert "0 new adverts, 400 known already" in again.stdout
    assert exports(workspace) == once
    from felinar.store.lake import Lake

    assert Lake(workspace / "tables").read("sightings").num_rows == 800
