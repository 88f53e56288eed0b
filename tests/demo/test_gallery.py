"""Pictures of the world: the same each time, openable, and what is true of each file beside them."""

from __future__ import annotations

import csv
import json
import struct
import zlib

import numpy as np
import pytest

from felinar.demo import write_world
from felinar.demo.drawing import EDITS, HEIGHT, WIDTH, card, drawn, png


def test_the_same_seed_gives_the_same_files_and_none_are_written_unless_asked_for(tmp_path):
    for name in ("one", "two"):
        write_world(tmp_path / name, adverts=300, pictures=5)
    files = [{p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.*")} for n in ("one", "two")]
    assert files[0] == files[1]
    write_world(tmp_path / "none", adverts=300)
    assert not (tmp_path / "none" / "pictures").exists()
    assert not (tmp_path / "none" / "pictures.csv").exists()


def test_every_file_that_an_advert_names_is_there_and_in_the_truth(tmp_path):
    world = write_world(tmp_path, adverts=600, pictures=12)
    adverts = [json.loads(line) for line in world.adverts.read_text(encoding="utf-8").splitlines()]
    shown = {(a["id"], name) for a in adverts for name in a["images"] if name.startswith("pictures/")}
    with (tmp_path / "pictures.csv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    assert {(row["source_id"], row["file"]) for row in truth} == shown
    assert {name for _, name in shown} == {f"pictures/{p.name}" for p in (tmp_path / "pictures").iterdir()}
    assert {row["whose"] for row in truth} == {"own", "stock", "card"}
    assert {row["edit"] for row in truth} == {"", *EDITS}


@pytest.mark.parametrize("edit", [None, *EDITS])
def test_every_edit_is_a_picture_that_can_be_written_and_read_back(edit):
    pixels = EDITS[edit](drawn("a")) if edit else drawn("a")
    data = png(pixels)
    wide, high = struct.unpack(">II", data[16:24])
    assert pixels.dtype == np.uint8
    assert (high, wide) == pixels.shape[:2]
    length = struct.unpack(">I", data[33:37])[0]
    rows = np.frombuffer(zlib.decompress(data[41 : 41 + length]), np.uint8).reshape(high, 1 + 3 * wide)
    assert np.array_equal(rows[:, 1:].reshape(pixels.shape), pixels)
    assert not edit or pixels.shape != (HEIGHT, WIDTH, 3) or not np.array_equal(pixels, drawn("a"))


def test_two_names_are_two_pictures_and_a_card_is_plain():
    assert np.mean(drawn("a") != drawn("b")) > 0.5
    assert len(np.unique(card("no").reshape(-1, 3), axis=0)) == 2
