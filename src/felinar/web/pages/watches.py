"""What is watched, and what is new about it; and the contacts that a supervisor keeps from coming up again."""

from __future__ import annotations

from felinar.access.roles import May
from felinar.audit import Contact
from felinar.errors import FelinarError
from felinar.search.refused import Refused
from felinar.store.suppressions import lift_suppression
from felinar.store.watches import Who, acknowledge, alerts, change_watch, is_open, watches
from felinar.watch.check import review_day, today
from felinar.watch.check import watch as set_watch
from felinar.watch.suppress import states, suppress
from felinar.watch.told import alert_told, suppression_told, watch_told
from felinar.web.visit import Told, Visit, own_path

_CHANGES = {"renew": "renewed", "end": "ended"}


def tell(visit: Visit) -> Told:
    """Return the alerts that wait, the watches, and for a supervisor the suppressions."""
    desk, day = visit.desk.workspace.desk, today()
    found, held = alerts(desk), watches(desk)
    by_id = {watch.watch_id: watch for watch in held}
    waiting = [alert_told(a, by_id[a.watch_id], visit.reading) for a in found if is_open(a) and a.watch_id in by_id]
    supervises = visit.may(May.SUPPRESS)
    state = states(visit.desk.workspace, visit.reading, day) if supervises else []
    data = {
        "alerts": waiting,
        "watches": [watch_told(watch, found, day) for watch in held],
        "suppressions": [suppression_told(one) for one in state],
        "may_suppress": supervises,
        "typed": visit.query.get("what", ""),
    }
    return Told(data, {"alerts": [a["alert_id"] for a in waiting], "watches": sorted(by_id)})


def add(visit: Visit) -> str:
    """Set a watch: it is matched backwards at once, and forwards after every run."""
    typed = visit.text("what")
    visit.log("watch", {"add": Contact(typed), "reason": _reason(visit)})
    try:
        added = set_watch(visit.desk.workspace, typed, _who(visit), review_on=visit.text("review"))
    except Refused:
        visit.log("refused", {"watch": Contact(typed), "why": "a stated age under 18"})
        raise
    told = f"Watch {added.watch_id}: {added.subject.said}; {added.adverts:,} adverts there already."
    visit.session.notice = f"{told} Look at it again by {added.review_on}."
    return own_path(visit.text("back"))


def change(visit: Visit) -> str:
    """Renew or end a watch, or acknowledge an alert."""
    what, _, number = visit.text("change").partition(" ")
    if not (number.isascii() and number.isdigit() and len(number) < 19) or what not in (*_CHANGES, "acknowledge"):
        raise FelinarError("Nothing was changed: the page sent no watch and no alert.")
    visit.log("acknowledge" if what == "acknowledge" else "watch", {what: int(number), "reason": _reason(visit)})
    if what == "acknowledge":
        acknowledge(visit.desk.workspace.desk, int(number), _who(visit))
    else:
        day = review_day("") if what == "renew" else ""
        change_watch(visit.desk.workspace.desk, int(number), _CHANGES[what], _who(visit), review_on=day)
    visit.session.notice = {"acknowledge": "Alert", "renew": "Watch", "end": "Watch"}[what] + f" {number}: done."
    return own_path(visit.text("back"))


def stop_surfacing(visit: Visit) -> str:
    """Suppress a contact for 180 days, or lift a suppression; a supervisor decides it, with a reason."""
    visit.refuse_without_accounts()
    if not visit.text("reason").strip():
        raise FelinarError("A suppression needs a reason that others can follow.")
    lift = visit.text("lift")
    if lift.isascii() and lift.isdigit() and len(lift) < 19:
        visit.log("suppress", {"lift": int(lift), "reason": _reason(visit)})
        lift_suppression(visit.desk.workspace.desk, int(lift), **visit.who, reason=_reason(visit))
        visit.session.notice = f"Suppression {lift} is lifted."
    else:
        typed = visit.text("what")
        visit.log("suppress", {"contact": Contact(typed), "reason": _reason(visit)})
        number, until = suppress(visit.desk.workspace, visit.reading, typed, _who(visit))
        visit.session.notice = f"Suppression {number}: the contact does not surface until {until}."
    return own_path(visit.text("back"))


def _who(visit: Visit) -> Who:
    return Who(**visit.who, reason=_reason(visit))


def _reason(visit: Visit) -> str:
    return visit.text("reason").strip() or "read on the desk"
