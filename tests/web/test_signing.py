"""The door: the one-time address, accounts, the purpose, and the way out."""

import json

import pyotp
import pytest

from felinar.access.accounts import close_account, open_account
from felinar.audit import events
from felinar.store.suppressions import suppressions
from felinar.web.desk import Desk

PASSWORD = "a long enough password"


def test_the_printed_address_opens_the_desk_once(person, desk):
    first, second = person(), person()
    address = f"/enter?token={desk.token.value}"
    answer = first.get(address)
    assert answer.headers["location"] == "/leads"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert first.get("/leads").status_code == 200
    assert second.get(address).status_code == 403
    assert second.get("/leads").headers["location"] == "/sign-in"


def test_a_wrong_token_does_not_use_up_the_right_one_and_guessing_is_braked(person, desk):
    stranger = person()
    for _ in range(5):
        assert stranger.get("/enter?token=wrong").status_code == 403
    assert stranger.get(f"/enter?token={desk.token.value}").status_code == 403
    desk.brake.succeeded("testclient")
    assert stranger.get(f"/enter?token={desk.token.value}").status_code == 303


def test_the_purpose_is_asked_for_kept_and_shown_on_every_page(person, desk):
    newcomer = person("analyst", purpose="")
    assert newcomer.get("/search").headers["location"] == "/purpose?next=/search"
    assert newcomer.post("/purpose", purpose="  ", next="/search").status_code == 400
    assert newcomer.post("/purpose", purpose="case  2026-18", next="/search").headers["location"] == "/search"
    assert "case 2026-18" in newcomer.get("/search").text
    assert events(desk.workspace.desk)[-1].purpose == "case 2026-18"


def test_signing_out_ends_the_session(ana):
    assert ana.post("/sign-out").headers["location"] == "/sign-in"
    assert ana.get("/leads").headers["location"] == "/sign-in"


@pytest.fixture
def seed(workspace):
    address = open_account(workspace.desk, "ben", "supervisor", PASSWORD, actor="root")
    return pyotp.parse_uri(address)


@pytest.fixture
def team(workspace, seed):
    return Desk(workspace, team=True)


@pytest.fixture
def door(team, person):
    """A stranger before the desk of a team."""
    stranger = person()
    return type(stranger)(team)


def attempt(door, code, name="ben", password=PASSWORD):
    return door.post("/sign-in", name=name, password=password, code=code)


def test_a_team_signs_in_with_password_and_code_and_a_code_serves_once(door, seed):
    code = seed.now()
    assert attempt(door, code).headers["location"] == "/leads"
    assert door.get("/leads").status_code == 200
    door.post("/sign-out")
    assert attempt(door, code).status_code == 403


@pytest.mark.parametrize(
    ("name", "password", "code"), [("ben", PASSWORD, "000000"), ("ben", "wrong", ""), ("eve", "x", "")]
)
def test_a_wrong_sign_in_says_the_same_whatever_was_wrong(door, seed, name, password, code):
    answer = attempt(door, code or seed.now(), name, password)
    assert answer.status_code == 403
    assert "do not fit together" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_desk_that_began_before_there_were_accounts_suppresses_nothing_and_the_refusal_is_logged(ana, desk):
    alone = type(ana)(desk, "single user")
    open_account(desk.workspace.desk, "ben", "supervisor", PASSWORD, actor="root")
    answer = alone.post("/suppress", what="07700 900123", reason="cleared", back="/watches")
    assert answer.status_code == 403
    assert "serve --team" in answer.text
    last = events(desk.workspace.desk)[-1]
    assert (last.action, last.actor) == ("refused", "ana")
    assert json.loads(last.details)["page"] == "/suppress"
    assert suppressions(desk.workspace.desk) == []


def test_guessing_is_braked_by_name_and_place(door, seed):
    for _ in range(5):
        attempt(door, "000000")
    answer = attempt(door, seed.now())
    assert answer.status_code == 429
    assert "Too many attempts" in answer.text


def test_the_printed_address_opens_no_team_desk(door, team):
    assert door.get(f"/enter?token={team.token.value}").status_code == 403


def test_failed_attempts_are_in_the_log_without_the_password(door, team):
    attempt(door, "000000", password="secret of mine")
    last = events(team.workspace.desk)[-1]
    assert last.action == "refused"
    assert "secret of mine" not in last.details


@pytest.mark.parametrize("change", ["closed", "changed"])
def test_whose_account_is_closed_or_changed_is_signed_out_at_the_next_page(door, team, seed, change):
    attempt(door, seed.now())
    assert door.get("/purpose").status_code == 200
    if change == "closed":
        close_account(team.workspace.desk, "ben", actor="admin")
    else:
        open_account(team.workspace.desk, "ben", "viewer", "another long password", actor="admin")
    assert door.get("/purpose").headers["location"] == "/sign-in"
    assert door.get("/leads.json").status_code == 401
