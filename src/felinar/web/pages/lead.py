"""A lead: why it is here, what speaks against it, what it hangs on, how it ran over time, and its evidence."""

from __future__ import annotations

from typing import Any

from felinar.export.judged import judged_on_adverts
from felinar.export.sentences import GATE_LONG, history, other_explanations, reasons
from felinar.export.told import IDENTIFIERS, key
from felinar.store.cases import cases
from felinar.store.published import Row
from felinar.store.published_desk import Posted
from felinar.store.statuses import STATUSES
from felinar.store.visits import add_visit, notes, opened_today
from felinar.web.bridges import weakest
from felinar.web.drawings import drawings
from felinar.web.key_name import TEXT, name_in_full, name_of
from felinar.web.pages.alike import alike
from felinar.web.pages.evidence import evidence
from felinar.web.pages.leads import decisions
from felinar.web.pages.news import NOTHING_NEW, news
from felinar.web.pages.pending import Pending, joined, pending, sentences
from felinar.web.pages.pictures import NO_PICTURES, looked_at, of_lead
from felinar.web.period import Period
from felinar.web.shelf import LARGE_LEAD
from felinar.web.visit import NotThere, Told, TooMany, Visit

A_PAGE = 40
_KEYS = 40


def tell(visit: Visit) -> Told:
    """Return everything known about an operation, with one page of its adverts; the visit is kept."""
    operation_id = visit.id("operation_id")
    row = visit.reading.operation(operation_id)
    if row is None:
        raise NotThere(f"There is no operation {operation_id}. A later run may have split or joined it: search for it.")
    _keep_within_a_day(visit, operation_id)
    gated, posted = visit.shelf.gated(operation_id), visit.reading.posted(operation_id)
    judged = pending(visit)
    data = _head(visit, row, gated, posted) | _beside(visit, row, posted)
    data |= {"pending": sentences(judged, operation_id), "joined": joined(judged, operation_id)}
    data |= _behind_the_gate(visit, row) if gated else _in_full(visit, row, posted, judged)
    details = {"shown": f"operation:{operation_id}", "adverts": [r["advert_id"] for r in data["evidence"]["rows"]]}
    details |= looked_at(data["picture_strip"])
    details |= {"period": data["period"]["query"]} if data["period"] else {}
    add_visit(visit.desk.workspace.desk, visit.session.name, operation_id, posted)
    return Told(data, details)


def _keep_within_a_day(visit: Visit, operation_id: int) -> None:
    """Refuse to open more leads than a person should read in a day; those opened today stay open."""
    opened = opened_today(visit.desk.workspace.desk, visit.session.name)
    if operation_id not in opened and len(opened) >= visit.desk.leads_a_day:
        raise TooMany(
            f"You have opened {len(opened)} leads today, and {visit.desk.leads_a_day} are the limit for one person and "
            "day. Those that you opened stay open to you; the rest keeps until tomorrow (UTC)."
        )


def _head(visit: Visit, row: Row, gated: bool, posted: Posted) -> dict[str, Any]:
    operation_id = row["operation_id"]
    lead, status = visit.shelf.by_operation.get(operation_id), decisions(visit).get(operation_id)
    before, after = visit.shelf.neighbours(operation_id)
    return {
        "operation_id": str(operation_id),
        "rank": lead["rank"] if lead else None,
        "score": lead["score"] if lead else None,
        "recognised_as": lead["recognised_as"] if lead else "",
        "gate": GATE_LONG if gated else "",
        "adverts": row["adverts"],
        "first_seen": row["first_seen"],
        "last_seen": row["last_seen"],
        "before": str(before or ""),
        "after": str(after or ""),
        "status": vars(status) | {"adverts": len(status.advert_ids)} if status else None,
        "statuses": STATUSES,
        "news": NOTHING_NEW if gated else news(visit, row, posted),
    }


def _beside(visit: Visit, row: Row, posted: Posted) -> dict[str, Any]:
    """Return what people wrote, and what became of the operation from run to run."""
    desk, operation_id = visit.desk.workspace.desk, row["operation_id"]
    return {
        "judged": judged_on_adverts(desk, posted),
        "notes": [vars(note) for note in notes(desk, operation_id)],
        "history": history(row),
        "open_cases": [{"case_id": one.case_id, "name": one.name} for one in reversed(cases(desk)) if not one.closed],
        "previous_ids": [str(i) for i in row["previous_ids"]],
    }


def _in_full(visit: Visit, row: Row, posted: Posted, judged: Pending) -> dict[str, Any]:
    reading, operation_id = visit.reading, row["operation_id"]
    lead, hits = reading.lead(operation_id), reading.hits(operation_id)
    small = len(posted) <= LARGE_LEAD  # of a giant only the keys on most adverts: all would make everybody wait
    keys = reading.keys_of_operation(operation_id) if small else visit.shelf.most_shown_keys(reading, operation_id)
    hangs_on, period = weakest(visit, row, posted), Period.asked(visit)
    verdict = judged.verdict(*hangs_on["compare"]) if hangs_on["compare"] else ""
    start = visit.number("start", 0, 1_000_000)
    shown = sorted((k for k in keys if not k["hub"]), key=lambda k: k["key_kind"] not in IDENTIFIERS)
    drawn = drawings(visit, operation_id, keys, posted, period, hangs_on["keys"])
    return {
        "reasons_for": reasons(lead, hits, "reasons_for") if lead else [],
        "reasons_against": reasons(lead, hits, "reasons_against") if lead else [],
        "other_explanations": other_explanations(lead) if lead else [],
        "weakest_link": hangs_on["sentence"],
        "weakest_link_check": hangs_on | {"verdict": verdict},
        "places": row["places"],
        "names": row["names"],
        "keys": _named(visit, shown[:_KEYS], operation_id, drawn),
        "more_keys": max(0, len(shown) - _KEYS),
        "hubs": _named(visit, [k for k in keys if k["hub"]][:_KEYS], operation_id, drawn),
        **drawn,
        "alike": alike(visit, operation_id, keys),
        "picture_strip": of_lead(visit, keys, posted.keys()) if small else NO_PICTURES,
        "evidence": evidence(visit, list(period.within(posted)), judged, start, A_PAGE),
    }


def _named(visit: Visit, keys: list[Row], operation_id: int, drawn: dict[str, Any]) -> list[dict[str, Any]]:
    """Return keys with their names; the words of a text that the network shows are not read again."""
    nodes = drawn["network"]["nodes"] if drawn["network"] else []
    words = {node["key_id"]: node["name"] for node in nodes if node["kind"] == TEXT}

    def name(row: Row) -> str:
        if row["key_kind"] == TEXT:
            return words.get(str(row["key_id"])) or name_of(visit, row, operation_id)
        return name_in_full(visit, row)

    return [key(visit.reading, row) | {"name": name(row)} for row in keys]


def _behind_the_gate(visit: Visit, row: Row) -> dict[str, Any]:
    """Return nothing that describes a person: only which adverts raised the gate."""
    hits = visit.reading.hits(row["operation_id"])
    raised = [str(i) for hit in hits if hit["indicator"] == "POSSIBLE_MINOR" for i in hit["advert_ids"]]
    nothing: dict[str, Any] = {"rows": [], "templates": [], "start": 0, "in_all": row["adverts"], "reference": ""}
    lists = ("reasons_for", "reasons_against", "other_explanations", "places", "names", "keys", "hubs", "alike")
    empty: dict[str, Any] = {name: [] for name in lists}
    told = {"weakest_link": "", "weakest_link_check": {}, "more_keys": 0, "evidence": nothing}
    drawn = dict.fromkeys(("timeline", "brushed", "period", "movement", "network"))
    return empty | told | {**drawn} | {"picture_strip": NO_PICTURES, "raised_by": raised}
