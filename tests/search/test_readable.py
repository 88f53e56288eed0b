"""What a reader meets: lines that fit, lists cut with a count, hubs explained, nothing that accuses."""

import re

import pytest
from click.testing import CliRunner

from felinar.cli import felinar
from felinar.cli.search_text import answer_text
from felinar.cli.session import Session, wrapped
from felinar.export.report import write_report
from felinar.extract import handle
from felinar.ids import key_id
from felinar.search.look_up import NETWORKS, look_up
from felinar.search.readings import Reading, readings
from felinar.store.desk import open_desk

ACCUSING = re.compile(r"traffick|\bvictim|pimp|criminal|guilty|probab|likelihood|offender", re.IGNORECASE)


@pytest.fixture
def call(workspace):
    def call(*arguments):
        options = ["--workspace", str(workspace.folder), *arguments]
        done = CliRunner().invoke(felinar, options, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done

    return call


@pytest.mark.parametrize("as_json", [False, True])
def test_r1_nothing_that_leads_show_or_search_print_accuses_anybody(call, small, as_json):
    every = (("leads",), ("show", "100"), ("show", "300"), ("show", "ad-13"), ("show", small.HUB))
    every += (("show", "ad-11", "ad-14"), ("show", "100", "200"), ("search", "07700 900123"), ("search", "none here"))
    every += (("search", small.HUB), ("search", "100"))
    for arguments in every:
        done = call(*(["--json"] if as_json else []), *arguments)
        assert done.stdout
        assert not ACCUSING.search(done.stdout + done.stderr), arguments


def test_r9_a_searched_number_is_nowhere_in_the_bytes_of_the_desk(call, workspace, tmp_path):
    values = tmp_path / "values.txt"
    values.write_text("07700 900124\nsecret.person@example.org\n", encoding="utf-8")
    call("search", "+44 7700 900126")
    call("search", "--list", str(values))
    call("show", "+447700900123")
    call("show", "+447700900123", "ad-11")
    call("search", "+447700900123")
    call("search", "+447700900124")
    with open_desk(workspace.desk) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = b"".join(path.read_bytes() for path in workspace.folder.glob("desk.sqlite*"))
    assert b"hmac_sha256" in stored
    number = str(key_id("phone", "+447700900123")).encode()  # a plain hash: a list of all numbers would undo it
    assert number not in stored
    for part in (b"900126", b"900124", b"900123", b"secret.person"):
        assert part not in stored


def test_an_operation_shows_its_identifiers_on_one_line_and_no_hub_among_them(call, small):
    (line,) = [one for one in call("show", "100").stdout.splitlines() if one.startswith("Identifiers: ")]
    assert line == f"Identifiers: {small.PHONE} {small.OTHER}" or line == f"Identifiers: {small.OTHER} {small.PHONE}"


def test_an_operation_says_that_nothing_speaks_against_it_and_how_to_check_what_it_hangs_on(call):
    shown = call("show", "100").stdout
    assert "Against: nothing was found." in shown
    assert "Shown by: 13, 14" in shown
    assert "The smaller side: 14; it shares nothing else with the rest." in shown
    assert "Check it: felinar show 14 13" in shown


def test_a_hub_that_is_looked_up_is_explained(call, small):
    assert "go on with the advert's other contacts" in call("show", small.HUB).stdout


def test_a_key_of_many_marks_only_the_operation_behind_the_gate(call, small):
    lines = call("search", small.HUB).stdout.splitlines()
    assert "  !! operation 300 (lead 2): 1 advert" in lines
    assert "  operation 100 (lead 1): 4 adverts" in lines
    assert not any("Bath" in line or "Leeds" in line for line in lines)
    assert "  !! 300 (lead 2): 1 advert, 2026-04-24" in call("show", small.HUB).stdout.splitlines()


def test_a_gate_further_down_than_what_is_shown_is_told_all_the_same(call, workspace):
    said = call("leads", "--top", "1").stderr
    assert "1 operation with a possible minor stands further down; report first, whatever the rank: 300." in said
    assert "further down" not in call("leads").stderr
    write_report(workspace.published, workspace.folder / "report.html", top=1, purpose="case 1")
    page = (workspace.folder / "report.html").read_text(encoding="utf-8")
    assert "report first, whatever the rank: 300." in page
    assert "Secretname" not in page


def test_two_strangers_who_share_a_hub_are_told_so(call):
    assert "Both show a hub: the telephone number +441632960000" in call("show", "ad-11", "ad-21").stdout


def test_an_advert_and_its_operation_belong_together(call):
    assert call("show", "100", "ad-11").stdout == "Advert 11 belongs to operation 100.\n"
    assert call("show", "ad-11", "+447700900123").stdout.startswith("Advert 11 shows key ")
    assert call("show", "ad-11", "ad-11").stdout == "Both are advert 11.\n"


def test_words_without_an_index_are_answered_with_what_makes_one(call):
    assert "There is no index of words yet" in call("search", "massage in Leeds").stdout


def test_a_prefix_asks_for_one_kind_of_thing(published):
    assert look_up(published, "operation:100").operation_ids == [100]
    assert look_up(published, "advert:100").empty


def test_the_domain_of_an_e_mail_address_and_a_number_with_zeros_in_front_are_no_readings_of_their_own():
    assert {r.kind for r in readings("ana at mail dot example dot org")} == {"email", "as written"}
    assert "id" not in {r.kind for r in readings("00447700900123")}
    assert Reading("user", "ana_1") in readings("@Ana_1")


def test_a_user_name_is_looked_for_on_every_network_that_is_read():
    assert tuple(sorted(handle._PLATFORMS)) == NETWORKS


def test_a_long_list_is_cut_with_a_count():
    key = {"kind": "phone", "value": "+1", "matched": "exact", "hub": True, "adverts": 40, "gate": "", "places": []}
    one = {"rank": None, "adverts": 1, "gated": False}
    key |= {"because": "b", "operations": [{"operation_id": str(i)} | one for i in range(13)]}
    data = {"said": "s", "keys": [key], "adverts": [], "uncertain_adverts": [], "operations_told": [], "near": []}
    assert answer_text(data).splitlines()[-1] == "  … and 3 more operations; all of them with --json"


def test_lines_are_broken_at_a_terminal_and_never_in_a_pipe(capsys, monkeypatch):
    long = "  " + "word " * 60
    Session().emit(long, None)
    assert capsys.readouterr().out == long + "\n"
    lines = wrapped(long, 60).split("\n")
    assert max(map(len, lines)) <= 60
    assert lines[1].startswith("      word")
    assert " ".join(" ".join(lines).split()) == long.strip()
    table = "a\t" * 50
    assert wrapped(table, 60) == table


def test_the_gate_names_the_adverts_that_raised_it_by_their_ids(published):
    from felinar.export.told import _raised_by

    hits = [{"indicator": "POSSIBLE_MINOR", "advert_ids": [31]}, {"indicator": "OP_SIZE", "advert_ids": [30]}]
    assert _raised_by(hits) == ["31"]
