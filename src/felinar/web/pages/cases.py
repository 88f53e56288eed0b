"""Cases: what is looked into, with its exhibits as they were known when they were put there, and as they are now."""

from __future__ import annotations

from felinar.cases.put import put, write_note
from felinar.cases.told import case_told, exhibit_told
from felinar.errors import FelinarError
from felinar.search.find import find
from felinar.store.cases import case, cases, change_case, exhibits, open_case, withdraw_exhibit
from felinar.store.disclosures import requests
from felinar.store.watches import Who
from felinar.web.visit import NotThere, Told, Visit, own_path

_CHANGES = {"close": "closed", "reopen": "reopened", "hand over": "handed over"}


def tell(visit: Visit) -> Told:
    """Return all cases, open ones first, newest first, and how many requests to pass identities on wait."""
    desk = visit.desk.workspace.desk
    told = [case_told(one, len(exhibits(desk, one.case_id))) for one in cases(desk)]
    told.sort(key=lambda one: (one["state"] != "open", -one["case_id"]))
    waiting = sum(1 for one in requests(desk) if not one.answer)
    return Told({"cases": told, "waiting": waiting}, {"listed": len(told)})


def tell_one(visit: Visit) -> Told:
    """Return a case with its exhibits and notes, in the order in which they came."""
    desk, case_id = visit.desk.workspace.desk, visit.id("case_id")
    try:
        held = case(desk, case_id)
    except FelinarError as problem:
        raise NotThere(str(problem)) from None
    told = [exhibit_told(one, visit.reading) for one in exhibits(desk, case_id)]
    shown = [one["thing"] for one in told if one["kind"] != "note"]
    return Told({"case": case_told(held, len(told)), "exhibits": told}, {"case": case_id, "shown": shown})


def open_one(visit: Visit) -> str:
    """Open a case and go there."""
    name, reason = _text(visit, "name"), _reason(visit)
    visit.log("case", {"open": name, "reason": reason})
    number = open_case(visit.desk.workspace.desk, name, _who(visit))
    visit.session.notice = f"Case {number} is open."
    return f"/cases/{number}"


def add(visit: Visit) -> str:
    """Put an operation, an advert or a note into a case."""
    workspace, case_id = visit.desk.workspace, _number(_text(visit, "case"))
    thing, note = _text(visit, "thing"), _text(visit, "note")
    if note:
        visit.log("case", {"case": case_id, "note": len(note)})
        number, kind = write_note(workspace, case_id, note, _who(visit, "a note")), "note"
    else:
        found, reason = find(visit.reading, thing), _reason(visit)
        thing = str(found.thing_id)
        visit.log("case", {"case": case_id, "add": found.logged, "reason": reason})
        number, kind = put(workspace, visit.reading, case_id, thing, _who(visit))
    visit.session.notice = f"Exhibit {number} of case {case_id}: {kind if note else f'{kind} {thing}'}."
    return own_path(_text(visit, "back"))


def remove(visit: Visit) -> str:
    """Take an exhibit out of its case; what it said stays written."""
    number = _number(_text(visit, "exhibit"))
    visit.log("case", {"remove": number, "reason": _reason(visit)})
    withdraw_exhibit(visit.desk.workspace.desk, number, _who(visit))
    visit.session.notice = f"Exhibit {number} is out."
    return own_path(_text(visit, "back"))


def change(visit: Visit) -> str:
    """Close a case, open it again, or hand it over."""
    case_id, word, owner = _number(_text(visit, "case")), _text(visit, "change"), _text(visit, "owner")
    if word not in _CHANGES:
        raise FelinarError("Nothing was changed: the page sent no change.")
    visit.log("case", {"case": case_id, "change": _CHANGES[word], "owner": owner, "reason": _reason(visit)})
    change_case(visit.desk.workspace.desk, case_id, _CHANGES[word], _who(visit), owner=owner)
    visit.session.notice = f"Case {case_id} is {_CHANGES[word]}{f' to {owner}' if word == 'hand over' else ''}."
    return own_path(_text(visit, "back"))


def _who(visit: Visit, reason: str = "") -> Who:
    return Who(**visit.who, reason=reason or _reason(visit))


def _reason(visit: Visit) -> str:
    given = _text(visit, "reason")
    if not given:
        raise FelinarError("A reason is needed: one sentence that others can follow.")
    return given


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise FelinarError(f"'{text[:40]}' is no number of a case or an exhibit; nothing was written.")
    return int(text)


def _text(visit: Visit, name: str) -> str:
    return visit.text(name).strip()
