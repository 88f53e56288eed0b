import subprocess
import sys

import pyarrow as pa
import pytest

from felinar.errors import WorkspaceProblem
from felinar.store.published import Published, publish
from felinar.store.published_schema import CELL, MENTION_CELLS, ROW, unpack
from felinar.tables import BY_NAME


def test_an_advert_comes_back_with_its_mentions_sightings_and_slots(published, small):
    advert = published.advert(13)
    phone = next(m for m in advert["mentions"] if m["kind"] == "phone")
    assert phone["value"] == small.PHONE
    assert phone["obscured"] is True
    assert advert["body"][phone["start"] : phone["end"]] == "O77OO 9OO123"
    assert advert["sightings"][0]["raw_offset"] == 200
    assert advert["slots"][0]["value"] == "Leeds"
    assert advert["posted_at"] == "2026-03-19T09:00:00Z"
    assert advert["operation_id"] == small.ONE


def test_leads_come_in_the_order_of_reading_with_their_operation(published, small):
    leads = published.leads()
    assert [(lead["rank"], lead["operation_id"]) for lead in leads] == [(1, small.ONE), (2, small.GATED)]
    assert leads[0]["places"] == ["Hull", "Leeds", "York"]
    assert leads[0]["reasons_for"][0]["indicator"] == small.MANY
    assert len(published.leads(1)) == 1


def test_a_number_is_found_by_its_last_digits(published, small):
    assert [key["value"] for key in published.phones_ending_in("7700900123")] == [small.PHONE]
    assert [key["value"] for key in published.phones_ending_in("1134960777")] == [small.LOCAL]


def test_unknown_ids_give_nothing(published):
    assert published.advert(999) is None
    assert published.operation(999) is None
    assert published.lead(999) is None
    assert published.adverts_by_source_id("no") == []
    assert published.keys_by_value("no") == []


def test_keys_of_an_operation_are_counted_within_it(published, small):
    shown = {key["value"]: key["shown"] for key in published.keys_of_operation(small.ONE)}
    assert shown == {small.PHONE: 3, small.OTHER: 1, small.HUB: 4, "13": 2}


def test_empty_tables_can_be_published_and_read(tmp_path):
    path = tmp_path / "published.sqlite"
    publish(path, {}, generation=0)
    assert Published.open(path).leads() == []
    assert Published.open(path).facts["adverts"] == "0"


def test_the_order_of_the_rows_changes_no_byte(tmp_path, small):
    tables = small.world()
    backwards = {name: table.take(pa.array(range(table.num_rows), pa.int64())[::-1]) for name, table in tables.items()}
    publish(tmp_path / "a", tables, generation=1)
    publish(tmp_path / "b", backwards, generation=1)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_reader_keeps_the_file_that_it_opened(workspace, published):
    publish(workspace.published, {}, generation=2)
    assert published.advert(11) is not None
    assert Published.open(workspace.published).advert(11) is None


def test_a_crash_while_publishing_leaves_the_old_file(workspace):
    broken = {"adverts": BY_NAME["memberships"].empty()}
    with pytest.raises(KeyError):
        publish(workspace.published, broken, generation=2)
    assert Published.open(workspace.published).facts["generation"] == "1"


def test_a_missing_file_says_what_to_run_first(tmp_path):
    with pytest.raises(WorkspaceProblem, match="run `felinar run` first"):
        Published.open(tmp_path / "published.sqlite")


def test_a_file_of_another_version_says_what_to_run(workspace):
    import sqlite3

    connection = sqlite3.connect(workspace.published)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(WorkspaceProblem, match=r"version 99.*run `felinar run` first"):
        Published.open(workspace.published)


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "published.sqlite"
    path.write_text("no database, but long enough to be looked at " * 10)
    with pytest.raises(WorkspaceProblem, match=r"published\.sqlite cannot be read"):
        Published.open(path)


def test_values_with_separators_and_an_uncertain_reading_survive(tmp_path, small):
    tables = small.world()
    mention = {**tables["mentions"].slice(0, 1).to_pylist()[0], "value": "a\x1fb\x1ec", "kind": "email", "start": None}
    more = BY_NAME["mentions"].from_rows([mention])
    tables["mentions"] = more
    publish(tmp_path / "p", tables, generation=1)
    reader = Published.open(tmp_path / "p")
    (found,) = reader.advert(mention["advert_id"])["mentions"]
    assert found["value"] == "a b c"
    assert found["start"] is None
    assert reader.weak_mentions("email", "a\x1fb\x1ec") == [mention["advert_id"]]


def test_unpack_is_the_inverse_of_packing():
    row = ("phone", "body", "3", "9", "+1", "+1", "US", "phone/1", "90", "true", "{}")
    first, second = unpack(ROW.join([CELL.join(row)] * 2), MENTION_CELLS)
    assert (first["start"], first["end"], first["value"], first["obscured"]) == (3, 9, "+1", True)
    assert first == second
    assert unpack("", MENTION_CELLS) == []
    assert unpack(None, MENTION_CELLS) == []


def test_reading_imports_no_heavy_library():
    code = "import sys, felinar.store.published; print({'pyarrow', 'duckdb', 'numba'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
