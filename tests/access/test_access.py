"""Roles, sessions, the brake and the accounts."""

import pyotp
import pytest

from felinar.access.accounts import accounts, close_account, open_account, sign_in
from felinar.access.limits import Brake
from felinar.access.roles import ROLES, TEAM_ROLES, Forbidden, May, require
from felinar.access.sessions import IDLE_SECONDS, LONGEST_SECONDS, OneTimeToken, Sessions
from felinar.errors import FelinarError

PASSWORD = "a long enough password"


class Clock:
    """A clock that a test sets."""

    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(tmp_path):
    return tmp_path / "desk.sqlite"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("thing", May)
def test_a_role_may_exactly_what_the_table_says(role, thing):
    if thing in ROLES[role]:
        require(role, thing)
    else:
        with pytest.raises(Forbidden, match=r"Who may: \w"):
            require(role, thing)


def test_nobody_both_runs_the_accounts_and_reads_and_the_officer_takes_no_part_in_the_work():
    for role in ROLES:
        if May.ACCOUNTS in ROLES[role]:
            assert May.READ not in ROLES[role]
    assert ROLES["data-protection officer"].isdisjoint({May.READ, May.SEARCH, May.LISTS, May.JUDGE})
    assert all(May.AUDIT not in ROLES[role] for role in ("viewer", "analyst", "supervisor", "admin"))


def test_a_session_runs_out_when_it_is_left_alone_and_after_half_a_day(clock):
    sessions = Sessions(clock)
    left, busy = sessions.begin("ana", "analyst"), sessions.begin("ben", "viewer")
    for _ in range(int(LONGEST_SECONDS / (IDLE_SECONDS / 2))):
        clock.now += IDLE_SECONDS / 2
        assert sessions.find(busy).name == "ben"
    assert sessions.find(left) is None
    clock.now += 1
    assert sessions.find(busy) is None


def test_an_unknown_or_ended_session_is_none(clock):
    sessions = Sessions(clock)
    secret = sessions.begin("ana", "analyst")
    sessions.end(secret)
    sessions.end("never there")
    assert sessions.find(secret) is None
    assert sessions.find("") is None


def test_the_token_opens_once():
    token = OneTimeToken()
    assert not token.use("x")
    assert token.use(token.value)
    assert not token.use(token.value)


def test_the_brake_holds_after_five_failures_and_lets_go_with_time(clock):
    brake = Brake(5, 900, clock)
    for _ in range(5):
        assert brake.wait("ana") == 0
        brake.failed("ana")
    assert 0 < brake.wait("ana") <= 901
    assert brake.wait("ben") == 0
    clock.now += 901
    assert brake.wait("ana") == 0


def test_a_password_and_a_fresh_code_open_an_account_and_nothing_secret_is_kept_plain(desk):
    code = pyotp.parse_uri(open_account(desk, "ben", "analyst", PASSWORD, actor="root")).now()
    used = set()
    assert sign_in(desk, "ben", PASSWORD, code, used).role == "analyst"
    assert sign_in(desk, "ben", PASSWORD, code, used) is None
    assert sign_in(desk, "ben", "wrong", code, set()) is None
    assert sign_in(desk, "eve", PASSWORD, code, set()) is None
    assert PASSWORD.encode() not in desk.read_bytes()
    assert accounts(desk)[0].password_hash.startswith("$argon2id$")


def test_a_closed_account_opens_nothing_and_a_changed_one_has_a_new_code(desk):
    old = pyotp.parse_uri(open_account(desk, "ben", "analyst", PASSWORD, actor="root"))
    new = pyotp.parse_uri(open_account(desk, "ben", "viewer", PASSWORD, actor="root"))
    assert old.secret != new.secret
    assert [(account.name, account.role) for account in accounts(desk)] == [("ben", "viewer")]
    close_account(desk, "ben", actor="root")
    assert sign_in(desk, "ben", PASSWORD, new.now(), set()) is None
    with pytest.raises(FelinarError, match="no open account"):
        close_account(desk, "ben", actor="root")


@pytest.mark.parametrize(
    ("name", "role", "password", "said"),
    [
        ("ben", "analyst", "short", "needs at least 12"),
        ("ben", "analist", PASSWORD, "Did you mean 'analyst'"),
        ("ben", "single user", PASSWORD, "no role called"),
        ("b n", "analyst", PASSWORD, "no name for an account"),
    ],
)
def test_what_makes_no_account_is_refused_with_a_sentence(desk, name, role, password, said):
    with pytest.raises(FelinarError, match=said):
        open_account(desk, name, role, password, actor="root")
    assert accounts(desk) == []


def test_the_command_opens_lists_and_closes(felinar, tmp_path):
    from felinar.config import Config, write_config

    folder = tmp_path / "w"
    folder.mkdir()
    write_config(folder, Config(name="w", purpose="test"))
    import subprocess
    import sys

    command = [sys.executable, "-m", "felinar", "--workspace", str(folder), "--json", "access", "open", "ben"]
    done = subprocess.run(
        [*command, "--role", "admin"], input=PASSWORD + "\n", capture_output=True, text=True, check=True
    )
    assert '"otpauth": "otpauth://totp/Felinar:ben' in done.stdout
    assert "ben" in felinar("access", "list", workspace=folder).stdout
    assert felinar("access", "close", "ben", workspace=folder).returncode == 0
    assert felinar("access", "close", "ben", workspace=folder).returncode == 2
    assert all(role in felinar("access", "list", workspace=folder).stdout for role in TEAM_ROLES)
