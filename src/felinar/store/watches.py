"""Watches and their alerts in the desk: only ever added. A watch is as its newest change says.

| row              | says                                                                                    |
|------------------|-----------------------------------------------------------------------------------------|
| watch            | who watches what, why, and by when this is looked at again                               |
| change           | renewed (a new day) or ended                                                             |
| alert            | the adverts of one look: those that bring something new, and re-posts of known ones       |
| acknowledgement  | somebody has seen an alert                                                               |
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.store.desk import now, open_desk, writing


@dataclass(frozen=True)
class Watch:
    """One watch. `what` is canonical JSON, `review_on` a day; `ended` the reason why it ended, or empty."""

    watch_id: int
    kind: str
    what: str
    owner: str
    actor: str
    purpose: str
    reason: str
    review_on: str
    made_at: str
    ended: str = ""

    def rests(self, today: str) -> bool:
        """Return whether the day for its review has passed: it then gives no alerts until it is renewed."""
        return self.review_on < today


@dataclass(frozen=True)
class Alert:
    """What one look found: `adverts` bring something new, which `news` names; `reposts` bring nothing.

    `backwards`: found when the watch was set, among what was there already.
    """

    alert_id: int
    watch_id: int
    generation: int
    backwards: bool
    adverts: tuple[int, ...]
    reposts: tuple[int, ...]
    news: dict[str, Any]
    made_at: str
    acknowledged: str = ""


@dataclass(frozen=True)
class Look:
    """What is to be written of one look."""

    generation: int
    adverts: tuple[int, ...]
    reposts: tuple[int, ...]
    news: dict[str, Any]


@dataclass(frozen=True)
class Who:
    """Who writes, in what work, and why."""

    actor: str
    purpose: str
    reason: str


def add_watch(path: Path, kind: str, what: str, who: Who, *, owner: str, review_on: str, first: Look) -> int:
    """Write a watch down with what it found backwards, both or neither, and return its number."""
    sql = "INSERT INTO watches (kind, what, owner, actor, purpose, reason, review_on, made_at) VALUES (?,?,?,?,?,?,?,?)"
    with open_desk(path) as connection, writing(connection):
        held = [w for w in _watches(connection) if (w.kind, w.what) == (kind, what) and not w.ended]
        if held:
            raise FelinarError(f"Watch {held[0].watch_id} ({held[0].owner}) already watches this; nothing was added.")
        watch_id = int(connection.execute(sql, (kind, what, owner, *astuple(who), review_on, now())).lastrowid or 0)
        _add_alert(connection, watch_id, first, backwards=True)
        return watch_id


def change_watch(path: Path, watch_id: int, change: str, who: Who, *, review_on: str = "") -> None:
    """Renew or end a watch; FelinarError where there is none that goes on."""
    sql = """INSERT INTO watch_changes (watch_id, change, review_on, actor, purpose, reason, made_at)
             VALUES (?,?,?,?,?,?,?)"""
    with open_desk(path) as connection, writing(connection):
        if watch_id not in {watch.watch_id for watch in _watches(connection) if not watch.ended}:
            raise FelinarError(f"There is no watch {watch_id} that goes on; nothing was changed.")
        connection.execute(sql, (watch_id, change, review_on, *astuple(who), now()))


def add_alert(path: Path, watch_id: int, look: Look, *, after: int) -> bool:
    """Write down what a look found, unless another look came first: `after` is the watch's last alert it knew of."""
    with open_desk(path) as connection, writing(connection):
        if _last_alert(connection, watch_id) != after:
            return False
        _add_alert(connection, watch_id, look, backwards=False)
        return True


def acknowledge(path: Path, alert_id: int, who: Who) -> None:
    """Write down that an alert was seen; FelinarError where it is not open."""
    sql = "INSERT INTO acknowledgements (alert_id, actor, purpose, reason, made_at) VALUES (?,?,?,?,?)"
    with open_desk(path) as connection, writing(connection):
        if alert_id not in {alert.alert_id for alert in _alerts(connection) if is_open(alert)}:
            raise FelinarError(f"There is no open alert {alert_id}; `felinar watch check` lists those there are.")
        connection.execute(sql, (alert_id, *astuple(who), now()))


def watches(path: Path) -> list[Watch]:
    """Return all watches, those that ended too, oldest first."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return _watches(connection)


def alerts(path: Path, watch_id: int | None = None) -> list[Alert]:
    """Return the alerts of a watch, or of all, oldest first; looks that found only re-posts are among them."""
    if not path.is_file():
        return []
    with open_desk(path) as connection:
        return [alert for alert in _alerts(connection) if watch_id in (None, alert.watch_id)]


def count_open(path: Path) -> int:
    """Return how many alerts wait to be seen, as `is_open` says of each, without reading them."""
    if not path.is_file():
        return 0
    sql = """SELECT count(*) FROM alerts WHERE adverts != '[]' AND NOT backwards
             AND alert_id NOT IN (SELECT alert_id FROM acknowledgements)"""
    with open_desk(path) as connection:
        return int(connection.execute(sql).fetchone()[0])


def is_open(alert: Alert) -> bool:
    """Return whether an alert waits to be seen: re-posts, and what was there before the watch, do not."""
    return bool(alert.adverts) and not alert.backwards and not alert.acknowledged


def _watches(connection: sqlite3.Connection) -> list[Watch]:
    columns = "watch_id, kind, what, owner, actor, purpose, reason, review_on, made_at"
    found = [Watch(*row) for row in connection.execute(f"SELECT {columns} FROM watches ORDER BY watch_id")]
    changes = connection.execute("SELECT watch_id, change, review_on, reason FROM watch_changes ORDER BY change_id")
    by_id = {watch.watch_id: watch for watch in found}
    for watch_id, change, review_on, reason in changes:
        fresh = {"review_on": review_on} if change == "renewed" else {"ended": reason}
        by_id[watch_id] = replace(by_id[watch_id], **fresh)
    return list(by_id.values())


def _alerts(connection: sqlite3.Connection) -> list[Alert]:
    sql = """SELECT alert_id, watch_id, generation, backwards, adverts, reposts, news, alerts.made_at,
                    coalesce(min(acknowledgements.actor || ', ' || acknowledgements.made_at), '')
             FROM alerts LEFT JOIN acknowledgements USING (alert_id) GROUP BY alert_id ORDER BY alert_id"""
    return [
        Alert(number, watch_id, generation, bool(backwards), _ids(adverts), _ids(reposts), json.loads(news), *rest)
        for number, watch_id, generation, backwards, adverts, reposts, news, *rest in connection.execute(sql)
    ]


def _ids(text: str) -> tuple[int, ...]:
    return tuple(map(int, json.loads(text)))


def _last_alert(connection: sqlite3.Connection, watch_id: int) -> int:
    sql = "SELECT coalesce(max(alert_id), 0) FROM alerts WHERE watch_id = ?"
    return int(connection.execute(sql, (watch_id,)).fetchone()[0])


def _add_alert(connection: sqlite3.Connection, watch_id: int, look: Look, *, backwards: bool) -> None:
    sql = "INSERT INTO alerts (watch_id, generation, backwards, adverts, reposts, news, made_at) VALUES (?,?,?,?,?,?,?)"
    ids = (_as_json(look.adverts), _as_json(look.reposts))
    connection.execute(sql, (watch_id, look.generation, backwards, *ids, canonical_json(look.news), now()))


def _as_json(ids: Iterable[int]) -> str:
    return canonical_json(list(ids))
