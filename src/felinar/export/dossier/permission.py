"""Who allowed that identities leave: a second person in a team, or in single-user mode a reason that is logged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from felinar.access.accounts import is_team
from felinar.access.roles import Forbidden
from felinar.audit import log
from felinar.errors import FelinarError
from felinar.store.disclosures import Request, add_request, requests
from felinar.store.watches import Who
from felinar.store.workspace import Workspace

VALID_DAYS = 14  # an approval is for now, not for ever
# What this work is not for: see the licence and docs/limits.md.
_EXCLUDED = re.compile(
    r"\b(immigration|deport\w*|border (?:force|control|guard|police)|anti-prostitution|vice squad|residence status)\b",
    re.IGNORECASE,
)


class NotApproved(FelinarError):
    """Identities that nobody has allowed to leave yet."""


@dataclass(frozen=True)
class Permission:
    """Why identities may leave: `kind` is approved or waived; `by` whoever said so."""

    kind: str
    by: str
    reason: str
    request_id: int | None = None


@dataclass(frozen=True)
class Handing:
    """What is handed over, to whom: `subject` is `lead ID` or `case N`."""

    subject: str
    advert_ids: frozenset[int]
    recipient: str

    def check(self, purpose: str) -> None:
        """Refuse a hand-over without a recipient or purpose, and one to those that this work is not for."""
        for name, given in (("recipient", self.recipient), ("purpose", purpose)):
            if len(given.strip()) < 3:
                raise FelinarError(f"A dossier needs a {name}: who gets it, and what for. Nothing was written.")
            found = _EXCLUDED.search(given)
            if found:
                raise FelinarError(
                    f"The {name} names '{found[0]}'. Felinar is not for immigration control or for policing sex work; "
                    "nothing was written."
                )


def permission(desk: Path, handing: Handing, who: Who, waive: str = "") -> Permission:
    """Return the permission that covers this hand-over; NotApproved says what to do where there is none."""
    if is_team(desk):
        if waive:
            raise Forbidden("This workspace has accounts: a supervisor approves, nobody waives. Nothing was written.")
        return _approved(desk, handing)
    if not waive.strip():
        raise NotApproved(
            "Identities leave only when a second person approves. You work alone: say with --waive 'reason' why it is "
            "right without one; the log keeps it. Without --identities the dossier is masked."
        )
    return Permission("waived", who.actor, waive.strip())


def allowed(workspace: Workspace, handing: Handing, who: Who, waive: str = "") -> Permission:
    """Return the permission; where a team has none yet, the request is logged and written, and NotApproved says so."""
    try:
        return permission(workspace.desk, handing, who, waive)
    except NotApproved as problem:
        if not is_team(workspace.desk):
            raise
        asked = {"dossier": handing.subject, "recipient": handing.recipient, "reason": who.reason}
        log(workspace, "ask", asked, who=who.actor, purpose=who.purpose)
        number = ask(workspace.desk, handing, who)
        raise NotApproved(
            f"{problem} Request {number} waits for a supervisor: felinar export approve {number}, or the page Dossiers "
            "of the desk. Then ask for the dossier again."
        ) from None


def ask(desk: Path, handing: Handing, who: Who) -> int:
    """Return the number of the request that waits for an answer; one that waits already is not written twice."""
    for one in requests(desk):
        if not one.answer and one.actor == who.actor and _covers(one, handing):
            return one.request_id
    if not who.reason.strip():
        raise FelinarError("A request needs a reason: why must the recipient have the identities?")
    return add_request(desk, handing.subject, handing.advert_ids, handing.recipient, **vars(who))


def _approved(desk: Path, handing: Handing) -> Permission:
    since = (datetime.now(UTC) - timedelta(days=VALID_DAYS)).isoformat()
    for one in reversed(list(requests(desk))):
        if one.answer == "approved" and one.answered_at >= since and _covers(one, handing):
            return Permission("approved", one.answered_by, one.answered_because, one.request_id)
    raise NotApproved(
        f"Nobody has approved within {VALID_DAYS} days that {handing.subject}, with the adverts that it holds now, "
        f"goes to {handing.recipient} with identities."
    )


def _covers(request: Request, handing: Handing) -> bool:
    same = (request.subject, request.recipient) == (handing.subject, handing.recipient)
    return same and handing.advert_ids <= request.advert_ids


def request_told(one: Request) -> dict[str, Any]:
    """Return a request as data, with its state in a word and a sentence."""
    adverts = len(one.advert_ids)
    told = f"{one.subject} ({adverts:,} adverts) to {one.recipient}, asked by {one.actor}: {one.reason}"
    if one.answer:
        told += f" - {one.answer} by {one.answered_by}: {one.answered_because}"
    return {**vars(one), "adverts": adverts, "state": one.answer or "waits", "sentence": told}
