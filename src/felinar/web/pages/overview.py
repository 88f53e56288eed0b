"""What stands beside the leads: the runs that made them, how common each sign is, and how to read the marks."""

from __future__ import annotations

import json
from typing import Any

from felinar.audit import Event, events_before
from felinar.export.highlight import PRECEDENCE
from felinar.score.base_rates import BaseRate
from felinar.score.explain import registry
from felinar.web.visit import Told, Visit

_RUNS = 200


def tell_runs(visit: Visit) -> Told:
    """Return what is published now, and every delivery and run that the log knows, newest first."""
    desk = visit.desk.workspace.desk
    found = [event for action in ("ingest", "run") for event in events_before(desk, None, _RUNS, action=action)]
    runs = [_run(event) for event in sorted(found, key=lambda event: -event.seq)]
    return Told({"facts": dict(visit.reading.facts), "runs": runs})


def _run(event: Event) -> dict[str, Any]:
    told = {name: getattr(event, name) for name in ("seq", "at", "actor", "action", "purpose")}
    return told | {"details": json.loads(event.details)}


def tell_patterns(visit: Visit) -> Told:
    """Return every sign of the registry with its grade, note and base rates, and the kinds of marks in a text."""
    shelf = visit.shelf
    signs = [_sign(indicator, shelf.rates.get(indicator)) for indicator in registry()]
    order = sorted(signs, key=lambda sign: (-sign["leads_share"], -sign["operations_share"], sign["title"]))
    data = {"signs": order, "kinds": PRECEDENCE, "linked": len(shelf.linked), "listed": len(shelf.leads)}
    return Told(data)


def _sign(indicator_id: str, rate: BaseRate | None) -> dict[str, Any]:
    known = registry()[indicator_id]
    names = ("operations", "operations_share", "leads", "leads_share")
    counts = {name: getattr(rate, name) if rate else 0 for name in names}
    told = {"indicator": known.id, "title": known.title, "grade": known.grade, "weight": known.weight}
    return told | {"note": known.note, "structural": known.structural, "family": known.family} | counts
