"""The accounts of a team, for the admin: who there is, in which role. Opening and closing is done on the machine."""

from __future__ import annotations

from felinar.access.accounts import accounts
from felinar.access.roles import ROLES
from felinar.web.visit import Told, Visit


def tell(visit: Visit) -> Told:
    """Return the accounts by name, and what each role may do; no hash and no seed leaves the desk."""
    found = accounts(visit.desk.workspace.desk)
    shown = [{"name": a.name, "role": a.role, "closed": bool(a.closed), "since": a.made_at} for a in found]
    roles = [{"role": role, "may": sorted(thing.value for thing in things)} for role, things in ROLES.items()]
    return Told({"accounts": shown, "roles": roles}, {"listed": len(shown)})
