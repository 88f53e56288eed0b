"""Who may let identities leave: alone with a reason that is logged, in a team a second person with the role."""

import json

import pyotp
import pytest

from felinar.access.accounts import account, open_account
from felinar.access.roles import Forbidden
from felinar.audit import events
from felinar.errors import FelinarError
from felinar.export.dossier import permission as asked_of
from felinar.export.dossier.permission import Handing, NotApproved, ask, permission
from felinar.store.disclosures import answer_request, requests
from felinar.store.watches import Who

ANA, SUE = Who("ana", "case 1", "to find the person"), {"actor": "sue", "purpose": "case 1", "reason": "warrant"}
HANDING = Handing("lead 1", frozenset({11, 12}), "Police Leeds")
PASSWORD = "a long enough password"


@pytest.fixture
def team(workspace):
    for name, role in (("ana", "analyst"), ("sue", "supervisor")):
        open_account(workspace.desk, name, role, PASSWORD, actor="adm")
    return workspace


def test_working_alone_a_reason_is_needed_and_kept(workspace):
    with pytest.raises(NotApproved, match="--waive"):
        permission(workspace.desk, HANDING, ANA)
    assert permission(workspace.desk, HANDING, ANA, "on duty alone").reason == "on duty alone"


def test_in_a_team_nobody_waives(team):
    with pytest.raises(Forbidden, match="nobody waives"):
        permission(team.desk, HANDING, ANA, "in a hurry")


def test_an_approval_covers_these_adverts_and_this_recipient_only(team):
    number = ask(team.desk, HANDING, ANA)
    answer_request(team.desk, number, "approved", **SUE)
    assert permission(team.desk, HANDING, ANA).by == "sue"
    permission(team.desk, Handing("lead 1", frozenset({11}), "Police Leeds"), ANA)
    for other in (
        Handing("lead 1", frozenset({11, 12, 13}), "Police Leeds"),
        Handing("lead 1", frozenset({11, 12}), "Police York"),
        Handing("lead 2", frozenset({11, 12}), "Police Leeds"),
    ):
        with pytest.raises(NotApproved):
            permission(team.desk, other, ANA)


def test_an_approval_ends(team, monkeypatch):
    answer_request(team.desk, ask(team.desk, HANDING, ANA), "approved", **SUE)
    monkeypatch.setattr(asked_of, "VALID_DAYS", 0)
    with pytest.raises(NotApproved, match="within 0 days"):
        permission(team.desk, HANDING, ANA)


def test_a_request_is_written_once_answered_once_and_never_by_who_asked(team):
    number = ask(team.desk, HANDING, ANA)
    assert ask(team.desk, HANDING, ANA) == number
    with pytest.raises(FelinarError, match="your own"):
        answer_request(team.desk, number, "approved", **{**SUE, "actor": "ana"})
    answer_request(team.desk, number, "refused", **SUE)
    with pytest.raises(FelinarError, match="was refused by sue already"):
        answer_request(team.desk, number, "approved", **SUE)
    with pytest.raises(FelinarError, match="no request 9"):
        answer_request(team.desk, 9, "approved", **SUE)
    with pytest.raises(NotApproved):
        permission(team.desk, HANDING, ANA)
    with pytest.raises(FelinarError, match="needs a reason"):
        ask(team.desk, HANDING, Who("ben", "case 1", " "))


@pytest.fixture
def command(linked, monkeypatch):
    """Call the command line as a member of a team, with password and code on stdin."""
    from click.testing import CliRunner

    from felinar.cli import felinar

    def call(name, *arguments, role="", password=PASSWORD):
        if role:
            open_account(linked.desk, name, role, PASSWORD, actor="adm")
        monkeypatch.setenv("FELINAR_ACTOR", name)
        held = account(linked.desk, name)
        code = pyotp.TOTP(held.code_seed).now() if held else ""
        options = ["--workspace", str(linked.folder), *map(str, arguments)]
        return CliRunner().invoke(felinar, options, input=f"{password}\n{code}\n")

    return call


def test_from_request_to_dossier_at_the_command_line(command, linked, top, tmp_path):
    wanted = ("export", "lead", top, "--to", tmp_path / "out", "--recipient", "Police Leeds", "--purpose", "case 9")
    full = (*wanted, "--identities", "--reason", "to find the person")
    asked = command("ana", *full, role="analyst")
    assert "Request 1 waits" in str(asked.exception)
    assert not (tmp_path / "out").exists()
    assert isinstance(command("ana", "export", "approve", 1, "--reason", "x").exception, Forbidden)
    assert "do not fit" in str(
        command("sue", "export", "approve", 1, "--reason", "x", role="supervisor", password="no").exception
    )
    assert command("sue", "export", "approve", 1, "--reason", "the warrant is here").exit_code == 0
    assert "approved by sue" in command("ana", "export", "requests").stdout
    assert command("ana", *full).exit_code == 0
    assert (tmp_path / "out" / "verify.py").is_file()
    (given,) = [json.loads(e.details) for e in events(linked.desk) if e.action == "export"]
    assert (given["masked"], given["permission"]["by"]) == (False, "sue")
    assert [r.answer for r in requests(linked.desk)] == ["approved"]


def test_guessing_at_the_command_line_is_braked_by_what_the_log_says(command, linked, top):
    approve = ("export", "approve", 1, "--reason", "x")
    for _ in range(5):
        assert "do not fit" in str(command("sue", *approve, role="supervisor", password="a guess").exception)
    assert "try again in 15 minutes" in str(command("sue", *approve).exception)
    assert "There is no" in str(command("ben", *approve, role="supervisor").exception), "others may try"


def test_suppressing_at_the_command_line_needs_the_role(command, linked, reading, top):
    value = next(k["value"] for k in reading.keys_of_operation(top) if k["key_kind"] == "phone" and not k["hub"])
    refused = command("ana", "watch", "suppress", value, "--reason", "cleared", role="analyst")
    assert isinstance(refused.exception, Forbidden)
    assert command("sue", "watch", "suppress", value, "--reason", "cleared", role="supervisor").exit_code == 0
    from felinar.store.suppressions import suppressions

    assert [one.actor for one in suppressions(linked.desk)] == ["sue"]


def test_suppressed_operations_leave_the_tables_with_their_number_said(linked, reading, top, monkeypatch):
    import csv
    import io

    from click.testing import CliRunner

    from felinar.cli import felinar

    def exported(table):
        done = CliRunner().invoke(felinar, ["--workspace", str(linked.folder), "export", table], catch_exceptions=False)
        return list(csv.DictReader(io.StringIO(done.stdout))), done.stderr

    whole, _ = exported("leads")
    monkeypatch.setattr("felinar.watch.suppress.hidden_now", lambda _: frozenset({top}))
    kept, said = exported("leads")
    assert "1 suppressed operation" in said
    assert {row["operation_id"] for row in whole} - {row["operation_id"] for row in kept} == {str(top)}
    adverts = {str(row["advert_id"]) for row in reading.adverts_of_operation(top)}
    for table in ("adverts", "mentions", "memberships", "links"):
        assert not adverts & {row["advert_id"] for row in exported(table)[0]}, table
    own = {key["key_id"] for key in reading.keys_of_operation(top) if key["adverts"] == key["shown"]}
    assert own
    assert not {str(i) for i in own} & {row["key_id"] for row in exported("keys")[0]}
