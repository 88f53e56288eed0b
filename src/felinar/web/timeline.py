"""The postings of an operation over time: a row for each contact and each template, as numbers for an SVG."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from felinar.export.timeline import LEFT, WIDTH, by_day, timeline, x_of
from felinar.store.published import Row
from felinar.store.published_desk import Posted
from felinar.web.own_text import own_words
from felinar.web.period import Period
from felinar.web.visit import Visit

_CONTACTS, _TEXTS, _WORDS = 5, 3, 5


def drawn(visit: Visit, operation_id: int, keys: list[Row], posted: Posted) -> dict[str, Any] | None:
    """Return the layout, rows of the most shown contacts first, then of templates; None where a day says it all."""
    contacts = [key for key in keys if not key["key_kind"].startswith(("near_duplicate", "picture"))][:_CONTACTS]
    texts = [key for key in keys if key["key_kind"] == "near_duplicate"][:_TEXTS]
    day_of = {advert_id: at[:10] for advert_id, at in posted.items() if at}
    rows = [(_label(visit, key, operation_id), _days(visit, key, day_of)) for key in (*contacts, *texts)]
    found = timeline(rows or [("all adverts", by_day(posted.values()))])
    return {**asdict(found), "width": WIDTH, "left": LEFT} if found else None


def brushed(found: dict[str, Any] | None, period: Period) -> dict[str, float] | None:
    """Return where the chosen time lies on a timeline (`x` and `width`); None without a choice, or beyond the ends."""
    if found is None or not period:
        return None
    first, last = max(period.first, found["first"]), min(period.last or found["last"], found["last"])
    if last < first:
        return None
    left, right = (x_of(day, found["first"], found["last"]) for day in (first, last))
    return {"x": round(left - 5, 1), "width": round(right - left + 10, 1)}


def _days(visit: Visit, key: Row, day_of: dict[int, str]) -> Counter[str]:
    """Return how many adverts of this operation show a key, by the day of their posting."""
    return Counter(filter(None, map(day_of.get, visit.reading.adverts_of_key(key["key_no"]))))


def _label(visit: Visit, key: Row, operation_id: int) -> str:
    if key["key_kind"] != "near_duplicate":
        return visit.contact(key["value"])
    words = own_words(visit.reading, key, operation_id, _WORDS)
    return f"text “{words} …”" if words else f"text on {key['adverts']:,} adverts"
