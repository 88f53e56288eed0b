import csv
import hashlib
import io
import json
import random
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from felinar.audit import events
from felinar.cli import felinar
from felinar.errors import FelinarError
from felinar.export.formats import FORMATS, escaped
from felinar.export.tables import BY_NAME, EXPORTERS
from felinar.tables import BY_NAME as TABLES

NAMES = [exporter.name for exporter in EXPORTERS]


class InMemory:
    """The tables of the small world, in any order of rows."""

    def __init__(self, tables, seed=None):
        self.tables = tables
        self.seed = seed

    def read(self, name, columns=None):
        table = self.tables.get(name, TABLES[name].empty())
        if self.seed is not None:
            order = list(range(table.num_rows))
            random.Random(self.seed).shuffle(order)
            table = table.take(order)
        return table.select(columns) if columns else table


def written(name, form, tables):
    file = io.BytesIO()
    FORMATS[form](BY_NAME[name].table(tables), file)
    return file.getvalue()


def test_memberships_as_csv(small):
    expected = "source_id,advert_id,operation_id\n" + "".join(
        f"ad-{a},{a},{o}\n" for a, o in ((11, 100), (12, 100), (13, 100), (14, 100), (21, 200), (22, 200), (31, 300))
    )
    assert written("memberships", "csv", InMemory(small.world())).decode() == expected


def test_leads_as_csv_with_sentences_and_nothing_behind_the_gate(small):
    because = (
        "+0.70 3 different first names stand behind +447700900123 (anna, mia, …); "
        "contacts with as many adverts show 1 first name as a rule."
    )
    expected = (
        "operation_id,rank,score,recognised_as,gate,adverts,first_seen,last_seen,places,reasons_for,reasons_against\n"
        '100,1,700,,,4,2026-03-01T09:00:00Z,2026-03-28T09:00:00Z,"[""Hull"",""Leeds"",""York""]",'
        f'"[""{because}""]",[]\n'
        "300,2,700,,possible_minor,1,2026-04-24T09:00:00Z,2026-04-24T09:00:00Z,[],[],[]\n"
    )
    assert written("leads", "csv", InMemory(small.world())).decode() == expected


def test_ties_are_the_pairs_of_keys_on_the_adverts_of_a_lead_counted_one_by_one(small):
    world = InMemory(small.world())
    rows = {name: world.read(name).to_pylist() for name in ("leads", "memberships", "links", "keys", "adverts")}
    rank = {lead["operation_id"]: lead["rank"] for lead in rows["leads"] if not lead["gate"]}
    lead_of = {m["advert_id"]: m["operation_id"] for m in rows["memberships"] if m["operation_id"] in rank}
    keys = {(k["key_kind"], k["key_id"]): k["value"] for k in rows["keys"] if not k["hub"]}
    expected = {}
    for a in (one for one in rows["links"] if one["millibits"] > 0 and one["advert_id"] in lead_of):
        for b in (one for one in rows["links"] if one["millibits"] > 0 and one["advert_id"] == a["advert_id"]):
            one, other = ((end["key_kind"], end["key_id"]) for end in (a, b))
            if one < other and one in keys and other in keys:
                pair = (lead_of[a["advert_id"]], (one[0], keys[one]), (other[0], keys[other]))
                expected[pair] = expected.get(pair, 0) + 1
    found = BY_NAME["ties"].table(world).to_pylist()
    assert expected
    assert {
        (r["operation_id"], (r["from_kind"], r["from_value"]), (r["to_kind"], r["to_value"])): r["adverts"]
        for r in found
    } == expected
    assert all(row["rank"] == rank[row["operation_id"]] for row in found)


def test_names_and_places_behind_the_gate_stay_inside(small):
    for name in ("leads", "operations", "hits"):
        content = written(name, "csv", InMemory(small.world())).decode()
        assert "Secretname" not in content
        assert "Bath" not in content
    assert "Leeds" in written("operations", "csv", InMemory(small.world())).decode()


def test_a_template_that_touches_the_gate_gives_neither_text_nor_slots(small):
    (row,) = csv.DictReader(io.StringIO(written("templates", "csv", InMemory(small.world())).decode()))
    assert (row["template_id"], row["template"], row["slots"]) == ("7", "", "[]")
    world = small.world()
    world["leads"] = world["leads"].slice(0, 1)
    (row,) = csv.DictReader(io.StringIO(written("templates", "csv", InMemory(world)).decode()))
    assert row["template"].startswith("Relaxing massage in <*>")


@pytest.mark.parametrize("name", ["leads", "operations", "hits", "keys", "links", "templates"])
def test_r1_no_filtered_table_accuses_anybody(small, name):
    accusing = r"traffick|victim|pimp|criminal|guilty|probab|likelihood|offender"
    assert not re.search(accusing, written(name, "jsonl", InMemory(small.world())).decode(), re.IGNORECASE)


def test_whoever_exports_whole_adverts_is_told_of_the_gate(filled, tmp_path):
    def said(table):
        options = ["--workspace", str(filled.folder), "export", table, "--out", str(tmp_path / table)]
        return CliRunner().invoke(felinar, options, catch_exceptions=False).stderr

    assert "1 operation behind the gate 'possible minor' in full" in said("adverts")
    assert said("leads") == ""


def test_mentions_begin_with_the_agreed_columns(small):
    rows = list(csv.reader(io.StringIO(written("mentions", "csv", InMemory(small.world())).decode())))
    assert rows[0][:4] == ["source_id", "advert_id", "kind", "value"]
    assert ["ad-13", "13", "phone", small.PHONE] in [row[:4] for row in rows]


def test_a_text_that_a_spreadsheet_would_run_is_escaped_and_a_number_stays():
    texts = ["=1+1", "+447700900123", "+44 7700", "-50 pounds", "@name", "\tx", "plain", "", None, "+", "'=1"]
    kept = escaped(pa.table({"t": texts}))["t"].to_pylist()
    assert kept == [
        "'=1+1",
        "+447700900123",
        "'+44 7700",
        "'-50 pounds",
        "'@name",
        "'\tx",
        "plain",
        "",
        None,
        "'+",
        "'=1",
    ]


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("name", NAMES)
def test_any_order_of_rows_gives_the_same_bytes(small, name, form):
    first = written(name, form, InMemory(small.world()))
    assert written(name, form, InMemory(small.world(), seed=5)) == first


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("name", NAMES)
def test_empty_tables_are_written(name, form):
    assert written(name, form, InMemory({})) or form == "jsonl"


def test_jsonl_gives_ids_as_strings(small):
    rows = [json.loads(line) for line in written("adverts", "jsonl", InMemory(small.world())).splitlines()]
    assert rows[0]["advert_id"] == "11"
    assert rows[0]["operation_id"] == "100"
    assert rows[0]["posted_at"] == "2026-03-01T09:00:00Z"


def test_parquet_keeps_the_types(small):
    table = pq.read_table(io.BytesIO(written("links", "parquet", InMemory(small.world()))))
    assert table.schema.field("advert_id").type == pa.int64()
    assert table["because"][0].as_py()


def test_xlsx_holds_ids_as_text_and_no_date(small):
    import openpyxl

    content = written("adverts", "xlsx", InMemory(small.world()))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:3] == ("ad-11", "11", "100")
    assert "'=Massage in Leeds" in rows[1]
    assert (
        hashlib.sha256(content).hexdigest()
        == hashlib.sha256(written("adverts", "xlsx", InMemory(small.world()))).hexdigest()
    )
    assert b"2026-11" not in content


def test_every_exporter_says_what_it_is_and_begins_as_promised():
    assert all(exporter.meaning for exporter in EXPORTERS)
    assert BY_NAME["leads"].columns[:3] == ("operation_id", "rank", "score")


@pytest.fixture
def filled(workspace, small):
    from felinar.store.lake import Lake

    lake = Lake(workspace.tables)
    lake.commit({name: [lake.write_part(name, table)] for name, table in small.world().items()})
    return workspace


def call(workspace, *arguments):
    options = ["--workspace", str(workspace.folder)]
    return CliRunner().invoke(felinar, [*options, "export", *arguments], catch_exceptions=False)


def test_the_command_writes_a_file_and_an_event(filled, tmp_path):
    out = tmp_path / "m.csv"
    assert call(filled, "memberships", "--out", str(out)).exit_code == 0
    assert out.read_text().startswith("source_id,advert_id,operation_id\n")
    (event,) = events(filled.desk)
    details = {"format": "csv", "generation": "1", "rows": 7, "table": "memberships", "to": "m.csv"}
    assert json.loads(event.details) == details
    assert event.action == "export"


def test_the_command_writes_to_stdout(filled):
    assert call(filled, "memberships").stdout.splitlines()[1] == "ad-11,11,100"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["membership"], "Did you mean 'memberships'"),
        (["leads", "--format", "cvs"], "Did you mean 'csv'"),
        (["leads", "--format", "xlsx"], "cannot be written to stdout"),
    ],
)
def test_a_wrong_word_is_answered_with_the_right_one(filled, arguments, sentence):
    with pytest.raises(FelinarError, match=sentence):
        call(filled, *arguments)


def test_an_empty_workspace_says_what_to_run(workspace):
    with pytest.raises(FelinarError, match="run `felinar run` first"):
        call(workspace, "leads")
