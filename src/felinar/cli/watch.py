"""`felinar watch`: set watches, see what is new about them, and keep a contact from coming up again."""

from __future__ import annotations

from dataclasses import replace

import click

from felinar.access.roles import May
from felinar.audit import Contact, actor, log
from felinar.cli.reading import Reading
from felinar.cli.session import Session, pass_session
from felinar.cli.signing import signed_in
from felinar.errors import FelinarError
from felinar.export.sentences import count
from felinar.search.refused import Refused
from felinar.store.suppressions import lift_suppression
from felinar.store.watches import Who, acknowledge, alerts, change_watch, is_open, watches
from felinar.watch.check import check as check_watches
from felinar.watch.check import review_day, today
from felinar.watch.check import watch as set_watch
from felinar.watch.suppress import states, suppress
from felinar.watch.told import (
    alert_line,
    alert_told,
    suppression_line,
    suppression_told,
    watch_line,
    watch_told,
)

_reason = click.option("--reason", required=True, help="Why, in a few words; kept with your name and the time.")
_review = click.option("--review", default="", metavar="DAY", help="Day to look at it again; default in 90 days.")


@click.group(short_help="Watch a contact, a text or words; see what each run brings.")
def watch() -> None:
    """Watch a contact, a text or words: every run is asked what is new about them.

    A watch has an owner, a reason and a day by which it is looked at again; after that day it rests until renewed.
    """


@watch.command("add")
@click.argument("what", nargs=-1, required=True)
@click.option("--owner", default="", help="Who answers for it; default: you.")
@_review
@_reason
@pass_session
def add(session: Session, what: tuple[str, ...], owner: str, review: str, reason: str) -> None:
    """Watch WHAT: a contact in any notation, key:ID or advert:ID (texts nearly the same), or words as in search."""
    reading, typed = Reading.open(session), " ".join(what)
    log(reading.workspace, "watch", {"add": Contact(typed), "reason": reason, "owner": owner})
    try:
        added = set_watch(reading.workspace, typed, _who(reading, reason), owner=owner, review_on=review)
    except Refused:
        log(reading.workspace, "refused", {"watch": Contact(typed), "why": "a stated age under 18"})
        raise
    about = f"{added.subject.said}. {count(added.adverts, 'advert')} there already; see them with felinar search."
    text = f"Watch {added.watch_id}: {about} Look at it again by {added.review_on}."
    data = {"watch_id": added.watch_id, "kind": added.subject.kind, "said": added.subject.said}
    session.emit(text, {**data, "adverts": added.adverts, "review_on": added.review_on})


@watch.command("list")
@click.option("--all", "ended_too", is_flag=True, help="Those that ended, too.")
@pass_session
def list_watches(session: Session, ended_too: bool) -> None:
    """List the watches: what, whose, why, how many adverts so far, and when to look at them again."""
    reading = Reading.open(session)
    desk, day = reading.workspace.desk, today()
    found = alerts(desk)
    told = [watch_told(one, found, day) for one in watches(desk) if ended_too or not one.ended]
    text = "\n".join(map(watch_line, told)) or "Nothing is watched: felinar watch add WHAT --reason WHY."
    reading.show("watches", {"watches": [one["watch_id"] for one in told]}, text, told)


@watch.command("check")
@click.option("--all", "seen_too", is_flag=True, help="Alerts that were acknowledged, too.")
@pass_session
def check(session: Session, seen_too: bool) -> None:
    """Look after every watch now (each run does, too) and show the alerts that wait to be seen."""
    reading = Reading.open(session)
    check_watches(reading.workspace)
    by_id = {one.watch_id: one for one in watches(reading.workspace.desk)}
    found = [a for a in alerts(reading.workspace.desk) if is_open(a) or (seen_too and a.adverts and not a.backwards)]
    told = [alert_told(alert, by_id[alert.watch_id], reading.published) for alert in found]
    details = {"alerts": [one["alert_id"] for one in told], "adverts": [i for one in told for i in one["adverts"]]}
    reading.show("alerts", details, "\n".join(map(alert_line, told)) or "Nothing new.", told)
    if told:
        session.say("Seen? felinar watch acknowledge ALERT --reason WHAT-WAS-DONE")


@watch.command("acknowledge")
@click.argument("alert", type=int)
@_reason
@pass_session
def seen(session: Session, alert: int, reason: str) -> None:
    """Say that ALERT was seen, and what was done about it."""
    reading = Reading.open(session)
    log(reading.workspace, "acknowledge", {"alert": alert, "reason": reason})
    acknowledge(reading.workspace.desk, alert, _who(reading, reason))
    session.emit(f"Alert {alert} is acknowledged.", {"alert_id": alert})


@watch.command("renew")
@click.argument("number", type=int)
@_review
@_reason
@pass_session
def renew(session: Session, number: int, review: str, reason: str) -> None:
    """Let watch NUMBER go on until another day."""
    day = review_day(review)
    _change(session, number, "renewed", reason, day)
    session.emit(f"Watch {number} goes on; look at it again by {day}.", {"watch_id": number, "review_on": day})


@watch.command("end")
@click.argument("number", type=int)
@_reason
@pass_session
def end(session: Session, number: int, reason: str) -> None:
    """End watch NUMBER; it stays written, and gives no more alerts."""
    _change(session, number, "ended", reason, "")
    session.emit(f"Watch {number} has ended.", {"watch_id": number})


@watch.command("suppress")
@click.argument("contact", nargs=-1, required=True)
@_reason
@pass_session
def suppress_contact(session: Session, contact: tuple[str, ...], reason: str) -> None:
    """Stop surfacing CONTACT for 180 days, or until there is new structural evidence; in a team a supervisor does."""
    reading, typed = Reading.open(session), " ".join(contact)
    who = replace(_who(reading, reason), actor=signed_in(reading.workspace, May.SUPPRESS))
    log(reading.workspace, "suppress", {"contact": Contact(typed), "reason": reason}, who=who.actor)
    number, until = suppress(reading.workspace, reading.published, typed, who)
    text = f"Suppression {number}: this contact does not surface until {until}. Only a keyed hash of it was kept."
    session.emit(text, {"suppression_id": number, "until": until})


@watch.command("suppressed")
@pass_session
def suppressed(session: Session) -> None:
    """List the suppressions and which of them wait for review."""
    reading = Reading.open(session)
    told = [suppression_told(state) for state in states(reading.workspace, reading.published, today())]
    details = {"suppressions": [one["suppression_id"] for one in told]}
    reading.show("watches", details, "\n".join(map(suppression_line, told)) or "Nothing is suppressed.", told)


@watch.command("lift")
@click.argument("number", type=int)
@_reason
@pass_session
def lift(session: Session, number: int, reason: str) -> None:
    """Lift suppression NUMBER: what it hid surfaces again."""
    reading = Reading.open(session)
    who = replace(_who(reading, reason), actor=signed_in(reading.workspace, May.SUPPRESS))
    log(reading.workspace, "suppress", {"lift": number, "reason": reason}, who=who.actor)
    lift_suppression(reading.workspace.desk, number, **vars(who))
    session.emit(f"Suppression {number} is lifted.", {"suppression_id": number})


def _change(session: Session, number: int, change: str, reason: str, review_on: str) -> None:
    reading = Reading.open(session)
    log(reading.workspace, "watch", {change: number, "reason": reason})
    change_watch(reading.workspace.desk, number, change, _who(reading, reason), review_on=review_on)


def _who(reading: Reading, reason: str) -> Who:
    if not reason.strip():
        raise FelinarError("A reason is needed: one sentence on why.")
    return Who(actor(), reading.workspace.config.purpose, reason.strip())
