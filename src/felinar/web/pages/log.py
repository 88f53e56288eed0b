"""The log, for the data-protection officer: who saw what, when and why, and whether the chain holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from felinar.audit import KIND_OF, Event, events, events_before, kind_of, report, verify
from felinar.errors import CheckFailed
from felinar.web.visit import Told, Visit

A_PAGE = 100


def tell(visit: Visit) -> Told:
    """Return events, newest first, of one person or action where asked; with `verify`, the state of the chain."""
    desk = visit.desk.workspace.desk
    who, action = visit.query.get("who", ""), visit.query.get("action", "")
    before = visit.number("before", 0, (1 << 62) - 1) or None
    found = events_before(desk, before, A_PAGE, who=who, action=action)
    data = {
        "events": [_event(event) for event in found],
        "who": who,
        "action": action,
        "actions": sorted(KIND_OF),
        "older": found[-1].seq if len(found) == A_PAGE else None,
        "chain": _chain(visit) if visit.query.get("verify") else None,
        "findings": _findings(visit) if visit.query.get("report") else None,
    }
    return Told(
        data, {"who": who, "action": action, "verified": bool(data["chain"]), "report": data["findings"] is not None}
    )


def _event(event: Event) -> dict[str, Any]:
    told = {name: getattr(event, name) for name in ("seq", "at", "actor", "action", "purpose", "sha256")}
    return told | {"kind": kind_of(event.action), "details": json.loads(event.details)}


def _findings(visit: Visit) -> list[dict[str, Any]]:
    workspace = visit.desk.workspace
    return [asdict(finding) for finding in report(events(workspace.desk), workspace.config.purpose)]


def _chain(visit: Visit) -> dict[str, Any]:
    try:
        count, head = verify(visit.desk.workspace.desk)
    except CheckFailed as problem:
        return {"unbroken": False, "sentence": str(problem)}
    sentence = f"{count:,} events, unbroken. Head of the chain (note it outside this machine): {head}"
    return {"unbroken": True, "sentence": sentence}
