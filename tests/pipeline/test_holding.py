"""Only the files that hold what is asked for are read."""

from __future__ import annotations

import json

import numpy as np
import pytest

from felinar.pipeline import ingest, run
from felinar.pipeline.holding import holding
from felinar.pipeline.mentions import Mentions
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace

OLD = ("Hedges cut and lawns mown all over town, call 07700 900101", "Piano lessons at your home, call 07700 900102")
NEW = "Ironing done by hand and brought back on Thursday, call 07700 900103"


@pytest.fixture
def workspace(tmp_path):
    """Two deliveries, so two files of adverts."""
    opened = Workspace.open(tmp_path / "w", "test")
    for number, texts in enumerate((OLD * 6, [NEW])):
        path = tmp_path / f"{number}.jsonl"
        rows = ({"id": f"{number}-{n}", "text": text, "country": "GB"} for n, text in enumerate(texts))
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        ingest(opened, [path])
        run(opened)
    return opened


def mentions_in(workspace):
    tables = Lake(workspace.tables).manifest().tables
    return Mentions(Lake(workspace.tables), tables["adverts"], tables["mentions"])


def test_files_without_an_asked_advert_are_left_out(workspace):
    both = mentions_in(workspace)
    parts = [np.sort(both.lake.read_part(part)["advert_id"].to_numpy()) for part in both.adverts]
    assert [len(part) for part in parts] == [12, 1]
    for ids, part in zip(parts, both.adverts, strict=True):
        assert holding(both, ids[:1]).adverts == [part]
    assert holding(both, np.sort(np.concatenate(parts))).adverts == both.adverts
    assert holding(both, np.zeros(0, dtype=np.int64)).adverts == []


def test_a_batch_that_touches_no_old_group_reads_no_old_text(workspace, tmp_path, monkeypatch):
    read = []

    def noted(mentions, adverts):
        found = holding(mentions, adverts)
        read.append(found.adverts)
        return found

    monkeypatch.setattr("felinar.pipeline.template_files.holding", noted)
    path = tmp_path / "more.jsonl"
    path.write_text(
        json.dumps({"id": "x", "text": NEW.replace("103", "199"), "country": "GB"}) + "\n", encoding="utf-8"
    )
    ingest(workspace, [path])
    run(workspace)
    tables = Lake(workspace.tables).manifest()
    assert tables.epoch == 1
    assert read == [tables.tables["adverts"][1:]]
