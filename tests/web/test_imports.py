"""The import wizard: upload, look, choose, run, report; what is hostile stays outside, what fails changes nothing."""

import errno
import gzip
import io
import json
import os
import signal
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from felinar.audit import events
from felinar.store.workspace import Workspace
from felinar.web.desk import Desk
from felinar.web.imports import apart, inbox, look
from felinar.web.imports.jobs import Jobs, jobs

OWN = {"sec-fetch-site": "same-origin"}
ROW = {"id": "1", "title": "Cleaning", "text": "Cleaning in Leeds, call 07700 900123", "date": "2026-01-02"}
PATIENCE_SECONDS = 120


@pytest.fixture
def empty(tmp_path):
    """A workspace into which nothing has come yet."""
    return Workspace.open(tmp_path / "empty", "the unit's work")


@pytest.fixture
def eva(person, empty):
    """Somebody in front of the desk of the empty workspace."""
    return type(person())(Desk(empty), "single user", name="eva")


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def send(someone, name, content):
    return someone.client.post("/imports/upload", files={"file": (name, io.BytesIO(content))}, headers=OWN)


def put(workspace, name, content):
    path = inbox.folder_of(workspace) / name
    path.write_bytes(content)
    return path


def finished(someone, address):
    """What the page of an import says once the run is over."""
    end = time.monotonic() + PATIENCE_SECONDS
    while (told := someone.json(f"{address}.json"))["word"] == "running" and time.monotonic() < end:
        time.sleep(0.05)
    return told


def test_an_empty_desk_begins_with_the_import(eva):
    assert eva.get("/").headers["location"] == "/imports"
    assert "No file waits" in eva.get("/imports").text
    answer = eva.get("/leads")
    assert answer.status_code == 503
    assert 'href="/imports"' in answer.text
    assert "import adverts first" in answer.text
    assert str(eva.desk.workspace.folder) not in answer.text


def test_a_file_comes_in_is_linked_and_its_rejects_can_be_fetched(eva, empty, world):
    content = world.adverts.read_bytes() + b'{"id": "broken\n' + lines(ROW, ROW)
    address = send(eva, "delivery.jsonl", content).headers["location"]
    assert address == "/imports/file?name=delivery.jsonl"
    seen = eva.json(address.replace("file?", "file.json?"))["look"]
    assert (seen["read"], seen["rejected"], seen["repeats"]) == (402, 1, 1)
    begun = eva.post("/imports/begin", name="delivery.jsonl", legal_basis="order 7", retention_months="3")
    told = finished(eva, begun.headers["location"])
    assert told["word"] == "done", told["said"]
    assert (told["ingest"]["rows"], told["ingest"]["added"], told["ingest"]["rejected"]) == (402, 401, 1)
    assert told["brought"]["linked"] + told["brought"]["alone"] == 401
    assert told["brought"]["leads"]
    assert eva.get(begun.headers["location"]).status_code == 200
    rejects = eva.get(f"{begun.headers['location']}/rejects?download=1")
    assert rejects.headers["content-disposition"].startswith("attachment")
    assert [json.loads(line)["row"] for line in rejects.text.splitlines()] == [400]
    config = Workspace.existing(empty.folder).config
    assert (config.legal_basis, config.retention_months) == ("order 7", 3)
    runs = [(event.actor, event.purpose) for event in events(empty.desk) if event.action == "run"]
    assert runs == [("eva", "case 2026-17")], "the run is logged under name and purpose of the person"
    eva.post("/imports/remove", name="delivery.jsonl")
    assert inbox.waiting(empty) == []
    assert eva.get("/").headers["location"] == "/leads"


def test_a_column_that_nobody_knows_is_chosen_by_a_person(eva, empty):
    put(empty, "odd.csv", b"nr;wen;was\n1;2026-01-02;Cleaning in Leeds, call 07700 900123\n")
    first = eva.json("/imports/file.json?name=odd.csv")["look"]
    assert [(column["name"], column["field"]) for column in first["columns"]] == [
        ("nr", ""),
        ("wen", ""),
        ("was", "body"),
    ]
    assert "Choose it below" in first["problem"]
    chosen = "&column=nr&field=source_id&column=wen&field=posted_at&column=was&field=body"
    second = eva.json(f"/imports/file.json?name=odd.csv{chosen}")["look"]
    assert second["problem"] == ""
    page = eva.get(f"/imports/file?name=odd.csv{chosen}").text
    assert '<option value="posted_at" selected>posted at</option>' in page
    (advert,) = second["adverts"]
    assert (advert["source_id"], advert["posted_at"][:10]) == ("1", "2026-01-02")
    begun = eva.client.post(
        "/imports/begin",
        data={"name": "odd.csv", "column": ["nr", "wen", "was"], "field": ["source_id", "posted_at", "body"]},
        headers=OWN,
    )
    told = finished(eva, begun.headers["location"])
    assert (told["word"], told["ingest"]["added"]) == ("done", 1)


def test_parquet_tells_how_many_rows_it_holds_and_others_are_estimated(tmp_path):
    rows = [{"id": str(n), "text": f"Cleaning in Leeds, call 07700 {900000 + n % 1000}"} for n in range(6_000)]
    (tmp_path / "a.jsonl").write_bytes(lines(*rows))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    for name, off in (("a.jsonl", 120), ("a.parquet", 0)):
        seen = look.look_at(tmp_path / name)
        assert (seen.read, seen.problem) == (5_000, "")
        assert abs(seen.in_all - 6_000) <= off


def test_what_is_wrong_is_said_before_the_run(eva, empty):
    put(
        empty, "bad.jsonl", lines(*({"id": str(n), "text": "Cleaning", "date": "31.2.2026"} for n in range(9))) + b"x\n"
    )
    page = eva.get("/imports/file?name=bad.jsonl").text
    told = eva.json("/imports/file.json?name=bad.jsonl")["look"]
    assert told["share_rejected"] == pytest.approx(0.1)
    assert {one["severity"] for one in told["reasons"]} == {"error", "warning"}
    assert {one["field"] for one in told["missing"]} == set(look.MATTERS) - {"source_id"}
    assert "10.0 %" in page


@pytest.mark.parametrize("name", ["nothing.csv", "../desk.sqlite", "/etc/passwd", "", ".hidden", "link.csv", "sub"])
def test_only_files_of_the_inbox_can_be_named(eva, empty, name):
    put(empty, ".hidden", b"x")
    (inbox.folder_of(empty) / "link.csv").symlink_to(empty.folder / "felinar.toml")
    (inbox.folder_of(empty) / "sub").mkdir()
    assert eva.get("/imports/file", params={"name": name}).status_code == 404
    for action in ("begin", "remove"):
        eva.post(f"/imports/{action}", name=name)
    assert (empty.folder / "felinar.toml").is_file()
    assert jobs(empty) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/cron.d/x.csv", "x.csv"),
        ("C:\\temp\\a b.csv", "a_b.csv"),
        ("-rf.csv", "rf.csv"),
        (".bashrc", "bashrc"),
        ("<script>\u202e\x1b[2J.jsonl", "script_2J.jsonl"),
        ("x" * 300 + ".jsonl.gz", "x" * 97 + ".gz"),
        ("объявления.csv", "объявления.csv"),
        ("///", "adverts"),
    ],
)
def test_the_name_of_an_upload_is_harmless(eva, empty, given, kept):
    send(eva, given, lines(ROW))
    assert [one.name for one in inbox.waiting(empty)] == [kept]
    send(eva, given, lines(ROW))
    assert len(inbox.waiting(empty)) == 2, "a name that is taken is not written over"


def test_an_upload_without_a_file_cut_off_or_too_large_leaves_nothing(eva, empty, monkeypatch):
    assert eva.post("/imports/upload", name="x").status_code == 303
    assert "No file was sent" in eva.get("/imports").text
    send(eva, "empty.csv", b"")
    assert "is empty" in eva.get("/imports").text
    cut = b'--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,text\r\n1,Clean'
    eva.client.post("/imports/upload", content=cut, headers=OWN | {"content-type": "multipart/form-data; boundary=b"})
    too_long = b"--b\r\n" + b"x" * 20_000 + b": y\r\n\r\nz\r\n--b--\r\n"
    eva.client.post(
        "/imports/upload", content=too_long, headers=OWN | {"content-type": "multipart/form-data; boundary=b"}
    )
    large = {**OWN, "content-type": "multipart/form-data; boundary=b", "content-length": str(inbox.LARGEST_UPLOAD * 2)}
    assert eva.client.post("/imports/upload", content=cut, headers=large).status_code == 413
    assert list(inbox.folder_of(empty).iterdir()) == []


def test_a_full_disk_is_told_in_a_sentence_and_leaves_nothing(eva, empty, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("felinar.web.receive.os.fsync", full)
    send(eva, "a.jsonl", lines(ROW))
    assert "No space left on device" in eva.session.refused
    assert list(inbox.folder_of(empty).iterdir()) == []


def test_a_file_that_explodes_is_refused_and_the_desk_goes_on(eva, empty):
    put(empty, "bomb.jsonl.gz", gzip.compress(b" " * (64 << 20)) * 17)
    told = eva.json("/imports/file.json?name=bomb.jsonl.gz")["look"]
    assert "may be a ZIP bomb" in told["problem"]
    assert eva.get("/imports").status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        b"<html><script>alert(1)</script>",
        b"PK\x03\x04cut",
        gzip.compress(b"", mtime=0),
    ],
)
def test_what_is_no_table_of_adverts_is_told_in_a_sentence(eva, empty, content):
    put(empty, "odd.jsonl", content)
    page = eva.get("/imports/file?name=odd.jsonl")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert "<script>alert" not in page.text


def test_a_look_that_takes_too_long_or_dies_is_given_up(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(ROW))
    monkeypatch.setattr(apart, "_START", "import os; os.abort()")
    assert "was stopped" in apart.look(path, {}, "auto", "", "")["problem"]
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    monkeypatch.setattr(apart, "_START", "while True: pass")
    assert "was stopped" in apart.look(path, {}, "auto", "", "other")["problem"]


def test_one_import_at_a_time_and_a_run_that_is_killed_changes_nothing(eva, empty):
    put(empty, "a.jsonl", lines(ROW))
    begun = eva.post("/imports/begin", name="a.jsonl")
    address = begun.headers["location"]
    assert eva.get(address).headers["refresh"] == "2"
    assert "refresh" not in eva.get(f"{address}?still=1").headers
    assert eva.post("/imports/begin", name="a.jsonl").headers["location"] == "/leads"
    assert "one import at a time" in eva.session.refused
    (one,) = jobs(empty)
    # A desk that was started anew knows the run by the process that holds the workspace.
    os.killpg(one.process, signal.SIGKILL)
    told = finished(eva, address)
    assert told["word"] == "failed"
    assert "stopped before its end" in told["said"]
    assert Jobs().state(empty, one).word == "failed"
    assert not empty.published.exists()
    again = finished(eva, eva.post("/imports/begin", name="a.jsonl").headers["location"])
    assert (again["word"], again["ingest"]["added"]) == ("done", 1)


def test_a_run_that_fails_says_why(eva, empty):
    path = put(empty, "a.jsonl", lines(ROW))
    with empty.writing("test"):
        told = finished(eva, eva.post("/imports/begin", name="a.jsonl").headers["location"])
    assert told["word"] == "failed"
    assert "in use" in told["said"]
    assert path.exists()


@pytest.mark.parametrize("months", ["0", "121", "x", "-1", "9" * 50])
def test_a_time_of_keeping_that_is_none_is_refused_before_anything_is_read(eva, empty, months):
    put(empty, "a.jsonl", lines(ROW))
    eva.post("/imports/begin", name="a.jsonl", retention_months=months)
    assert "1 to 120 months" in eva.session.refused
    assert jobs(empty) == []


def test_who_may_not_import_is_told_so_before_the_file_is_read(person, workspace, desk):
    answer = send(person("viewer"), "a.jsonl", lines(ROW))
    assert answer.status_code == 403
    assert not (workspace.folder / "inbox").exists()
