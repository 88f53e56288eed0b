"""Text in pictures: off by default, read by a program where there is one; its mentions say where they come from."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

pytest.importorskip("simplejpeg", reason="the extra 'pictures' is not installed")

from PIL import Image, ImageDraw

from felinar.demo.drawing import drawn, png
from felinar.pictures.intake import look
from felinar.pictures.looked import Looked
from felinar.pictures.writing import NOT_INSTALLED, PROGRAM, can_read, text_in
from felinar.pipeline import ingest, run
from felinar.store.lake import Lake
from felinar.store.published import Published
from felinar.store.workspace import Workspace

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
ROWS = (
    "1\t1\t1\t1\t1\t1\t0\t0\t9\t9\t92.4\t07700",
    "1\t1\t1\t1\t1\t2\t0\t0\t9\t9\t90\t900123",
    "1\t1\t1\t1\t2\t1\t0\t0\t9\t9\t12\tgarbage",
    "1\t1\t2\t1\t1\t1\t0\t0\t9\t9\t77\tpiano@music.example",
)


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program of this name where it is found first."""
    folder.mkdir(exist_ok=True)
    path = folder / PROGRAM
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "answer").write_text("\n".join((HEAD, *ROWS)) + "\n")
    stand_in(tmp_path / "bin", f"cat > /dev/null; cat '{tmp_path}/answer'", monkeypatch)


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    rows = []
    for number, said in enumerate(("piano for beginners", "hedges cut all over town")):
        (tmp_path / f"{number}.png").write_bytes(png(drawn(f"own {number}")))
        rows.append({"id": f"a{number}", "country": "GB", "text": said, "images": [f"{number}.png"]})
    (tmp_path / "adverts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path / "adverts.jsonl"


class InThisProcess:
    """Looks at pictures as the process made for it would, without starting one."""

    def __init__(self, *_: object, text: bool = False, **__: object) -> None:
        self.text = text

    def __enter__(self) -> InThisProcess:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def ready(self) -> None:
        pass

    def look_at(self, stream: BinaryIO) -> Looked:
        return look(stream.read(), text=self.text)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("felinar.hashlists.reader.ListReader", InThisProcess)


def of_pictures(workspace: Workspace) -> list[dict[str, object]]:
    return [row for row in Lake(workspace.tables).read("mentions").to_pylist() if row["field"] == "picture"]


def test_lines_are_put_together_of_the_words_that_are_sure(reads: None) -> None:
    assert text_in(np.zeros((90, 120, 3), np.uint8)) == "07700 900123\npiano@music.example"


def test_a_number_in_two_pictures_ties_their_adverts_and_says_that_it_was_read_in_a_picture(
    reads: None, delivery: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(tmp_path / "workspace", "test")
    with workspace.writing("test"):
        assert ingest(workspace, [delivery], text_in_pictures=True).notes == []
        run(workspace)
    phone, *_ = (row for row in of_pictures(workspace) if row["kind"] == "phone")
    assert (phone["value"], phone["region"], phone["start"]) == ("+447700900123", "GB", None)
    assert "read in a picture" in str(phone["display"])
    assert json.loads(str(phone["evidence"]))["read"] == "in a picture"
    assert int(str(phone["confidence"])) <= 70
    operations = Lake(workspace.tables).read("memberships")["operation_id"].to_pylist()
    assert len(operations) == 2
    assert len(set(operations)) == 1
    key = Published.open(workspace.published).keys_by_value("+447700900123")[0]
    assert key["adverts"] == 2


def test_text_is_read_only_where_it_is_asked_for(reads: None, here: None, delivery: Path, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "workspace", "test")
    with workspace.writing("test"):
        ingest(workspace, [delivery])
        run(workspace)
    assert of_pictures(workspace) == []


def test_where_the_program_is_missing_it_is_said_and_the_pictures_are_read_all_the_same(
    here: None, delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    workspace = Workspace.open(tmp_path / "workspace", "test")
    with workspace.writing("test"):
        done = ingest(workspace, [delivery], text_in_pictures=True)
    assert done.notes == [NOT_INSTALLED]
    assert done.pictures == {"missing": 0, "read": 2}


@pytest.mark.parametrize("script", ["exit 3", "cat > /dev/null; printf 'no\\ttable\\nat all'", "exec sleep 30"])
def test_a_program_that_fails_or_hangs_costs_the_text_alone(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("felinar.pictures.writing.SECONDS", 0.2)
    stand_in(tmp_path / "bin", script, monkeypatch)
    looked = look(png(drawn("own")), text=True)
    assert (looked.state, looked.text) == ("read", "")
    assert looked.pdq


@pytest.mark.skipif(not can_read(), reason="tesseract is not installed")
@pytest.mark.parametrize(("ink", "paper"), [("white", (40, 80, 60)), ("black", (235, 235, 235))])
def test_the_real_program_reads_a_number_over_a_picture(ink: str, paper: tuple[int, int, int]) -> None:
    picture = Image.new("RGB", (600, 400), paper)
    ImageDraw.Draw(picture).text((40, 180), "07700 900123", fill=ink, font_size=40)
    assert "07700 900123" in text_in(np.asarray(picture))
