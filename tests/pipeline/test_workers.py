"""Work that several processes do gives what one process gives."""

from __future__ import annotations

import json
import sys
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from multiprocessing import get_context

import pytest

from felinar.errors import UnreadableInput
from felinar.pipeline import ingest
from felinar.pipeline.workers import InOrder
from felinar.sources import piece
from felinar.store.lake import Lake
from felinar.store.originals import read_record
from felinar.store.workspace import Workspace

ingesting = sys.modules["felinar.pipeline.ingest"]


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(2, get_context("spawn")) as workers:
        yield workers


@pytest.fixture
def in_pieces(monkeypatch):
    """Cut the files into small pieces, so that several workers have something to do."""
    monkeypatch.setattr(piece, "PIECE_LINES", 50)


def with_workers(monkeypatch, pool):
    monkeypatch.setattr(ingesting, "_workers", lambda size, first: nullcontext(pool))


def delivery(path, rows, more=""):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + more, encoding="utf-8")
    return path


def rows(count):
    """Adverts of which every seventh comes again with another place and one more picture."""
    for n in range(count):
        again = n % 7 == 6
        number = n - 6 if again else n
        yield {
            "id": number, "text": f"House cleaning, visit number {number}", "truth": 1, "date": "2024-02-03",
            "city": "York" if again else "Bath", "images": [f"img/{number}.jpg"] + ["img/b.jpg"] * again,
        }  # fmt: skip


def tables_of(workspace):
    lake = Lake(workspace.tables)
    found = {name: lake.read(name) for name in ("adverts", "images", "sightings")}
    found["sightings"] = found["sightings"].drop_columns(["run_id", "captured_at"])
    return {name: table.to_pylist() for name, table in found.items()}


def test_results_come_in_the_order_of_the_items(pool):
    assert list(InOrder(abs, [-3, 1, -2, 5], pool, 2)) == [3, 1, 2, 5]
    assert list(InOrder(abs, [-3, 1], None, 1)) == [3, 1]
    assert list(InOrder(abs, [], pool, 2)) == []


class Dying:
    """A pool whose workers die with the second item."""

    def submit(self, function, item):
        future = Future()
        if item == 0:
            future.set_result(function(item))
        else:
            future.set_exception(BrokenProcessPool())
        return future


def test_what_workers_left_when_they_died_is_done_here():
    assert list(InOrder(abs, [0, -1, -2, -3], Dying(), 1)) == [0, 1, 2, 3]


def test_an_ingest_by_several_processes_gives_the_tables_of_one(tmp_path, monkeypatch, in_pieces, pool):
    path = delivery(tmp_path / "a.jsonl", rows(400), "no json\n")
    one, many = Workspace.open(tmp_path / "one", "test"), Workspace.open(tmp_path / "many", "test")
    alone = ingest(one, [path])
    with_workers(monkeypatch, pool)
    together = ingest(many, [path])
    assert tables_of(one) == tables_of(many)
    said = [(d.rows, d.added, d.known, d.rejected, d.notes, d.reasons) for d in (alone, together)]
    assert said[0] == said[1]
    assert (together.added, together.rejected, len(together.notes)) == (343, 1, 1)
    rejected = [json.loads(line) for line in (many.folder / "rejects.jsonl").read_text().splitlines()]
    assert [reject["row"] for reject in rejected] == [400]


def test_pictures_of_an_advert_that_comes_again_are_there_once(tmp_path, monkeypatch, in_pieces):
    workspace = Workspace.open(tmp_path / "w", "test")
    ingest(workspace, [delivery(tmp_path / "a.jsonl", [*rows(400), *rows(400)])])
    images = Lake(workspace.tables).read("images")
    assert images.num_rows == images.group_by(images.column_names).aggregate([]).num_rows == 343 + 57


def test_a_file_that_breaks_off_leaves_no_original_behind(tmp_path, monkeypatch, in_pieces, pool):
    with_workers(monkeypatch, pool)
    good, bad = delivery(tmp_path / "a.jsonl", rows(400)), tmp_path / "b.jsonl"
    bad.write_bytes(b"\x89PNG")
    workspace = Workspace.open(tmp_path / "w", "test")
    with pytest.raises(UnreadableInput, match="a picture"):
        ingest(workspace, [good, bad])
    assert list(workspace.originals.rglob("*.zst")) == []
    assert Lake(workspace.tables).read("adverts").num_rows == 0
    ingest(workspace, [good])
    for seen in Lake(workspace.tables).read("sightings").to_pylist()[::50]:
        assert read_record(workspace.originals, seen["raw_sha256"], seen["raw_offset"]).startswith(b'{"id"')
