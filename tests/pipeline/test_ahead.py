"""Adverts read while others still come in give what a run gives that reads them afterwards."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext

import pytest

from felinar.errors import UnreadableInput
from felinar.extract import extract
from felinar.pipeline import ahead as reading_ahead
from felinar.pipeline import delivery, ingest
from felinar.pipeline.progress import Silent
from felinar.pipeline.read import mentions_of_new_adverts
from felinar.sources import piece
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace


class Told(Silent):
    """Remembers which stages began."""

    def __init__(self):
        self.stages = []

    def begin(self, what, total=None):
        self.stages.append(what)
        return super().begin(what, total)


@pytest.fixture
def worth_it(monkeypatch):
    """Read ahead although the files are small, without worker processes, a hundred adverts a file."""
    ingesting = sys.modules["felinar.pipeline.ingest"]
    monkeypatch.setattr(ingesting, "SEVERAL_BYTES", 1)
    monkeypatch.setattr(ingesting, "_workers", lambda size, first: nullcontext(None))
    monkeypatch.setattr(piece, "PIECE_LINES", 50)
    monkeypatch.setattr(delivery, "PART_ADVERTS", 100)
    monkeypatch.setattr(reading_ahead, "is_compiled", lambda: True)
    monkeypatch.setattr(reading_ahead, "threads", lambda: 2)
    monkeypatch.setattr(reading_ahead, "start", lambda processes, native: None)
    monkeypatch.setattr(reading_ahead, "extract", lambda adverts, workers, native: extract(adverts, native=False))


def advert(number, **more):
    return {"id": number, "text": f"Cleaning, visit {number}, call 07700 900{number % 1000:03}", "city": "Bath", **more}


def file_of(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def mentions(workspace):
    """Return the names of the files of mentions, and the stages that it took to have them."""
    told = Told()
    found = mentions_of_new_adverts(Lake(workspace.tables), told)
    return sorted(part.file for part in found.parts), told.stages


def both(tmp_path, rows):
    """Return what `mentions` says of the rows brought in with reading ahead, and without."""
    path = file_of(tmp_path / "a.jsonl", rows)
    for name, ahead in (("ahead", True), ("after", False)):
        workspace = Workspace.open(tmp_path / name, "test")
        ingest(workspace, [path], ahead=ahead)
        yield mentions(workspace)


def test_what_was_read_ahead_is_not_read_again_and_is_the_same(tmp_path, worth_it):
    (ahead, again), (after, read) = both(tmp_path, map(advert, range(1_000)))
    assert ahead == after
    assert len(ahead) > 1
    assert (again, read) == ([], ["reading adverts"])


def test_a_file_made_anew_because_an_advert_came_again_in_another_form_is_read_again(tmp_path, worth_it):
    rows = [*map(advert, range(1_000)), advert(3, city="Aachen")]
    (ahead, again), (after, _) = both(tmp_path, rows)
    assert ahead == after
    assert again == ["reading adverts"]


def test_a_delivery_that_fails_leaves_no_mentions_behind(tmp_path, worth_it):
    good, bad = file_of(tmp_path / "a.jsonl", map(advert, range(1_000))), tmp_path / "b.jsonl"
    bad.write_bytes(b"\x89PNG")
    workspace = Workspace.open(tmp_path / "w", "test")
    with pytest.raises(UnreadableInput, match="a picture"):
        ingest(workspace, [good, bad], ahead=True)
    assert list(workspace.tables.glob("*")) == []


def test_what_cannot_be_read_ahead_is_read_by_the_run(tmp_path, worth_it, monkeypatch):
    def fail(adverts, workers, native):
        raise MemoryError

    monkeypatch.setattr(reading_ahead, "extract", fail)
    (ahead, again), (after, _) = both(tmp_path, map(advert, range(300)))
    assert ahead == after
    assert again == ["reading adverts"]


def test_what_pictures_say_is_added_to_what_was_read_ahead(tmp_path, worth_it, monkeypatch):
    from felinar.pipeline import read
    from felinar.tables import MENTIONS

    def said(lake):
        adverts = lake.read("adverts", ["advert_id"])["advert_id"].to_pylist()
        row = {"field": "picture", "kind": "camera", "value": "A", "extractor": "exif/1", "confidence": 60}
        return MENTIONS.from_rows([{"advert_id": number, **row} for number in sorted(adverts)[::7]])

    monkeypatch.setattr(read, "picture_mentions", said)
    (ahead, again), (after, _) = both(tmp_path, map(advert, range(300)))
    assert ahead == after
    assert again == []


def test_an_ingest_that_no_run_follows_reads_nothing(tmp_path, worth_it):
    workspace = Workspace.open(tmp_path / "w", "test")
    ingest(workspace, [file_of(tmp_path / "a.jsonl", map(advert, range(300)))])
    assert list(workspace.tables.glob("cache-*")) == []
