import json

import pytest
from click.testing import CliRunner

from felinar.audit import events
from felinar.cli import felinar
from felinar.errors import FelinarError, UnreadableInput, WorkspaceProblem
from felinar.search.lists import read_list
from felinar.search.look_up import look_up
from felinar.search.readings import Reading, readings
from felinar.store.desk import open_desk


@pytest.fixture
def run(workspace):
    def call(*arguments, code=0, as_json=False):
        options = ["--workspace", str(workspace.folder), *(["--json"] if as_json else [])]
        done = CliRunner().invoke(felinar, [*options, *arguments], catch_exceptions=False)
        assert done.exit_code == code, done.output
        return json.loads(done.stdout) if as_json else done.stdout

    return call


def test_leads_gives_one_line_a_lead_with_the_strongest_reason(run):
    first, second = run("leads").splitlines()
    assert "3 different first names stand behind +447700900123" in first
    assert "Hull; Leeds; York" in first
    assert "report first" in second


def test_nothing_behind_the_gate_describes_the_person(run, small):
    for arguments in (("leads",), ("show", str(small.GATED)), ("show", "advert:31")):
        shown = run(*arguments)
        assert "report first" in shown.casefold()
        assert "Secretname" not in shown
        assert "Bath" not in shown
        assert "Secretname" not in json.dumps(run(*arguments, as_json=True))
    for typed in ("ad-31", "07700 900789"):
        assert "report first" in run("search", typed)
        assert "Bath" not in run("search", typed)


@pytest.mark.parametrize(
    "typed", ["+447700900123", "+44 7700 900123", "+44 (0) 7700-900-123", "07700 900123", "7700900123"]
)
def test_a_number_is_found_in_any_notation(run, typed):
    found = run("search", typed, as_json=True)
    assert [key["value"] for key in found["keys"]] == ["+447700900123"]
    assert found["keys"][0]["adverts"] == 3
    assert found["keys"][0]["operations"] == [{"operation_id": "100", "rank": 1, "adverts": 3, "gated": False}]
    assert found["keys"][0]["first_seen"] == "2026-03-01T09:00:00Z"


def test_a_number_stored_without_country_is_found_with_one(published, small):
    answer = look_up(published, "+44 113 496 0777")
    assert [(key["value"], key["matched"]) for key in answer.keys] == [(small.LOCAL, "same last digits")]


def test_a_search_that_finds_nothing_says_how_it_read_the_input(run):
    assert "telephone number +447700900999" in run("search", "+44 7700 900999")
    assert "None of the 7 adverts shows it." in run("search", "+44 7700 900999")


def test_an_e_mail_is_read_as_one():
    assert Reading("email", "ana@example.org") in readings("Ana (at) example [dot] org")


def test_ids_and_source_ids_are_found(run):
    assert run("search", "ad-12", as_json=True)["adverts"][0]["advert_id"] == "12"
    assert run("search", "100", as_json=True)["operations"] == ["100"]


def test_a_hub_says_that_it_is_one(run, small):
    (key,) = run("search", small.HUB, as_json=True)["keys"]
    assert key["hub"] is True
    assert "links nothing" in key["because"]


def test_a_list_gives_a_row_for_every_value(run, tmp_path):
    values = tmp_path / "values.csv"
    values.write_text(
        "\ufeffphone,note\n07700 900123,first\n\n+44 7700 900999,none\n07700 900123,again\n", encoding="utf-8"
    )
    header, found, missed = run("search", "--list", str(values)).splitlines()
    assert header.split("\t")[:3] == ["value", "hits", "adverts"]
    assert found.split("\t")[:7] == ["07700 900123", "1", "3", "2026-03-01", "2026-03-19", "Leeds; York", "100"]
    assert missed.split("\t")[1] == "0"
    assert "None of the 7 adverts" in missed


def test_a_list_that_an_older_spreadsheet_wrote_is_read(tmp_path):
    (tmp_path / "latin").write_bytes("Käufer;Telefon\nJürgen;0171 39 200 12\n".encode("cp1252"))
    assert read_list(tmp_path / "latin").kept == ["0171 39 200 12"]


def test_a_list_that_is_no_text_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\xff\xfe")
    (tmp_path / "zip").write_bytes(b"PK\0\0")
    with pytest.raises(UnreadableInput, match="is no list: it is not text"):
        read_list(tmp_path / "picture")
    with pytest.raises(UnreadableInput, match="NUL"):
        read_list(tmp_path / "zip")
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_list(tmp_path / "none")


def test_show_tells_an_operation_with_its_reasons_keys_and_weakest_link(run):
    shown = run("show", "100")
    assert "+0.70  grade C  3 different first names" in shown
    assert "weakest where nearly the same text (group " in shown
    assert ") joins 1 advert to the other 3; the evidence there" in shown
    assert "phone +441632960000 (hub, on 4 here, 7 in all)" in shown


def test_show_tells_an_advert_with_raw_characters_and_place_in_the_original(run):
    shown = run("show", "ad-13")
    assert "phone +447700900123 from 'O77OO 9OO123' (body 45–57, 90 %, obscured)" in shown
    assert "byte 200" in shown


def test_show_tells_a_key_by_its_value(run):
    assert "3 adverts" in run("show", "07700 900123")
    assert run("show", "+447700900123", as_json=True)["advert_ids"] == ["11", "12", "13"]


def test_show_gives_the_path_between_two_and_leaves_hubs_out(run):
    steps = run("show", "advert:11", "advert:14", as_json=True)["steps"]
    assert [(s["advert_id"], s["kind"], s["next_advert_id"]) for s in steps] == [
        ("11", "phone", "13"),
        ("13", "near_duplicate", "14"),
    ]
    assert "they show the telephone number +447700900123, which stands on 3 of 7 adverts" in run(
        "show", "ad-11", "ad-14"
    )
    assert "No path of keys ties" in run("show", "100", "200")


def test_an_unknown_thing_is_answered_with_how_it_was_read(workspace):
    with pytest.raises(FelinarError, match=r"Nothing is known as '\+44 7700 900999'\. Read as the telephone number"):
        _raise(workspace, "show", "+44 7700 900999")


def test_a_workspace_without_a_run_says_what_to_do(workspace):
    workspace.published.unlink()
    with pytest.raises(WorkspaceProblem, match="run `felinar run` first"):
        _raise(workspace, "leads")


def _raise(workspace, *arguments):
    CliRunner().invoke(felinar, ["--workspace", str(workspace.folder), *arguments], catch_exceptions=False)


def test_everything_shown_is_in_the_log_and_no_contact_is(run, workspace):
    run("leads")
    run("search", "07700 900123")
    run("show", "100")
    run("show", "+447700900123")
    logged = events(workspace.desk)
    assert [event.action for event in logged] == ["leads", "search", "show", "show"]
    assert not any("7700" in event.details for event in logged)
    assert "unbroken" in run("audit", "verify")
    assert len(run("audit", "list", "--last", "2").splitlines()) == 2


def test_nothing_is_shown_when_it_cannot_be_logged(workspace):
    with open_desk(workspace.desk) as connection:
        connection.execute("PRAGMA user_version=99")
    done = CliRunner().invoke(felinar, ["--workspace", str(workspace.folder), "leads"])
    assert isinstance(done.exception, WorkspaceProblem)
    assert done.stdout == ""


def test_leads_loads_no_engine(workspace):
    import subprocess
    import sys

    code = (
        "import sys; from felinar.cli import leads; print({'duckdb', 'numba', 'openpyxl', 'rich'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
