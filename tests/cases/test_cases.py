import json
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from felinar.audit import events
from felinar.cases.put import known_now, put, write_note
from felinar.cases.told import exhibit_told
from felinar.errors import FelinarError
from felinar.store.cases import add_exhibit, case, cases, change_case, exhibits, open_case, withdraw_exhibit
from felinar.store.desk import open_desk
from felinar.store.published import Published, publish
from felinar.store.watches import Who

WHO = Who("ana", "case 1", "a call")


@pytest.fixture
def one(workspace):
    return open_case(workspace.desk, "  Ring   in Leeds ", WHO)


def test_a_case_has_a_name_an_owner_and_a_reason(workspace, one):
    (held,) = cases(workspace.desk)
    assert (held.case_id, held.name, held.owner, held.reason, held.closed) == (1, "Ring in Leeds", "ana", "a call", "")


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_case_without_a_fitting_name_is_refused(workspace, name):
    with pytest.raises(FelinarError, match="1 to 200 characters"):
        open_case(workspace.desk, name, WHO)


def test_an_exhibit_keeps_what_was_known_when_it_was_put_there(workspace, published, small, one):
    put(workspace, published, one, str(small.ONE), WHO)
    (exhibit,) = exhibits(workspace.desk, one)
    assert exhibit.known_then["adverts"] == ["11", "12", "13", "14"]
    assert (exhibit.known_then["rank"], exhibit.known_then["score"]) == (1, 700)
    assert exhibit.known_then["reasons_for"] == [[small.MANY, 700]]


def test_what_became_of_an_operation_is_said(workspace, published, small, one):
    put(workspace, published, one, str(small.ONE), WHO)
    (exhibit,) = exhibits(workspace.desk, one)
    assert exhibit_told(exhibit, published)["now"] == "4 adverts"
    world = small.world()
    rows = world["memberships"].to_pylist()
    for row in rows:
        row["operation_id"] = small.TWO if row["advert_id"] in (13, 14) else row["operation_id"]
    world["memberships"] = world["memberships"].from_pylist(rows, schema=world["memberships"].schema)
    publish(workspace.published, world, generation=2)
    later = Published.open(workspace.published)
    told = exhibit_told(exhibit, later)
    later.close()
    assert told["then"] == "4 adverts, rank 1"
    assert f"2 adverts now in operation {small.TWO}" in told["now"]


def test_an_advert_is_told_from_an_operation_and_an_unknown_id_is_refused(published):
    assert known_now(published, "11")[0] == "advert"
    for typed in ("17", "x", "-1", "9" * 30, "²"):
        with pytest.raises(FelinarError, match="no operation and no advert"):
            known_now(published, typed)


def test_a_thing_is_in_a_case_once_and_can_come_back(workspace, published, small, one):
    number, kind = put(workspace, published, one, str(small.ONE), WHO)
    assert kind == "operation"
    with pytest.raises(FelinarError, match="already, as exhibit 1"):
        put(workspace, published, one, str(small.ONE), WHO)
    withdraw_exhibit(workspace.desk, number, WHO)
    assert exhibits(workspace.desk, one) == []
    with pytest.raises(FelinarError, match="no exhibit 1"):
        withdraw_exhibit(workspace.desk, number, WHO)
    put(workspace, published, one, str(small.ONE), WHO)
    assert len(exhibits(workspace.desk, one)) == 1


def test_notes_may_say_the_same_twice_but_not_nothing(workspace, one):
    for _ in range(2):
        write_note(workspace, one, " Call back. ", WHO)
    assert [exhibit.thing for exhibit in exhibits(workspace.desk, one)] == ["Call back.", "Call back."]
    with pytest.raises(FelinarError, match="1 to 10,000"):
        write_note(workspace, one, " ", WHO)


def test_a_case_is_closed_opened_and_handed_over(workspace, one):
    desk = workspace.desk
    change_case(desk, one, "closed", replace(WHO, reason="referred"))
    assert case(desk, one).closed == "referred"
    for change, said in (("closed", "is closed already"), ("handed over", "name another person")):
        with pytest.raises(FelinarError, match=said):
            change_case(desk, one, change, WHO)
    with pytest.raises(FelinarError, match="is closed; reopen it"):
        add_exhibit(desk, one, "note", "x", {}, WHO)
    change_case(desk, one, "reopened", WHO)
    change_case(desk, one, "handed over", WHO, owner="ben")
    assert (case(desk, one).closed, case(desk, one).owner) == ("", "ben")


def test_a_case_that_is_not_there_is_named(workspace):
    with pytest.raises(FelinarError, match="no case 9"):
        case(workspace.desk, 9)
    with pytest.raises(FelinarError, match="no case 9"):
        add_exhibit(workspace.desk, 9, "note", "x", {}, WHO)


@pytest.mark.parametrize("table", ["cases", "case_changes", "exhibits", "disclosure_requests", "disclosure_answers"])
def test_nothing_that_was_written_can_be_changed(workspace, one, table):
    import sqlite3

    with open_desk(workspace.desk) as connection:
        triggers = "SELECT count(*) FROM sqlite_master WHERE tbl_name = ? AND type = 'trigger'"
        assert connection.execute(triggers, (table,)).fetchone() == (2,)
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute("UPDATE cases SET name = 'x'")


_WRITER = """
import sys
from pathlib import Path
from felinar.store.cases import add_exhibit, open_case
from felinar.store.watches import Who
desk, who = Path(sys.argv[1]), Who("ana", "case 1", "a call")
number = open_case(desk, "Ring", who)
for n in range(100_000):
    print(add_exhibit(desk, number, "note", f"note {n}", {}, who), flush=True)
"""


@pytest.mark.parametrize("written", [1, 7, 40])
def test_what_was_acknowledged_outlives_kill_9(workspace, written):
    command = [sys.executable, "-c", _WRITER, str(workspace.desk)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        seen = [int(writer.stdout.readline()) for _ in range(written)]
        os.kill(writer.pid, signal.SIGKILL)
        seen += [int(line) for line in writer.stdout.read().split()]
    kept = [exhibit.exhibit_id for exhibit in exhibits(workspace.desk, 1)]
    assert kept[: len(seen)] == seen
    assert len(kept) <= len(seen) + 1


def test_the_commands_speak_of_cases_in_text_and_json(workspace, small, felinar):
    def done(*arguments):
        made = felinar(*arguments, workspace=workspace.folder)
        assert made.returncode == 0, made.stderr
        return made.stdout

    assert "Case 1 is open." in done("cases", "open", "Ring", "--reason", "a call")
    assert "Exhibit 1: operation" in done("cases", "add", "1", small.ONE, "--reason", "same number")
    assert "Exhibit 2: advert 11." in done("cases", "add", "1", "ad-11", "--reason", "by the id of its site")
    done("cases", "note", "1", "Call back.")
    shown = json.loads(done("--json", "cases", "show", "1"))
    assert [one["kind"] for one in shown["exhibits"]] == ["operation", "advert", "note"]
    assert "3 exhibits  Ring" in done("cases", "list")
    refused = felinar("cases", "add", "1", small.PHONE, "--reason", "a number", workspace=workspace.folder)
    assert (refused.returncode, "no operation and no advert" in refused.stderr) == (2, True)
    assert small.PHONE not in str([event.details for event in events(workspace.desk)])
    refused = felinar("cases", "show", "2", workspace=workspace.folder)
    assert (refused.returncode, "no case 2" in refused.stderr) == (2, True)
