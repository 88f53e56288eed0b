"""Watches, alerts and suppressions as plain data and as sentences, for the command line and the pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from felinar.export.sentences import count, few
from felinar.store.published import Published
from felinar.store.watches import Alert, Watch, is_open
from felinar.watch.news import KINDS
from felinar.watch.seen import seen
from felinar.watch.subject import said
from felinar.watch.suppress import State

_SHOWN = 5
Told = dict[str, Any]


def watch_told(watch: Watch, found: Iterable[Alert], today: str) -> Told:
    """Return one watch with how many adverts it has seen, how many alerts wait, and its state in a word."""
    mine = [alert for alert in found if alert.watch_id == watch.watch_id]
    state = "ended" if watch.ended else "rests" if watch.rests(today) else "goes on"
    return {
        "watch_id": watch.watch_id,
        "kind": watch.kind,
        "said": said(watch.kind, watch.what),
        "owner": watch.owner,
        "purpose": watch.purpose,
        "reason": watch.reason,
        "review_on": watch.review_on,
        "made_at": watch.made_at,
        "state": state,
        "adverts": sum(len(alert.adverts) + len(alert.reposts) for alert in mine),
        "open_alerts": sum(map(is_open, mine)),
    }


def watch_line(told: Told) -> str:
    """Return one watch in a line."""
    waits = f", {count(told['open_alerts'], 'alert')} to see" if told["open_alerts"] else ""
    review = f"review by {told['review_on']}"
    if told["state"] == "rests":
        review = f"RESTS since {told['review_on']}: renew it or end it"
    elif told["state"] == "ended":
        review = "ended"
    about = f"{told['said']}: {count(told['adverts'], 'advert')} so far{waits}"
    return f"watch {told['watch_id']}  {about}; {told['owner']}, {told['reason']}; {review}"


def alert_told(alert: Alert, watch: Watch, published: Published) -> Told:
    """Return one alert: what is new, the operations that it is about, and whether some of it is behind the gate."""
    adverts, behind = seen(published, alert.adverts)
    there = {advert.advert_id for advert in adverts}
    operations = {row["operation_id"] for row in published.plain_adverts(there)} - {None}
    return {
        "alert_id": alert.alert_id,
        "watch_id": watch.watch_id,
        "watch": said(watch.kind, watch.what),
        "made_at": alert.made_at,
        "said": _sentence(alert, len(behind)),
        "adverts": [str(advert_id) for advert_id in alert.adverts],
        "reposts": len(alert.reposts),
        "news": alert.news,
        "operations": [str(operation_id) for operation_id in sorted(operations)],
        "gated": len(behind),
        "acknowledged": alert.acknowledged,
    }


def _sentence(alert: Alert, behind: int) -> str:
    parts = [f"{count(len(alert.adverts), 'advert')} with something new"]
    for kind in KINDS:
        values = alert.news.get(kind, [])
        if values and kind == "text":
            parts.append(f"{count(len(values), 'new text')}")
        elif values:
            parts.append(f"new {kind}{'' if len(values) == 1 else 's'} {few(values, _SHOWN)}")
    if alert.reposts:
        parts.append(f"{count(len(alert.reposts), 're-post')} folded away")
    if behind:
        parts.append(f"{behind} behind the gate 'possible minor': report first")
    return "; ".join(parts) + "."


def alert_line(told: Told) -> str:
    """Return one alert in two lines."""
    operations = f"operation {few(told['operations'], 3)}" if told["operations"] else "no operation any more"
    return (
        f"alert {told['alert_id']}  {told['made_at'][:10]}, watch {told['watch_id']} ({told['watch']}): "
        f"{told['said']}\n  {operations}; adverts {few(told['adverts'], 3)}"
    )


def suppression_told(state: State) -> Told:
    """Return one suppression; the contact itself is not known any more."""
    one = state.suppression
    return {
        "suppression_id": one.suppression_id,
        "kind": one.kind,
        "state": state.state,
        "until": one.until,
        "actor": one.actor,
        "reason": one.reason,
        "operations": len(state.operations),
        "new_signs": state.new_signs,
    }


def suppression_line(told: Told) -> str:
    """Return one suppression in a line."""
    hides = f"hides {count(told['operations'], 'operation')} until {told['until']}"
    if told["state"] == "review":
        hides = f"TO REVIEW, hides nothing: {', '.join(told['new_signs'])} came up since"
    elif told["state"] == "over":
        hides = f"over since {told['until']}"
    return f"suppression {told['suppression_id']}  a {told['kind']} ({told['actor']}, {told['reason']}): {hides}"
