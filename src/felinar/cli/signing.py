"""Sign in at the command line, for what one role alone may do; without accounts the machine's user is all roles."""

from __future__ import annotations

import sys

import click

from felinar.access.accounts import is_team, sign_in
from felinar.access.limits import NOBODY, logged_wait
from felinar.access.roles import Forbidden, May, require
from felinar.audit import actor, log
from felinar.store.workspace import Workspace


def signed_in(workspace: Workspace, thing: May) -> str:
    """Return the name of whoever is at work, once a team's member has shown who that is and may do this.

    The name is FELINAR_ACTOR, else that of the machine's user; password and code are typed, or read from stdin.
    """
    name = actor()
    if not is_team(workspace.desk):
        return name
    wait = logged_wait(workspace.desk, name)
    if wait:
        raise Forbidden(f"Too many attempts to sign in as {name}; try again in {-(-wait // 60)} minutes.")
    account = sign_in(workspace.desk, name, _asked("Password", hidden=True), _asked("One-time code"), set())
    if account is None:
        log(workspace, "refused", {"sign in": name[:60]}, who=NOBODY)
        raise Forbidden(
            f"Name ({name}), password and code do not fit together. Set FELINAR_ACTOR to the name of your account."
        )
    try:
        require(account.role, thing)
    except Forbidden:
        log(workspace, "refused", {"role": account.role, "thing": thing.value}, who=name)
        raise
    return account.name


def _asked(what: str, *, hidden: bool = False) -> str:
    if sys.stdin.isatty():
        return str(click.prompt(what, hide_input=hidden, err=True))
    return sys.stdin.readline().rstrip("\r\n")
