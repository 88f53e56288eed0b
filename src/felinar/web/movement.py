"""The map of an operation or a key: its places, the moves of its contacts, and the same in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from felinar.export.moves import moves, places
from felinar.export.told import IDENTIFIERS
from felinar.store.published import Row
from felinar.web.visit import Visit

# More would make everybody wait; the newest adverts say where an operation is now.
MOST_ADVERTS = 500
_CONTACTS, _ROWS = 12, 25


def movement(visit: Visit, keys: list[Row], advert_ids: list[int]) -> dict[str, Any] | None:
    """Return the map (None where no place has a known position), places and moves; None where no advert names a place.

    `keys` are those of these adverts, which come oldest first; only contacts move, a text or a picture is copied.
    """
    from felinar.export.map import drawn

    rows = {row["advert_id"]: row for row in visit.reading.placed(advert_ids[-MOST_ADVERTS:])}
    named = places(rows.values())
    if not named:
        return None
    contacts = [key for key in keys if key["key_kind"] in IDENTIFIERS and not key["hub"]][:_CONTACTS]
    moved, at_once = moves((visit.contact(key["value"]), _showing(visit, key, rows)) for key in contacts)
    found = drawn(named, moved)
    return {
        "map": asdict(found) if found else None,
        "places": [asdict(one) for one in named[:_ROWS]],
        "more_places": max(0, len(named) - _ROWS),
        "moves": [asdict(one) for one in moved[:_ROWS]],
        "more_moves": max(0, len(moved) - _ROWS),
        "at_once": at_once,
        "unnamed": sum(1 for row in rows.values() if not row["place"]),
        "looked_at": len(rows),
        "in_all": len(advert_ids),
    }


def _showing(visit: Visit, key: Row, rows: dict[int, Row]) -> list[Row]:
    return [rows[advert_id] for advert_id in visit.reading.adverts_of_key(key["key_no"]) if advert_id in rows]
