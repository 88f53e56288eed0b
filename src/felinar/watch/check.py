"""Ask what is published about the watches: once when a watch is set, then after every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from felinar.errors import FelinarError
from felinar.store.index import WordIndex, WordsMissing
from felinar.store.published import Published
from felinar.store.watches import Alert, Look, Watch, Who, add_alert, add_watch, alerts, is_open, watches
from felinar.store.workspace import Workspace
from felinar.watch.news import News, news
from felinar.watch.seen import seen
from felinar.watch.subject import MOST, Subject, adverts_of, subject_of

REVIEW_DAYS, LONGEST_DAYS = 90, 365


@dataclass(frozen=True)
class Added:
    """A watch that was set, and what it found among what is there."""

    watch_id: int
    subject: Subject
    adverts: int
    review_on: str


def today() -> str:
    """Return the day, UTC."""
    return datetime.now(UTC).date().isoformat()


def watch(workspace: Workspace, typed: str, who: Who, *, owner: str = "", review_on: str = "") -> Added:
    """Set a watch and look backwards at once; both are on the disk, or neither, when this returns."""
    published = Published.open(workspace.published)
    try:
        subject = subject_of(published, typed)
        found = adverts_of(published, index_of(workspace), (subject.kind, subject.what))
        if len(found) > MOST:
            raise FelinarError(f"{subject.said}: more than {MOST:,} adverts. Watch something narrower.")
        review = review_day(review_on)
        first = Look(int(published.facts["generation"]), tuple(found), (), {})
    finally:
        published.close()
    watch_id = add_watch(
        workspace.desk, subject.kind, subject.what, who, owner=owner or who.actor, review_on=review, first=first
    )
    return Added(watch_id, subject, len(found), review)


def check(workspace: Workspace) -> list[Alert]:
    """Look after every watch that goes on and does not rest; write down what is new and return the new alerts."""
    going = [one for one in watches(workspace.desk) if not one.ended and not one.rests(today())]
    if not going or not workspace.published.is_file():
        return []
    last = max((alert.alert_id for alert in alerts(workspace.desk)), default=0)
    published, index = Published.open(workspace.published), index_of(workspace)
    try:
        for one in going:
            if one.kind != "words" or index is not None:
                _check(workspace, published, index, one)
    finally:
        published.close()
    return [alert for alert in alerts(workspace.desk) if alert.alert_id > last and is_open(alert)]


def _check(workspace: Workspace, published: Published, index: WordIndex | None, one: Watch) -> None:
    """Look after one watch; where somebody else looked in the meantime, look again at what they left."""
    while True:
        before = alerts(workspace.desk, one.watch_id)
        known = {advert_id for alert in before for advert_id in (*alert.adverts, *alert.reposts)}
        found_now = adverts_of(published, index, (one.kind, one.what), MOST + len(known))
        fresh = [advert_id for advert_id in found_now if advert_id not in known][:MOST]
        found = _news(published, known, fresh)
        if not found.adverts and not found.reposts:
            return
        look = Look(int(published.facts["generation"]), found.adverts, found.reposts, found.values)
        if add_alert(workspace.desk, one.watch_id, look, after=before[-1].alert_id):
            return


def _news(published: Published, known: set[int], fresh: list[int]) -> News:
    coming, _ = seen(published, fresh)
    return news(seen(published, known)[0], coming) if coming else News()


def index_of(workspace: Workspace) -> WordIndex | None:
    """Return the index of words, None where there is none."""
    try:
        return WordIndex.open(workspace.folder)
    except WordsMissing:
        return None


def review_day(given: str) -> str:
    """Return the day on which a watch is to be looked at again: the one given, else in 90 days; at most in a year."""
    begin = datetime.now(UTC).date()
    if not given:
        return (begin + timedelta(days=REVIEW_DAYS)).isoformat()
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise FelinarError(f"'{given}' is no day; write it as in {begin.isoformat()}.") from None
    if not begin < day <= begin + timedelta(days=LONGEST_DAYS):
        raise FelinarError(f"{given} is no day for a review: it must lie between tomorrow and a year from now.")
    return given
