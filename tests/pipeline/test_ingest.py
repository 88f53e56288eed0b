"""Bringing adverts in."""

from __future__ import annotations

import json

from felinar.pipeline.ingest import ingest
from felinar.store.lake import Lake
from felinar.store.originals import read_record
from felinar.store.workspace import Workspace


def delivery(folder, name, *rows):
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def advert(number, **more):
    return {"id": str(number), "site": "a.example", "text": f"House cleaning, visit number {number}", **more}


def adverts_of(workspace):
    return Lake(workspace.tables).read("adverts").to_pylist()


def test_every_sighting_leads_to_the_original_record(tmp_path):
    workspace = Workspace.open(tmp_path / "w", "test")
    rows = [advert(n) for n in range(5)]
    ingest(workspace, [delivery(tmp_path, "a.jsonl", *rows)])
    for seen in Lake(workspace.tables).read("sightings").to_pylist():
        record = read_record(workspace.originals, seen["raw_sha256"], seen["raw_offset"])
        assert json.loads(record) in rows


def test_an_advert_with_two_forms_of_its_side_columns_ends_the_same_in_either_order(tmp_path):
    first, second = advert(1, city="Bath"), advert(1, city="York")
    for name, rows in (("ab", (first, second)), ("ba", (second, first))):
        workspace = Workspace.open(tmp_path / name, "test")
        done = ingest(workspace, [delivery(tmp_path, f"{name}.jsonl", *rows)])
        assert (done.added, done.known) == (1, 1)
    assert adverts_of(Workspace.existing(tmp_path / "ab")) == adverts_of(Workspace.existing(tmp_path / "ba"))


def test_a_known_advert_stays_as_it_was_first_seen(tmp_path):
    workspace = Workspace.open(tmp_path / "w", "test")
    ingest(workspace, [delivery(tmp_path, "a.jsonl", advert(1, city="York"))])
    ingest(workspace, [delivery(tmp_path, "b.jsonl", advert(1, city="Bath"))])
    assert [row["place_text"] for row in adverts_of(workspace)] == ["York"]


def test_ten_thousand_equal_rows_are_one_advert(tmp_path):
    workspace = Workspace.open(tmp_path / "w", "test")
    done = ingest(workspace, [delivery(tmp_path, "a.jsonl", *([advert(1)] * 10_000))])
    assert (done.rows, done.added) == (10_000, 1)


def test_bad_rows_are_counted_and_cost_no_good_row(tmp_path):
    workspace = Workspace.open(tmp_path / "w", "test")
    path = delivery(tmp_path, "a.jsonl", advert(1))
    path.write_text(path.read_text() + "{broken\n" + json.dumps(advert(2)) + "\n", encoding="utf-8")
    done = ingest(workspace, [path])
    assert (done.added, done.rejected) == (2, 1)
    rejects = [json.loads(line) for line in (workspace.folder / "rejects.jsonl").read_text().splitlines()]
    assert [(r["row"], r["severity"]) for r in rejects] == [(1, "error")]


def csv_of(path, days):
    path.write_text("id,text,date\n" + "".join(f"{n},Cleaning visit {n},{day}\n" for n, day in days), encoding="utf-8")
    return path


def test_how_dates_are_written_is_decided_over_all_rows_of_all_files(tmp_path):
    days = [(n, "03/04/2024") for n in range(1_200)] + [(1_200, "04/25/2024")]
    forms = {
        "one": [csv_of(tmp_path / "one.csv", days)],
        "turned": [csv_of(tmp_path / "turned.csv", days[::-1])],
        "two": [csv_of(tmp_path / "first.csv", days[:600]), csv_of(tmp_path / "second.csv", days[600:])],
    }
    found = {}
    for name, files in forms.items():
        workspace = Workspace.open(tmp_path / name, "test")
        assert ingest(workspace, files).notes == []
        found[name] = {row["source_id"]: (row["advert_id"], row["posted_at"].month) for row in adverts_of(workspace)}
    assert {month for _, month in found["one"].values()} == {3, 4}
    assert found["one"]["7"][1] == 3
    assert found["one"] == found["turned"] == found["two"]


def test_dates_that_nothing_decides_are_read_day_first_and_a_note_says_so(tmp_path):
    workspace = Workspace.open(tmp_path / "w", "test")
    done = ingest(workspace, [csv_of(tmp_path / "a.csv", [(1, "03/04/2024")])])
    assert done.notes == ["dates such as 03/04/2024 can be read in two ways; they were read day first"]
    assert adverts_of(workspace)[0]["posted_at"].month == 4


def test_a_note_names_its_column(tmp_path):
    workspace = Workspace.open(tmp_path / "w", "test")
    done = ingest(workspace, [delivery(tmp_path, "a.jsonl", advert(1, fraudulent="1"))])
    assert done.notes == [
        "a.jsonl, column 'fraudulent': the column is called like a label or an outcome; it is never read"
    ]
