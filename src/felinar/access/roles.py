"""Who may do what, in one table; every page and every action of the desk asks it."""

from __future__ import annotations

from enum import Enum

from felinar.errors import FelinarError, unknown_name


class May(Enum):
    """One thing that a role may do."""

    READ = "read leads, adverts and contacts"
    SEARCH = "search for a value"
    LISTS = "look up a whole list"
    JUDGE = "judge, set a status, write a note"
    GATED = "see which leads wait for a report first"
    COUNTS = "see runs and how common each sign is"
    IMPORT = "bring adverts in"
    WATCH = "watch something"
    SUPPRESS = "keep a contact from surfacing"
    AUDIT = "read the log"
    ACCOUNTS = "open and close accounts"
    EXPORT = "pass a dossier on"
    APPROVE = "approve that identities are passed on"


_READING = frozenset({May.READ, May.SEARCH, May.COUNTS})
_WORKING = _READING | {May.LISTS, May.JUDGE, May.WATCH, May.IMPORT, May.EXPORT}

ROLES: dict[str, frozenset[May]] = {
    "viewer": _READING,
    "analyst": _WORKING,
    "supervisor": _WORKING | {May.GATED, May.SUPPRESS, May.APPROVE},
    # Reads the log and counts, no case data: an officer checks the work and takes no part in it.
    "data-protection officer": frozenset({May.AUDIT, May.COUNTS}),
    # Runs the accounts and sees no case data: who can make accounts must not also read in silence.
    "admin": frozenset({May.ACCOUNTS}),
    # One person on a laptop is all of them.
    "single user": frozenset(May) - {May.ACCOUNTS},
}
TEAM_ROLES = tuple(role for role in ROLES if role != "single user")


class Forbidden(FelinarError):
    """Something that this role may not do."""


def require(role: str, thing: May) -> None:
    """Raise Forbidden, naming who may, unless the role may do this."""
    if role not in ROLES:
        raise unknown_name("role", role, ROLES)
    if thing not in ROLES[role]:
        allowed = ", ".join(name for name, things in ROLES.items() if thing in things)
        raise Forbidden(f"As {role} you may not {thing.value}. Who may: {allowed}.")
