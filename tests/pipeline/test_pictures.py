"""Pictures from files to what ties adverts: looked at once, counted, the same in batches as in one run."""

from __future__ import annotations

import json
import random
import shutil
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("simplejpeg", reason="the extra 'pictures' is not installed")

from felinar.audit import events
from felinar.kernels.pdq import as_hex
from felinar.pictures.looked import Hit, hashed
from felinar.pipeline import ingest, pictures, run
from felinar.pipeline.alike import SETTING
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace

SAID = ("hedges cut and lawns mown all over town", "piano for beginners in your own home", "curtains washed by hand")


def picture_of(data):
    """What a made-up file shows: "7/3" is picture 7 with 3 of its bits changed."""
    text = data.decode()
    if "/" not in text:
        return hashed("unreadable", "no picture", [data])
    seed, changed = map(int, text.split("/"))
    bits = np.random.default_rng(seed).integers(0, 2, 256)
    bits[np.random.default_rng(100 * seed + changed).permutation(256)[:changed]] ^= 1
    found = hashed("read", "", [data])
    found.quality, found.pdq = 90, as_hex(np.packbits(bits.astype(np.uint8)).view(">u8").astype(np.uint64))
    return found


@pytest.fixture
def made_up(monkeypatch):
    """Look at made-up files without a process for it."""
    asked = []

    class Reader:
        def __init__(self, *_, **__):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def ready(self):
            pass

        def look_at(self, stream):
            data = stream.read()
            asked.append(data.decode())
            return picture_of(data)

    monkeypatch.setattr("felinar.hashlists.reader.ListReader", Reader)
    return asked


def bring(workspace, folder, rows, **options):
    """Ingest rows; `pictures` of a row are contents of files, written into the folder img beside it."""
    (folder / "img").mkdir(parents=True, exist_ok=True)
    for row in rows:
        names = [f"img/{text.replace('/', '-')}.jpg" for text in row.pop("pictures", ())]
        for name, text in zip(names, [n[4:-4].replace("-", "/") for n in names], strict=True):
            (folder / name).write_text(text)
        row["images"] = [*names, *row.get("images", ())]
    path = folder / "batch.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return ingest(workspace, [path], **options)


def advert(number, **given):
    return {"id": str(number), "text": f"{SAID[number % 3]} {number}, 07700 900{number:03d}", "country": "GB", **given}


def derived(workspace):
    lake = Lake(workspace.tables)
    return {name: [p.sha256 for p in lake.manifest().tables[name]] for name in ("keys", "links", "memberships")}


def test_every_file_is_looked_at_once_and_what_is_missing_is_counted(tmp_path, made_up):
    workspace = Workspace.open(tmp_path / "w", "test")
    done = bring(
        workspace, tmp_path, [advert(1, pictures=["1/0", "x"]), advert(2, pictures=["1/0"], images=["no.jpg"])]
    )
    assert done.pictures == {"missing": 1, "read": 1, "unreadable": 1}
    assert sorted(made_up) == ["1/0", "x"]
    done = bring(workspace, tmp_path, [advert(3, pictures=["1/0", "2/0"])])
    assert done.pictures == {"missing": 0, "read": 1}
    assert sorted(made_up) == ["1/0", "2/0", "x"]
    states = {row["sha256"]: row["state"] for row in Lake(workspace.tables).read("pictures").to_pylist()}
    assert sorted(states.values()) == ["read", "read", "unreadable"]


def test_pictures_that_are_named_but_did_not_come_along_cost_and_say_nothing(tmp_path, made_up):
    workspace = Workspace.open(tmp_path / "w", "test")
    assert bring(workspace, tmp_path / "in", [advert(1, images=["no.jpg"])]).pictures == {}
    run(workspace)
    manifest = Lake(workspace.tables).manifest()
    assert not any("picture" in name for name in [*manifest.tables, *manifest.settings])


@pytest.mark.parametrize("packed", [False, True])
def test_pictures_are_found_in_a_folder_or_zip_of_their_own_by_path_or_file_name(tmp_path, made_up, packed):
    files = {"deep/er/a.jpg": "1/0", "b.jpg": "2/0", "x/c.jpg": "3/0", "y/c.jpg": "4/0"}
    place = tmp_path / "pictures"
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    if packed:
        with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
            for name in files:
                archive.write(place / name, name)
        place = tmp_path / "p.zip"
    names = ["https://site.example/x/a.jpg?size=9", "..\\up\\b.jpg", "x/c.jpg", "z/c.jpg", "../batch.jsonl"]
    workspace = Workspace.open(tmp_path / "w", "test")
    done = bring(workspace, tmp_path / "in", [advert(1, images=names)], pictures=place)
    assert sorted(made_up) == ["1/0", "2/0", "3/0"]  # of two files called c.jpg neither is meant by the name alone
    assert done.pictures == {"missing": 2, "read": 3}


def test_pictures_in_the_zip_that_holds_the_adverts_are_found(tmp_path, made_up):
    with zipfile.ZipFile(tmp_path / "delivery.zip", "w") as archive:
        archive.writestr("adverts.jsonl", json.dumps(advert(1, images=["img/a.jpg", "b.jpg"])) + "\n")
        archive.writestr("img/a.jpg", "1/0")
        archive.writestr("deep/b.jpg", "2/0")
    workspace = Workspace.open(tmp_path / "w", "test")
    assert ingest(workspace, [tmp_path / "delivery.zip"]).pictures == {"missing": 0, "read": 2}


def test_without_what_opens_pictures_files_are_compared_as_files(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "EXTRA", ("no_such_package",))
    workspace = Workspace.open(tmp_path / "w", "test")
    done = bring(workspace, tmp_path, [advert(1, pictures=["1/0"]), advert(2, pictures=["1/0"])])
    assert done.pictures == {"missing": 0, "not opened": 1}
    run(workspace)
    assert Lake(workspace.tables).read("memberships")["operation_id"].unique().to_pylist().__len__() == 1


def test_a_copy_of_a_picture_ties_two_numbers_and_a_hit_is_in_the_log_with_its_adverts(tmp_path, made_up, monkeypatch):
    known = picture_of(b"9/0").sha256
    look = picture_of
    monkeypatch.setattr(
        f"{__name__}.picture_of",
        lambda data: (
            look(data).without_content([Hit("list", "e1", "md5", 0, "match")]) if data == b"9/0" else look(data)
        ),
    )
    workspace = Workspace.open(tmp_path / "w", "test")
    rows = [advert(1, pictures=["1/0"]), advert(2, pictures=["1/12"]), advert(3, pictures=["9/0"])]
    assert bring(workspace, tmp_path, rows).pictures == {"known": 1, "missing": 0, "read": 2}
    run(workspace)
    lake = Lake(workspace.tables)
    assert len(set(lake.read("memberships")["operation_id"].to_pylist())) == 2
    (event,) = [event for event in events(workspace.desk) if "hit" in event.details]
    ids = {row["source_id"]: str(row["advert_id"]) for row in lake.read("adverts").to_pylist()}
    assert json.loads(event.details)["adverts"] == [ids["3"]]
    row = next(row for row in lake.read("pictures").to_pylist() if row["sha256"] == known)
    assert (row["pdq"], row["thumbnail"], row["points"]) == ("", b"", b"")


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), sizes=st.lists(st.integers(1, 6), min_size=1, max_size=2))
def test_batches_with_pictures_give_what_one_look_at_all_of_them_gives(tmp_path, made_up, seed, sizes):
    draw = random.Random(seed)
    shutil.rmtree(tmp_path / "w", ignore_errors=True)
    workspace = Workspace.open(tmp_path / "w", "test")
    number = 0
    for size in [30, *sizes]:
        rows = []
        for _ in range(size):
            shown = [f"{draw.randrange(7)}/{draw.choice((0, 0, 8, 16, 24))}" for _ in range(draw.randrange(3))]
            rows.append(advert(number, pictures=shown))
            number += 1
        bring(workspace, tmp_path / "in", rows)
        shutil.rmtree(tmp_path / "anew", ignore_errors=True)
        shutil.copytree(workspace.folder, tmp_path / "anew")
        anew = Workspace.existing(tmp_path / "anew")
        lake = Lake(anew.tables)
        lake.commit(
            {"pictures": [lake.write_part("pictures", lake.read("pictures").sort_by("sha256"))]}, settings={SETTING: ""}
        )
        for one in (workspace, anew):
            run(one)
        assert derived(workspace) == derived(anew)


def test_what_files_state_is_told_once_an_advert_and_with_doubt_where_they_look_edited(tmp_path, made_up, monkeypatch):
    look = picture_of
    stated = {
        "1/0": {"make": "Acme", "model": "One", "serial": "77", "latitude": 48.5, "longitude": -2.25},
        "2/0": {"make": "Acme", "model": "One", "taken_at": "2025:01:02 03:04:05", "edited": "gimp wrote its name"},
    }

    def looked(data):
        found = look(data)
        found.about = stated.get(data.decode(), {})
        return found

    monkeypatch.setattr(f"{__name__}.picture_of", looked)
    workspace = Workspace.open(tmp_path / "w", "test")
    bring(workspace, tmp_path / "in", [advert(1, pictures=["1/0", "2/0"]), advert(2, pictures=["3/0"])])
    run(workspace)
    lake = Lake(workspace.tables)
    rows = [row for row in lake.read("mentions").to_pylist() if row["field"] == "picture"]
    assert {(row["kind"], row["value"], row["confidence"]) for row in rows} == {
        ("camera", "Acme One", 60),
        ("camera_serial", "77", 60),
        ("taken_where", "48.50000,-2.25000", 60),
        ("taken_at", "2025:01:02 03:04:05", 40),
    }
    assert next(row["display"] for row in rows if row["confidence"] == 40).endswith(
        "(looks edited: gimp wrote its name)"
    )
    before = [part.file for part in lake.manifest().tables["mentions"]]
    run(workspace)
    assert [part.file for part in lake.manifest().tables["mentions"]] == before  # read once, not in every run
