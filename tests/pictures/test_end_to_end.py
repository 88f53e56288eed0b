"""Real files from advert to lead: copies tie, a picture on a list leaves nothing, later files are brought in."""

from __future__ import annotations

import hashlib
import json

import pytest
from click.testing import CliRunner

from felinar.cli import felinar
from felinar.demo.drawing import EDITS, drawn, png
from felinar.errors import FelinarError
from felinar.kernels.pdq import as_hex, pdq
from felinar.store.lake import Lake

SAID = ("piano for beginners", "hedges cut all over town", "curtains washed by hand", "boats mended", "cakes made")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that calls the command line on a workspace, its data parsed."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))

    def call(*arguments):
        options = ["--workspace", str(tmp_path / "workspace"), "--purpose", "test", "--json", "--quiet"]
        done = CliRunner().invoke(felinar, [*options, *map(str, arguments)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return call


@pytest.fixture
def delivery(tmp_path):
    """Return a function that writes adverts with a picture each, and their files: name to bytes."""

    def write(files, folder="in"):
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        for name, data in files.items():
            (place / name).write_bytes(data)
        rows = [
            {"id": name, "country": "GB", "text": f"{SAID[n]}, 07700 9001{n:02d}", "images": [name]}
            for n, name in enumerate(files)
        ]
        (place / "adverts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        return place / "adverts.jsonl"

    return write


def operations(tmp_path):
    """Return which adverts stand together, by the names of their pictures."""
    lake = Lake(tmp_path / "workspace" / "tables")
    names = {row["advert_id"]: row["source_id"] for row in lake.read("adverts").to_pylist()}
    together = {}
    for row in lake.read("memberships").to_pylist():
        together.setdefault(row["operation_id"], set()).add(names[row["advert_id"]])
    return sorted(map(sorted, together.values()))


def test_a_picture_on_a_list_leaves_no_byte_and_the_others_tie_and_are_found(run, delivery, tmp_path):
    known, alike = png(drawn("known")), png(EDITS["brightened"](drawn("listed")))
    (tmp_path / "list.txt").write_text(
        f"md5 {hashlib.md5(known).hexdigest()}\npdq {as_hex(pdq(EDITS['mirrored'](drawn('listed'))).turns[0])}\n"
    )
    run("hashlists", "import", tmp_path / "list.txt")
    one, mirrored = png(drawn("own")), png(EDITS["mirrored"](drawn("own")))
    adverts = delivery({"known.png": known, "alike.png": alike, "own.png": one, "own2.png": mirrored, "no.png": b"no"})
    brought = run("run", adverts, "--text-in-pictures")["ingest"]
    assert brought["pictures"] == {"known": 2, "missing": 0, "read": 2, "unreadable": 1}
    assert operations(tmp_path) == [["alike.png"], ["known.png"], ["no.png"], ["own.png", "own2.png"]]

    found = run("search", tmp_path / "in" / "own.png")["keys"]
    assert [key["matched"].split(",")[0] for key in found] == ["the same file", "a copy"]
    with pytest.raises(FelinarError, match="on a list of known abuse material"):
        run("search", tmp_path / "in" / "alike.png")

    stored = {row["sha256"]: row for row in Lake(tmp_path / "workspace" / "tables").read("pictures").to_pylist()}
    files = [p for p in (tmp_path / "workspace").rglob("*") if p.is_file()]
    assert [p for p in (tmp_path / "temporary").rglob("*") if p.is_file()] == []
    for data in (known, alike):
        row = stored[hashlib.sha256(data).hexdigest()]
        assert (row["thumbnail"], row["points"], row["pdq"], row["canonical"]) == (b"", b"", "", "")
        middle = data[len(data) // 2 :][:24]
        assert not any(middle in path.read_bytes() for path in files)
    log = run("audit", "list", "--last", 50)
    hits = [event["details"]["hit"] for event in log if "hit" in event["details"]]
    assert sorted((hit["kind"], hit["verdict"]) for hit in hits) == [("md5", "match"), ("pdq", "match")]


def test_files_that_come_after_their_adverts_tie_them_too(run, delivery, tmp_path):
    one, framed = png(drawn("own")), png(EDITS["bordered"](drawn("own")))
    adverts = delivery({"a.png": one, "b.png": framed})
    for name in ("a.png", "b.png"):
        (tmp_path / "in" / name).rename(tmp_path / name)
    run("run", adverts)
    assert operations(tmp_path) == [["a.png"], ["b.png"]]
    (tmp_path / "later" / "deep").mkdir(parents=True)
    for name in ("a.png", "b.png"):
        (tmp_path / name).rename(tmp_path / "later" / "deep" / name)
    assert run("pictures", "add", tmp_path / "later") == {"missing": 0, "read": 2}
    run("run")
    assert operations(tmp_path) == [["a.png", "b.png"]]
    assert run("pictures", "list")["states"] == {"read": 2}
    assert run("pictures", "add", tmp_path / "later") == {"missing": 0}


def test_without_what_opens_pictures_exact_hashes_meet_the_lists_all_the_same(run, delivery, tmp_path, monkeypatch):
    known, other = png(drawn("known")), png(drawn("other"))
    (tmp_path / "list.txt").write_text(f"sha1 {hashlib.sha1(known).hexdigest()}\n")
    run("hashlists", "import", tmp_path / "list.txt")
    monkeypatch.setattr("felinar.pipeline.pictures.EXTRA", ("no_such_package",))
    brought = run("run", delivery({"known.png": known, "other.png": other}))["ingest"]
    assert brought["pictures"] == {"known": 1, "missing": 0, "not opened": 1}
    monkeypatch.undo()
    assert run("pictures", "add", tmp_path / "in") == {"missing": 0, "read": 1}


def test_without_what_opens_pictures_a_search_says_what_to_install(run, delivery, tmp_path, monkeypatch):
    adverts = delivery({"a.png": png(drawn("a"))})
    monkeypatch.setattr("felinar.pipeline.pictures.EXTRA", ("no_such_package",))
    assert run("run", adverts)["ingest"]["pictures"] == {"missing": 0, "not opened": 1}
    with pytest.raises(FelinarError, match=r"pip install 'felinar\[pictures\]'"):
        run("search", tmp_path / "in" / "a.png")
    monkeypatch.undo()
    assert run("pictures", "add", tmp_path / "in") == {"missing": 0, "read": 1}
