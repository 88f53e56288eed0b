"""Pictures held against lists by the command: what is told, what is logged first, and that nothing of a hit is kept."""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from PIL import Image, ImageOps

from felinar.audit import events
from felinar.cli.hashlists import _the_extra
from felinar.cli.hashlists_text import checked_line
from felinar.errors import FelinarError
from felinar.hashlists import reader as reading
from felinar.hashlists.known import Lists
from felinar.hashlists.reader import ListReader
from felinar.kernels.pdq import as_hex, pdq
from felinar.pictures.looked import KNOWN, MATCH, REFUSED


def md5_of(data):
    return hashlib.md5(data).hexdigest()


@pytest.fixture
def pile(made, tmp_path):
    """A folder of pictures: some listed by their bytes or by what they show, one a known file, a broken archive."""
    folder = tmp_path / "pile"
    (folder / "inside").mkdir(parents=True)
    first, second, third = (made.picture(seed) for seed in (10, 11, 12))
    (folder / "a.png").write_bytes(first)
    opened = Image.open(io.BytesIO(second))
    ImageOps.mirror(opened).save(folder / "b.jpg", quality=60)
    (folder / "c.png").write_bytes(third)
    (folder / "d.txt").write_bytes(b"no picture")
    (folder / "link.png").symlink_to(folder / "a.png")
    archive = packed({"x/1.png": second, "x/2.png": third})
    (folder / "inside" / "e.zip").write_bytes(archive)
    (folder / "g.png").write_bytes(third + packed({"y/1.png": first}))  # a picture with an archive behind it
    (folder / "inside" / "f.zip").write_bytes(archive[:60] + bytes(30) + archive[90:])
    shown = as_hex(pdq(np.asarray(opened)).turns[0])
    (tmp_path / "list.txt").write_text(f"md5 {md5_of(first)} one\npdq {shown} two\n")
    (tmp_path / "nsrl.csv").write_text(f'"SHA-1","MD5","CRC32","FileName"\n"","{md5_of(third)}","","a.png"\n')
    return folder


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_hits_are_told_with_all_that_the_list_says_and_logged_first(call, workspace, pile, tmp_path):
    call("import", tmp_path / "list.txt", "--name", "mine", "--purpose-note", "agreement 7")
    call("import", tmp_path / "nsrl.csv")
    found = call("check", pile)
    rows = {row["path"].removeprefix(str(pile)): row for row in found.data["pictures"]}
    assert {name: (row["state"], len(row["hits"])) for name, row in rows.items()} == {
        "/a.png": ("known", 1),
        "/b.jpg": ("known", 1),
        "/c.png": ("read", 0),
        "/d.txt": ("unreadable", 0),
        "/g.png": ("read", 0),
        "/g.png:y/1.png": ("known", 1),
        "/inside/e.zip:x/1.png": ("known", 1),
        "/inside/e.zip:x/2.png": ("read", 0),
        "/inside/f.zip:x/1.png": ("unreadable", 0),
        "/inside/f.zip:x/2.png": ("read", 0),
    }
    exact, near = rows["/a.png"]["hits"][0], rows["/b.jpg"]["hits"][0]
    assert (exact["list"], exact["kind"], exact["distance"], exact["status"]) == ("mine", "md5", 0, "one")
    assert (exact["quality"], 50 <= near["quality"] <= 100) == (None, True)
    assert (near["kind"], near["how"], near["status"], near["verdict"]) == ("pdq", "mirrored", "two", MATCH)
    assert (rows["/c.png"]["known_file"], "unpacked" in rows["/inside/f.zip:x/1.png"]["reason"]) == ("nsrl", True)
    assert (found.code, found.data["hits"]) == (0, 4)  # a hit is an answer, no failure
    assert "10 files checked: 4 known, 4 read, 2 unreadable. Hits: 4. Nothing of a picture" in found.said
    logged = [json.loads(event.details) for event in events(workspace.desk)]
    hits = [(one["hit"]["status"], one["path"].removeprefix(str(pile))) for one in logged if "hit" in one]
    assert hits == [("one", "/a.png"), ("two", "/b.jpg"), ("one", "/g.png:y/1.png"), ("two", "/inside/e.zip:x/1.png")]


def test_a_file_is_a_line_and_a_hit_is_a_line():
    said = {
        "list": "mine",
        "entry": "7",
        "category": "1",
        "kind": "pdq",
        "distance": 3,
        "quality": 77,
        "verdict": MATCH,
        "how": "mirrored",
    }
    row = {"state": "known", "path": "a.png", "hits": [said, said | {"entry": "8", "how": ""}], "quality": 0}
    assert checked_line(row) == [
        "known\tmine\t7\tcategory 1\tpdq\t3\t77\tmatch (mirrored)\ta.png",
        "known\tmine\t8\tcategory 1\tpdq\t3\t77\tmatch\ta.png",
    ]
    read = {"state": "read", "path": "b.png", "hits": [], "quality": 90, "known_file": "nsrl", "reason": ""}
    assert checked_line(read) == ["read\t\t\t\t\t\t90\tknown file (nsrl)\tb.png"]


def run_check(workspace, pile, temporary):
    """Call the command in a process of its own with a temporary folder of its own."""
    code = (
        "import sys, pathlib; from felinar.cli.hashlists import hashlists; from felinar.cli.session import Session; "
        "hashlists.main(['check', sys.argv[2]], obj=Session(pathlib.Path(sys.argv[1])), standalone_mode=False)"
    )
    command = [sys.executable, "-c", code, str(workspace.folder), str(pile)]
    variables = {**os.environ, "TMPDIR": str(temporary)}
    return subprocess.run(command, capture_output=True, text=True, env=variables, check=True, timeout=300)


def test_a_hit_leaves_no_byte_of_the_picture_in_the_workspace_or_in_temporary_folders(
    call, workspace, made, pile, tmp_path
):
    call("import", tmp_path / "list.txt")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    listed = made.picture(11)
    decoded = np.asarray(Image.open(io.BytesIO(listed)).convert("RGB")).tobytes()
    mirrored = (pile / "b.jpg").read_bytes()
    found = run_check(workspace, pile, temporary)
    assert "\tpdq\t" in found.stdout
    traces = [
        data[at : at + 24]
        for data in (listed, decoded, mirrored, made.picture(10))
        for at in range(200, len(data) - 24, len(data) // 40)
    ]
    traces += [md5_of(decoded).encode()]
    for path in tmp_path.rglob("*"):
        if path.is_file() and pile not in path.parents:
            content = path.read_bytes()
            assert not any(trace in content for trace in traces), path
    made_since = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.name for path in made_since} <= {"desk.sqlite-wal", "desk.sqlite-shm", "log.key", "desk.sqlite"}
    assert list(temporary.iterdir()) == []


def test_a_file_that_cannot_be_looked_at_or_is_too_large_is_still_known_by_its_exact_hash(
    take, made, tmp_path, monkeypatch
):
    data = b"\xff\xd8" + made.picture(3)
    take({"a.txt": md5_of(data)})
    folder = tmp_path / "hashlists"
    lists = Lists.load(folder)
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)
    monkeypatch.setattr(reading, "_BLOCK", 100)
    with ListReader(folder, lists) as reader:
        assert reader.look_at(io.BytesIO(data)).state == KNOWN
        large = reader.look_at(io.BytesIO(data + b"x"))
        assert (large.state, large.size, large.hits) == (REFUSED, len(data) + 1, [])
    with ListReader(folder, lists) as broken:
        broken._command = ["false"]
        assert broken.look(data).state == KNOWN
        with pytest.raises(FelinarError, match="cannot be started"):
            broken.look(data + b"x")


def test_without_a_list_nothing_can_be_checked(call, tmp_path, workspace):
    with pytest.raises(Exception, match="No hash list was imported"):
        call("check", tmp_path)
    assert call("list").data == []


def test_lists_are_shown_and_removed_and_both_are_logged(call, workspace, made, tmp_path):
    (tmp_path / "a.txt").write_text(made.hash("md5", 1))
    told = call("import", tmp_path / "a.txt", "--purpose-note", "agreement 7").data
    assert (told["name"], told["note"], told["counts"]["md5"]) == ("a", "agreement 7", 1)
    assert "agreement 7" in call("list", as_json=False).text
    with pytest.raises(Exception, match="Did you mean 'a'"):
        call("remove", "aa")
    call("remove", "a")
    assert call("list").data == []
    assert not (workspace.folder / "hashlists" / "a").exists()
    said = [json.loads(event.details) for event in events(workspace.desk)]
    assert [next(iter(one)) for one in said] == ["import", "entries", "listed", "removed", "listed"]
    shutil.rmtree(workspace.folder / "hashlists")
    assert call("list").data == []


def test_who_lacks_what_decodes_pictures_is_told_how_to_install_it():
    with pytest.raises(FelinarError, match=r"no_such_decoder is not installed.*felinar\[pictures\]"), _the_extra():
        importlib.import_module("no_such_decoder")
