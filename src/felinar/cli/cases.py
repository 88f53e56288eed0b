"""`felinar cases`: what is looked into, its exhibits and notes. A dossier of one is `felinar export case N`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import click

from felinar.audit import actor, log
from felinar.cases.put import put, write_note
from felinar.cases.told import case_told, exhibit_told
from felinar.cli.reading import Reading
from felinar.cli.session import Session, pass_session
from felinar.errors import FelinarError
from felinar.export.sentences import count
from felinar.search.find import find
from felinar.store.cases import case, change_case, exhibits, open_case, withdraw_exhibit
from felinar.store.cases import cases as all_cases
from felinar.store.watches import Who

_reason = click.option("--reason", required=True, help="Why: one sentence that others can follow.")


@click.group(short_help="Collect leads, adverts and notes under a case.")
def cases() -> None:
    """Collect operations, adverts and notes under a case. A dossier of all of it: felinar export case N."""


@cases.command("list")
@pass_session
def list_cases(session: Session) -> None:
    """List the cases, and how many exhibits each holds."""
    reading = Reading.open(session)
    desk = reading.workspace.desk
    told = [case_told(one, len(exhibits(desk, one.case_id))) for one in all_cases(desk)]
    counts = Counter(one["state"] for one in told)
    text = "\n".join(map(_case_line, told)) or "There is no case yet."
    reading.show("cases", {"listed": len(told), **counts}, text, told)


@cases.command("open")
@click.argument("name")
@_reason
@pass_session
def open_one(session: Session, name: str, reason: str) -> None:
    """Open a case called NAME."""
    number = _write(session, {"open": name}, reason, lambda reading, who: open_case(reading.workspace.desk, name, who))
    session.emit(f"Case {number} is open.", {"case_id": number})


@cases.command("add")
@click.argument("case_id", type=int)
@click.argument("things", nargs=-1, required=True)
@_reason
@pass_session
def add(session: Session, case_id: int, things: tuple[str, ...], reason: str) -> None:
    """Put operations or adverts into case CASE_ID, with what is known of them now.

    THINGS are ids, ours or those that a site gave.
    """
    for thing in things:
        number, kind, name = _put(session, case_id, thing, reason)
        session.emit(f"Exhibit {number}: {kind} {name}.", {"exhibit_id": number, "kind": kind, "thing": name})


def _put(session: Session, case_id: int, thing: str, reason: str) -> tuple[int, str, str]:
    """Put what an id or a source id names into a case; return the number of the exhibit, its kind and its id."""
    found = find(Reading.open(session).published, thing)
    details, name = {"case": case_id, "add": found.logged}, str(found.thing_id)
    number, kind = _write(session, details, reason, lambda r, who: put(r.workspace, r.published, case_id, name, who))
    return number, kind, name


@cases.command("note")
@click.argument("case_id", type=int)
@click.argument("text")
@pass_session
def note(session: Session, case_id: int, text: str) -> None:
    """Write a note TEXT into case CASE_ID."""
    details = {"case": case_id, "note": len(text)}
    number = _write(session, details, "a note", lambda r, who: write_note(r.workspace, case_id, text, who))
    session.emit(f"Exhibit {number}: a note.", {"exhibit_id": number, "kind": "note"})


@cases.command("remove")
@click.argument("exhibit_id", type=int)
@_reason
@pass_session
def remove(session: Session, exhibit_id: int, reason: str) -> None:
    """Take exhibit EXHIBIT_ID out of its case; what it said stays written."""
    details = {"remove": exhibit_id}
    _write(session, details, reason, lambda reading, who: withdraw_exhibit(reading.workspace.desk, exhibit_id, who))
    session.emit(f"Exhibit {exhibit_id} is out.", {"exhibit_id": exhibit_id})


@cases.command("show")
@click.argument("case_id", type=int)
@pass_session
def show(session: Session, case_id: int) -> None:
    """Show case CASE_ID: its exhibits, what was known of each when it was put there, and what became of it."""
    reading = Reading.open(session)
    desk = reading.workspace.desk
    told = [exhibit_told(one, reading.published) for one in exhibits(desk, case_id)]
    data = case_told(case(desk, case_id), len(told))
    lines = [f"Case {case_id} ({data['state']}, {data['owner']}): {data['name']}", *map(_line, told)]
    shown = [one["thing"] for one in told if one["kind"] != "note"]
    reading.show("cases", {"case": case_id, "shown": shown}, "\n".join(lines), data | {"exhibits": told})


@cases.command("close")
@click.argument("case_id", type=int)
@_reason
@pass_session
def close(session: Session, case_id: int, reason: str) -> None:
    """Close case CASE_ID."""
    _change(session, case_id, "closed", reason)


@cases.command("reopen")
@click.argument("case_id", type=int)
@_reason
@pass_session
def reopen(session: Session, case_id: int, reason: str) -> None:
    """Open case CASE_ID again."""
    _change(session, case_id, "reopened", reason)


@cases.command("hand-over")
@click.argument("case_id", type=int)
@click.option("--owner", required=True, help="Who works on it from now on.")
@_reason
@pass_session
def hand_over(session: Session, case_id: int, owner: str, reason: str) -> None:
    """Hand case CASE_ID over to another person."""
    _change(session, case_id, "handed over", reason, owner)


def _change(session: Session, case_id: int, change: str, reason: str, owner: str = "") -> None:
    details = {"case": case_id, "change": change, **({"owner": owner} if owner else {})}
    _write(session, details, reason, lambda r, who: change_case(r.workspace.desk, case_id, change, who, owner=owner))
    to = f" to {owner}" if owner else ""
    session.emit(f"Case {case_id} is {change}{to}.", {"case_id": case_id, "change": change})


def _write(session: Session, details: dict[str, Any], reason: str, do: Callable[[Reading, Who], Any]) -> Any:
    """Log what is written, then write it."""
    if not reason.strip():
        raise FelinarError("A reason is needed: one sentence on why.")
    reading = Reading.open(session)
    log(reading.workspace, "case", {**details, "reason": reason})
    return do(reading, Who(actor(), reading.workspace.config.purpose, reason.strip()))


def _case_line(told: dict[str, Any]) -> str:
    exhibits = count(told["exhibits"], "exhibit")
    return f"{told['case_id']:>4}  {told['state']:<6} {told['owner']:<12} {exhibits:>12}  {told['name']}"


def _line(told: dict[str, Any]) -> str:
    head = f"{told['exhibit_id']:>4}  {told['made_at'][:10]} {told['actor']}: "
    if told["kind"] == "note":
        return f"{head}{told['thing']}"
    return f"{head}{told['kind']} {told['thing']} - {told['reason']} - then: {told['then']}; now: {told['now']}"
