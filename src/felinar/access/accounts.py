"""Accounts of a team: name, role, a password kept as an argon2 hash, and the seed of one-time codes (TOTP)."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from felinar.access.roles import TEAM_ROLES
from felinar.errors import FelinarError, unknown_name
from felinar.store.desk import now, open_desk, writing

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST_PASSWORD = 12
_NAME = re.compile(r"[\w.@-]{1,60}")


@dataclass(frozen=True)
class Account:
    """One state of an account; the newest row of a name is what holds."""

    name: str
    role: str
    password_hash: str
    code_seed: str
    closed: int
    actor: str
    made_at: str


_COLUMNS = ", ".join(field.name for field in fields(Account))


def open_account(path: Path, name: str, role: str, password: str, *, actor: str) -> str:
    """Open an account, or change its role and password, and return the `otpauth://` address for its codes."""
    import pyotp

    if not _NAME.fullmatch(name):
        raise FelinarError(f"'{name}' is no name for an account: 1 to 60 letters, digits and . _ @ - please.")
    if role not in TEAM_ROLES:
        raise unknown_name("role", role, TEAM_ROLES)
    if len(password) < SHORTEST_PASSWORD:
        raise FelinarError(f"The password has {len(password)} characters; it needs at least {SHORTEST_PASSWORD}.")
    seed = pyotp.random_base32()
    _write(path, Account(name, role, _hasher().hash(password), seed, 0, actor, now()))
    return pyotp.TOTP(seed, name=name, issuer="Felinar").provisioning_uri()


def close_account(path: Path, name: str, *, actor: str) -> None:
    """Close an account; its name stays in the log, and nobody can sign in with it."""
    old = account(path, name)
    if old is None or old.closed:
        raise FelinarError(f"There is no open account '{name}'. See them with: felinar access list.")
    _write(path, Account(name, old.role, "", "", 1, actor, now()))


def account(path: Path, name: str) -> Account | None:
    """Return the newest state of an account, or None."""
    return next((found for found in accounts(path) if found.name == name), None)


def accounts(path: Path) -> list[Account]:
    """Return the newest state of every account, by name."""
    if not path.is_file():
        return []
    sql = f"""SELECT {_COLUMNS} FROM accounts WHERE account_no IN (SELECT max(account_no) FROM accounts GROUP BY name)
              ORDER BY name"""
    with open_desk(path) as connection:
        return [Account(*row) for row in connection.execute(sql)]


def is_team(path: Path) -> bool:
    """Return whether there are open accounts: then nobody decides alone, however the program was started."""
    return any(not account.closed for account in accounts(path))


def sign_in(path: Path, name: str, password: str, code: str, used: set[tuple[str, str]]) -> Account | None:
    """Return the account where password and one-time code are right, else None; both are checked in any case.

    `used` holds (name, code) of codes that opened a session already: each does so once.
    """
    import pyotp

    found = account(path, name)
    known = found is not None and not found.closed
    stored = found.password_hash if found is not None and known else _decoy()
    right = _hasher().verify(password, stored)
    seed = found.code_seed if found is not None and known else pyotp.random_base32()
    fresh = pyotp.TOTP(seed).verify(code.replace(" ", ""), valid_window=1) and (name, code) not in used
    if not (known and right and fresh):
        return None
    used.add((name, code))
    return found


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


@lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash that no password fits: an unknown name costs as long as a known one, so nobody can list the names."""
    return _hasher().hash("no account has this password")


def _write(path: Path, new: Account) -> None:
    with open_desk(path) as connection, writing(connection):
        _insert(connection, new)


def _insert(connection: sqlite3.Connection, new: Account) -> None:
    connection.execute(f"INSERT INTO accounts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(new))
