"""Who asked to pass identities on, and what a second person answered: only ever added.

A request names the adverts that it speaks of: an approval covers these and no others, for one recipient.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.store.desk import now, open_desk, writing

ANSWERS = ("approved", "refused")
_ASKED = "request_id, subject, adverts, recipient, actor, purpose, reason, made_at"


@dataclass(frozen=True)
class Request:
    """One request. `subject` is `lead ID` or `case N`; `answer` is approved, refused, or empty while it waits."""

    request_id: int
    subject: str
    adverts: str
    recipient: str
    actor: str
    purpose: str
    reason: str
    made_at: str
    answer: str = ""
    answered_by: str = ""
    answered_because: str = ""
    answered_at: str = ""

    @property
    def advert_ids(self) -> frozenset[int]:
        """The adverts that the request speaks of."""
        return frozenset(map(int, json.loads(self.adverts)))


def add_request(
    path: Path, subject: str, advert_ids: Iterable[int], recipient: str, *, actor: str, purpose: str, reason: str
) -> int:
    """Write a request down and return its number."""
    row = (subject, canonical_json(sorted(advert_ids)), recipient, actor, purpose, reason, now())
    sql = f"INSERT INTO disclosure_requests ({_ASKED.partition(', ')[2]}) VALUES (?, ?, ?, ?, ?, ?, ?)"
    with open_desk(path) as connection, writing(connection):
        return int(connection.execute(sql, row).lastrowid or 0)


def answer_request(path: Path, request_id: int, answer: str, *, actor: str, purpose: str, reason: str) -> Request:
    """Write the answer of a second person down and return the request; one is answered once, and never by who asked."""
    if answer not in ANSWERS:
        raise ValueError(f"'{answer}' is no answer; there are {', '.join(ANSWERS)}")
    with open_desk(path) as connection, writing(connection):
        asked = {one.request_id: one for one in _all(connection)}.get(request_id)
        if asked is None:
            raise FelinarError(f"There is no request {request_id}. See them with: felinar export requests.")
        if asked.answer:
            raise FelinarError(f"Request {request_id} was {asked.answer} by {asked.answered_by} already.")
        if asked.actor == actor:
            raise FelinarError(f"Request {request_id} is your own: a second person answers it.")
        row = (request_id, answer, actor, purpose, reason, now())
        sql = """INSERT INTO disclosure_answers (request_id, answer, actor, purpose, reason, made_at)
                 VALUES (?, ?, ?, ?, ?, ?)"""
        connection.execute(sql, row)
        return asked


def requests(path: Path) -> list[Request]:
    """Return all requests with their answers, oldest first."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return _all(connection)


def _all(connection: sqlite3.Connection) -> list[Request]:
    asked = ", ".join(f"r.{name}" for name in _ASKED.split(", "))
    sql = f"""SELECT {asked}, coalesce(a.answer, ''), coalesce(a.actor, ''), coalesce(a.reason, ''),
              coalesce(a.made_at, '') FROM disclosure_requests r LEFT JOIN disclosure_answers a USING (request_id)
              ORDER BY r.request_id"""
    return [Request(*row) for row in connection.execute(sql)]
