"""Dossiers: what leaves for whom, as a ZIP; and the requests to pass identities on, which a second person answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from felinar.access.accounts import is_team
from felinar.access.roles import May
from felinar.audit import Event, events_before
from felinar.errors import FelinarError
from felinar.export.dossier import subject
from felinar.export.dossier.gather import Order
from felinar.export.dossier.package import as_zip, make
from felinar.export.dossier.permission import Handing, NotApproved, allowed, request_told
from felinar.export.dossier.subject import Subject
from felinar.store.disclosures import answer_request, requests
from felinar.store.visits import opened_today
from felinar.store.watches import Who
from felinar.web.visit import File, Told, Visit, own_path

_MOST_GIVEN = 200  # exports that are looked through for the list of dossiers
_ANSWERS = {"approve": "approved", "refuse": "refused"}


def tell_lead(visit: Visit) -> Told:
    """Return the form for a dossier of one lead; posted, the ZIP."""
    operation_id, hidden = visit.id("operation_id"), visit.shelf.hidden(visit.desk.workspace, visit.reading)
    if "recipient" in visit.form and operation_id not in opened_today(visit.desk.workspace.desk, visit.session.name):
        raise FelinarError("Read the lead before you pass it on: open it first. Nothing was made.")
    return _tell(visit, lambda: subject.lead(visit.reading, operation_id, hidden), f"/leads/{operation_id}")


def tell_case(visit: Visit) -> Told:
    """Return the form for a dossier of a whole case; posted, the ZIP."""
    case_id, workspace = visit.id("case_id"), visit.desk.workspace
    hidden = visit.shelf.hidden(workspace, visit.reading)
    return _tell(visit, lambda: subject.of_case(workspace, visit.reading, case_id, hidden), f"/cases/{case_id}")


def tell_requests(visit: Visit) -> Told:
    """Return the requests and what was given, newest first, and whether this person may answer requests."""
    desk = visit.desk.workspace.desk
    found, exports = requests(desk), events_before(desk, None, _MOST_GIVEN, action="export")
    told = [request_told(one) | {"own": one.actor == visit.session.name} for one in reversed(found)]
    given = [one for event in exports if (one := _given(event))]
    details = {"requests": [one.request_id for one in found], "given": len(given)}
    return Told({"requests": told, "given": given, "may_answer": visit.may(May.APPROVE)}, details)


def _given(event: Event) -> dict[str, Any]:
    """Return what an event says of a dossier; empty for the export of a table."""
    details = json.loads(event.details)
    names = ("dossier", "recipient", "masked", "adverts", "permission")
    told = {name: details[name] for name in names} if "dossier" in details else {}
    return told and {**told, "at": event.at, "actor": event.actor, "purpose": event.purpose}


def answer(visit: Visit) -> str:
    """Approve or refuse a request of another person, with a reason."""
    word, _, number = _text(visit, "answer").partition(" ")
    reason = _text(visit, "reason")
    if word not in _ANSWERS or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise FelinarError("Nothing was answered: the page sent no request.")
    if not reason:
        raise FelinarError("An answer needs a reason that others can follow.")
    visit.refuse_without_accounts()
    visit.log("answer", {"request": int(number), "answer": _ANSWERS[word], "reason": reason})
    asked = answer_request(visit.desk.workspace.desk, int(number), _ANSWERS[word], reason=reason, **visit.who)
    visit.session.notice = f"Request {number} ({asked.subject}, to {asked.recipient}) is {_ANSWERS[word]}."
    return own_path(_text(visit, "back"))


def _tell(visit: Visit, find: Callable[[], Subject], back: str) -> Told:
    found = find()
    data = {
        "subject": found.name,
        "title": found.title,
        "back": back,
        "here": f"{back}/dossier",
        "adverts": len(found.advert_ids(visit.reading)),
        "left_out": found.left_out,
        "waives": not is_team(visit.desk.workspace.desk),
        "purpose": visit.purpose,
        "requests": [request_told(one) for one in requests(visit.desk.workspace.desk) if one.subject == found.name],
        "said": "",
    }
    if "recipient" not in visit.form:
        return Told(data, {"dossier": found.name})
    try:
        file, sum_ = _made(visit, found)
    except NotApproved as problem:
        return Told(data | {"said": str(problem)}, {"dossier": found.name, "approved": False})
    return Told(data, {"dossier": found.name, "manifest_sha256": sum_}, file=file)


def _made(visit: Visit, found: Subject) -> tuple[File, str]:
    """Return the ZIP, and the hash of its manifest; its event is in the log by then."""
    workspace = visit.desk.workspace
    handing = Handing(found.name, frozenset(found.advert_ids(visit.reading)), _text(visit, "recipient"))
    handing.check(visit.purpose)
    who = Who(visit.session.name, visit.purpose, _text(visit, "reason"))
    given = None
    if _text(visit, "identities"):
        visit.refuse_without_accounts()
        given = allowed(workspace, handing, who, _text(visit, "waive"))
    name = f"dossier-{found.name.replace(' ', '-')}"
    dossier = make(Order(workspace, found, handing.recipient, who, given, f"{name}.zip"))
    return File(f"{name}.zip", "application/zip", as_zip(dossier)), dossier.manifest_sha256


def _text(visit: Visit, name: str) -> str:
    return visit.text(name).strip()
