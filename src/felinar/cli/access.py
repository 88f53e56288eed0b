"""`felinar access`: the accounts of a team."""

from __future__ import annotations

import sys

import click

from felinar.access.accounts import accounts, close_account, open_account
from felinar.access.roles import ROLES, TEAM_ROLES
from felinar.audit import actor, log
from felinar.cli.session import Session, pass_session
from felinar.store.workspace import Workspace


@click.group(short_help="Open and close the accounts of a team.")
def access() -> None:
    """Open and close the accounts of a team, and see who may do what."""


@access.command("open")
@click.argument("name")
@click.option("--role", required=True, help=f"One of: {', '.join(TEAM_ROLES)}.")
@pass_session
def open_one(session: Session, name: str, role: str) -> None:
    """Open an account, or give it a new role, password and code; the password is typed in, or read from stdin."""
    workspace = Workspace.existing(session.folder())
    password = _password()
    log(workspace, "access", {"open": name, "role": role})
    address = open_account(workspace.desk, name, role, password, actor=actor())
    text = f"{name} may sign in as {role}. Enter this in an authenticator for the one-time codes:\n{address}"
    session.emit(text, {"name": name, "role": role, "otpauth": address})


@access.command("close")
@click.argument("name")
@pass_session
def close(session: Session, name: str) -> None:
    """Close an account: nobody signs in with it any more; its name stays in the log."""
    workspace = Workspace.existing(session.folder())
    log(workspace, "access", {"close": name})
    close_account(workspace.desk, name, actor=actor())
    session.emit(f"{name} is closed.", {"name": name, "closed": True})


@access.command("list")
@pass_session
def list_accounts(session: Session) -> None:
    """Show the accounts, and what each role may do."""
    workspace = Workspace.existing(session.folder())
    log(workspace, "access", {"listed": True})
    found = accounts(workspace.desk)
    lines = [f"{a.name:<20} {'closed' if a.closed else a.role}" for a in found] or ["No account yet."]
    roles = {role: sorted(thing.value for thing in ROLES[role]) for role in TEAM_ROLES}
    lines += ["", *(f"{role}: {'; '.join(things)}" for role, things in roles.items())]
    told = [{"name": a.name, "role": a.role, "closed": bool(a.closed)} for a in found]
    session.emit("\n".join(lines), {"accounts": told, "roles": roles})


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
