"""The queue: the operations in the order of reading, one line each, with what is new to the person who looks."""

from __future__ import annotations

from collections import Counter
from typing import Any

from felinar.access.roles import May
from felinar.export.sentences import GATE, days, gate_below, reasons
from felinar.store.published import Row
from felinar.store.statuses import STATUSES, Status, current, statuses
from felinar.store.visits import last_visits, opened_today
from felinar.store.watches import count_open
from felinar.web.pages.filters import FIELDS, TO_READ, address, kept
from felinar.web.pages.pending import pending, sentences
from felinar.web.shelf import FACETS
from felinar.web.visit import Told, Visit

A_PAGE = 25
EVERYTHING = "all"
_UNDECIDED = ("", "open")


def tell(visit: Visit) -> Told:
    """Return one page of the queue: the leads that fit the filters, and what may be filtered for."""
    wanted = {name: visit.query.get(name, "") for name in FIELDS}
    wanted["state"] = wanted["state"] or TO_READ
    seen, decided = last_visits(visit.desk.workspace.desk, visit.session.name), decisions(visit)
    hidden = visit.shelf.hidden(visit.desk.workspace, visit.reading)
    surfacing = [lead for lead in visit.shelf.leads if lead["operation_id"] not in hidden]
    fitting = [lead for lead in surfacing if _fits(visit, lead, wanted, decided, seen)]
    start = visit.number("start", 0, 1_000_000)
    judged = pending(visit)
    shown = [_line(visit, lead, decided, seen) for lead in fitting[start : start + A_PAGE]]
    for line in shown:
        line["pending"] = sentences(judged, int(line["operation_id"]))
    data = {
        "leads": shown,
        "fitting": len(fitting),
        "in_all": len(surfacing),
        "start": start,
        "wanted": wanted,
        "filters": _choices(visit) if visit.shelf.counted or any(wanted[name] for name in FACETS) else {},
        "states": [TO_READ, *STATUSES, EVERYTHING],
        "kept": kept(visit),
        "is_filtered": any(value for name, value in wanted.items() if (name, value) != ("state", TO_READ)),
        "earlier": address(wanted, start - A_PAGE) if start else "",
        "later": address(wanted, start + A_PAGE) if start + A_PAGE < len(fitting) else "",
        "new_alerts": count_open(visit.desk.workspace.desk) if visit.may(May.WATCH) else 0,
        "gate_below": _gate_below(visit, shown),
        "drawn_by_lot": [] if start else list(map(str, visit.shelf.drawn_by_lot)),
        "opened_today": len(opened_today(visit.desk.workspace.desk, visit.session.name)),
        "leads_a_day": visit.desk.leads_a_day,
    }
    return Told(data, {"operations": [lead["operation_id"] for lead in shown], "filters": wanted})


def decisions(visit: Visit) -> dict[int, Status]:
    """Return the status that each operation has now; statuses follow the adverts that they were given for."""
    held = statuses(visit.desk.workspace.desk)
    return current(held, visit.reading.where(advert for status in held for advert in status.advert_ids))


def _fits(visit: Visit, lead: Row, wanted: dict[str, str], decided: dict[int, Status], seen: dict[int, Any]) -> bool:
    operation_id = lead["operation_id"]
    status = decided[operation_id].status if operation_id in decided else ""
    if wanted["state"] == TO_READ:
        if status not in _UNDECIDED:
            return False
    elif wanted["state"] != EVERYTHING and status != wanted["state"]:
        return False
    if wanted["new"] and operation_id in seen and seen[operation_id][0] >= lead["adverts"]:
        return False
    return all(
        not wanted[name] or wanted[name] in visit.shelf.facets.get(operation_id, {}).get(name, ()) for name in FACETS
    )


def _line(visit: Visit, lead: Row, decided: dict[int, Status], seen: dict[int, Any]) -> dict[str, Any]:
    operation_id, gated = lead["operation_id"], bool(lead["gate"])
    told = {"operation_id": str(operation_id), "rank": lead["rank"], "score": lead["score"], "adverts": lead["adverts"]}
    told |= {"recognised_as": lead["recognised_as"], "gate": GATE if gated else "", "period": days(lead)}
    told |= {"places": [] if gated else lead["places"][:4], "more_places": max(0, len(lead["places"]) - 4)}
    told["because"], told["rest"] = ("", "") if gated else _split(visit.sentence(strongest_reason(visit, lead)))
    status = decided.get(operation_id)
    told |= {"status": status.status if status else "", "status_by": status.actor if status else ""}
    return told | _news(lead, seen.get(operation_id))


def strongest_reason(visit: Visit, lead: Row) -> str:
    """Return the strongest reason for reading a lead, as a sentence."""
    first = {**lead, "reasons_for": lead["reasons_for"][:1]}
    found = reasons(first, visit.reading.hits(lead["operation_id"]), "reasons_for")
    return found[0]["because"] if found else ""


def _split(because: str) -> tuple[str, str]:
    """Return the first sentence, and what stands beside it for comparison."""
    first, dot, rest = because.partition(". ")
    return first + dot.strip(), rest


def _news(lead: Row, visit: tuple[int, str] | None) -> dict[str, Any]:
    """Return what is new to this person: never opened, or how many adverts came since."""
    if visit is None:
        return {"unread": True, "new_adverts": 0, "last_visit": ""}
    return {"unread": False, "new_adverts": max(0, lead["adverts"] - visit[0]), "last_visit": visit[1]}


def _choices(visit: Visit) -> dict[str, list[tuple[str, int]]]:
    """Return for each filter the values that the leads have, the commonest first, with how many leads have it."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for of in visit.shelf.facets.values():
        for name, values in of.items():
            counts[name].update(values)
    return {name: sorted(counts[name].items(), key=lambda item: (-item[1], item[0]))[:60] for name in FACETS}


def _gate_below(visit: Visit, shown: list[dict[str, Any]]) -> str:
    """Return the sentence on leads that wait for a report; only who may see them by name gets their ids."""
    here = {lead["operation_id"] for lead in shown}
    waiting = [str(lead["operation_id"]) for lead in visit.shelf.leads if lead["gate"]]
    below = [operation_id for operation_id in waiting if operation_id not in here]
    return gate_below(below) if below and visit.may(May.GATED) else ""
