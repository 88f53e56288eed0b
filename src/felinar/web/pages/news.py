"""What changed about an operation since somebody saw it last: adverts that came or went, with contacts and places."""

from __future__ import annotations

from typing import Any

from felinar.export.told import IDENTIFIERS
from felinar.store.published import Row
from felinar.store.published_desk import Posted
from felinar.store.visits import seen_before
from felinar.web.visit import Visit

_LISTED = 8
# More new adverts than this are counted, not looked into: the operation is then as good as unknown.
_LOOKED_INTO = 1_000

NOTHING_NEW: dict[str, Any] = {"since": "", "count": 0, "gone": 0, "adverts": [], "contacts": [], "places": []}


def news(visit: Visit, operation: Row, posted: Posted) -> dict[str, Any]:
    """Return what is new since the last visit: `count` adverts and the newest of them, new contacts, new places.

    `since` is the time of that visit, empty at the first one; `gone` counts adverts that were here then.
    """
    seen = seen_before(visit.desk.workspace.desk, visit.session.name, operation["operation_id"], posted)
    if seen is None:
        return NOTHING_NEW
    if seen.advert_ids is None:  # an older desk kept only how many there were
        return NOTHING_NEW | {"since": seen.made_at}
    new = [advert_id for advert_id in posted if advert_id not in seen.advert_ids]
    told = {"since": seen.made_at, "count": len(new), "gone": len(seen.advert_ids.difference(posted))}
    if not 0 < len(new) <= _LOOKED_INTO:
        return NOTHING_NEW | told
    newest = visit.reading.some_light(new[: -_LISTED - 1 : -1])
    return (
        NOTHING_NEW
        | told
        | {
            "adverts": [_brief(visit, row) for row in newest],
            "contacts": _contacts(visit, new, seen.advert_ids.intersection(posted)),
            "places": _places(visit, new, seen.advert_ids.intersection(posted)),
        }
    )


def _brief(visit: Visit, row: Row) -> dict[str, Any]:
    names = ("source_id", "posted_at", "site", "place_text")
    told = {name: row[name] for name in names}
    return {"advert_id": str(row["advert_id"]), **told, "title": visit.sentence(row["title"])}


def _contacts(visit: Visit, new: list[int], old: frozenset[int]) -> list[dict[str, str]]:
    """Return the contacts that only new adverts of the operation show, by kind and value."""
    numbers = {key_no for _, key_no in visit.reading.joining_keys(new)}
    keys = [visit.reading.key(key_no) for key_no in sorted(numbers)]
    fresh = [
        key
        for key in keys
        if key["key_kind"] in IDENTIFIERS and old.isdisjoint(visit.reading.adverts_of_key(key["key_no"]))
    ]
    fresh.sort(key=lambda key: (IDENTIFIERS.index(key["key_kind"]), key["value"]))
    return [
        {"kind": key["key_kind"], "value": visit.contact(key["value"]), "key_id": str(key["key_id"])} for key in fresh
    ]


def _places(visit: Visit, new: list[int], old: frozenset[int]) -> list[str]:
    """Return the places that only new adverts of the operation name."""
    fresh, known = ({row["place"] for row in visit.reading.placed(ids)} for ids in (new, sorted(old)))
    return sorted(fresh - known - {""})
