"""What a person writes: judgements, statuses, notes, and taking the last one back. Each is logged before it is written.

A button carries what it says in its value, so that one form and one field for the reason serve a whole page:
`advert 12 34 same`, `operation 12 34 different`, `key 56 hub`.
"""

from __future__ import annotations

from typing import Any

from felinar.audit import Contact
from felinar.errors import FelinarError
from felinar.store.judgements import Judgement, add_judgement, judgements, withdraw_judgement
from felinar.store.statuses import Status, add_status, statuses, withdraw_status
from felinar.store.visits import add_note
from felinar.web.pages.split import find_cut
from felinar.web.visit import Visit, own_path

NEXT = "It holds from the next run on."


def judge(visit: Visit) -> str:
    """Write a judgement down; a contradiction to an earlier one is refused with a sentence."""
    said, back = visit.text("said"), own_path(visit.text("back"))
    scope, _, rest = said.partition(" ")
    write = {"advert": _judge_adverts, "operation": _judge_operations, "key": _judge_key}.get(scope)
    if write is None:
        raise FelinarError("Nothing was judged: the page sent no verdict.")
    visit.session.notice = write(visit, rest)
    return back


def split(visit: Visit) -> str:
    """Part an operation at one of its bridges: no advert of one side is ever with one of the other side again."""
    operation_id, at = _id(visit.text("operation")), _id(visit.text("at"))
    cut = find_cut(visit, operation_id, at)
    if visit.text("part") != str(cut.new_id) or visit.text("adverts") != str(len(cut.leaving)):
        raise FelinarError("Nothing was cut: meanwhile a run or a judgement has changed the two sides. Look again.")
    sides = {"left": operation_id, "right": cut.new_id}
    held = {"left_adverts": cut.staying, "right_adverts": cut.leaving}
    visit.session.notice = _write(visit, "operation", "different", **sides, **held)
    return own_path(visit.text("back"))


def _judge_adverts(visit: Visit, rest: str) -> str:
    left, right, verdict = _three(rest)
    for advert_id in (left, right):
        if visit.reading.advert(advert_id) is None:
            raise FelinarError(f"There is no advert {advert_id}; nothing was judged.")
    return _write(visit, "advert", verdict, left=left, right=right)


def _judge_operations(visit: Visit, rest: str) -> str:
    left, right, verdict = _three(rest)
    held = [list(visit.reading.posted(operation_id)) for operation_id in (left, right)]
    for operation_id, adverts in zip((left, right), held, strict=True):
        if not adverts:
            raise FelinarError(f"There is no operation {operation_id}; nothing was judged.")
    return _write(visit, "operation", verdict, left=left, right=right, left_adverts=held[0], right_adverts=held[1])


def _judge_key(visit: Visit, rest: str) -> str:
    number, _, verdict = rest.partition(" ")
    found = visit.reading.keys_by_id(_id(number))
    if not found:
        raise FelinarError(f"There is no key {number}; nothing was judged.")
    return _write(visit, "key", verdict, left=found[0]["key_kind"], right=found[0]["value"])


def _write(visit: Visit, scope: str, verdict: str, **sides: Any) -> str:
    """Log the judgement, then write it, and return the sentence that says so."""
    reason = visit.text("reason").strip() or "read side by side on the desk"
    right = Contact(sides["right"]) if scope == "key" else str(sides["right"])
    details = {"scope": scope, "left": str(sides["left"]), "right": right, "verdict": verdict, "reason": reason}
    visit.log("judge", details)
    desk = visit.desk.workspace.desk
    said: dict[str, Any] = {"scope": scope, "verdict": verdict, "reason": reason, **sides, **visit.who}
    number = add_judgement(desk, **said)
    return f"Judgement {number}: {verdict}. {NEXT}"


def decide(visit: Visit) -> str:
    """Give an operation a status, for the adverts that it holds now; the next lead of the queue comes up if asked."""
    operation_id, status = _id(visit.text("operation")), visit.text("status")
    adverts = list(visit.reading.posted(operation_id))
    if not adverts:
        raise FelinarError(f"There is no operation {operation_id}; nothing was written.")
    reason = visit.text("reason").strip() or "read on the desk"
    visit.log("status", {"operation": str(operation_id), "status": status, "reason": reason})
    add_status(visit.desk.workspace.desk, operation_id, status, advert_ids=adverts, reason=reason, **visit.who)
    visit.session.notice = f"Operation {operation_id} is now: {status}."
    return own_path(visit.text("back"))


def note(visit: Visit) -> str:
    """Write a note beside an operation."""
    operation_id = _id(visit.text("operation"))
    if visit.reading.operation(operation_id) is None:
        raise FelinarError(f"There is no operation {operation_id}; nothing was written.")
    visit.log("note", {"operation": str(operation_id)})
    add_note(visit.desk.workspace.desk, operation_id, visit.text("text"), **visit.who)
    visit.session.notice = "The note is kept."
    return own_path(visit.text("back"))


def undo(visit: Visit) -> str:
    """Take back the last judgement or status of this person; it stays written, but no longer holds."""
    desk, name = visit.desk.workspace.desk, visit.session.name
    mine: list[Judgement | Status] = [j for j in judgements(desk) if j.actor == name]
    mine += [status for status in statuses(desk) if status.actor == name]
    if not mine:
        raise FelinarError("There is nothing of yours that could be taken back.")
    last = max(mine, key=lambda written: written.made_at)
    if isinstance(last, Judgement):
        visit.log("judge", {"verdict": "withdrawn", "judgement": last.judgement_id, "reason": "undone"})
        withdraw_judgement(desk, last.judgement_id, reason="undone", **visit.who)
        visit.session.notice = f"Judgement {last.judgement_id} ({last.verdict}) is taken back."
    else:
        visit.log("status", {"operation": str(last.operation_id), "status": "withdrawn", "withdraws": last.status_id})
        withdraw_status(desk, last.status_id, reason="undone", **visit.who)
        visit.session.notice = f"Operation {last.operation_id} is no longer: {last.status}."
    return own_path(visit.text("back"))


def _three(rest: str) -> tuple[int, int, str]:
    left, right, verdict = (*rest.split(" ", 2), "", "")[:3]
    return _id(left), _id(right), verdict


def _id(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 1 << 63):
        raise FelinarError(f"'{text[:40]}' is no id; nothing was written.")
    return int(text)
