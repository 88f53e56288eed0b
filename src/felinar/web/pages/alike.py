"""Other operations like one: they show keys that it shows too, though not enough to be one with it."""

from __future__ import annotations

from typing import Any

from felinar.store.published import Row
from felinar.web.key_name import name_of
from felinar.web.visit import Visit

# A key that thousands show says nothing about two; of the others the rarest say most.
_MOST_ADVERTS, _MOST_KEYS, _MOST, _NAMED = 500, 80, 8, 3


def alike(visit: Visit, operation_id: int, keys: list[Row]) -> list[dict[str, Any]]:
    """Return the operations that share keys with this one, those that share most first; hubs count last.

    Of what stands behind the gate only the id is told; what a suppression keeps from surfacing is left out.
    """
    shared = [key for key in keys if key["shown"] < key["adverts"] <= _MOST_ADVERTS]
    rarest = sorted(shared, key=lambda key: (key["adverts"], key["key_kind"], key["key_id"]))[:_MOST_KEYS]
    by_number = {key["key_no"]: key for key in rarest}
    found: dict[int, list[Row]] = {}
    hidden = visit.shelf.hidden(visit.desk.workspace, visit.reading)
    for row in visit.reading.beside(operation_id, by_number):
        if row["operation_id"] in hidden:
            continue
        found.setdefault(row["operation_id"], []).append(by_number[row["key_no"]])
    order = sorted(found, key=lambda other: (*_weight(found[other]), other))
    return [_one(visit, operation_id, other, found[other]) for other in order[:_MOST]]


def _weight(keys: list[Row]) -> tuple[int, int, int]:
    """Return the order of shared keys: most that are no hubs, most of all, then the rarest."""
    return -sum(1 for key in keys if not key["hub"]), -len(keys), min(key["adverts"] for key in keys)


def _one(visit: Visit, of: int, operation_id: int, keys: list[Row]) -> dict[str, Any]:
    lead = visit.shelf.by_operation.get(operation_id)
    gated = visit.shelf.gated(operation_id)
    row = visit.reading.operation(operation_id) or {"adverts": 0}
    first = sorted(keys, key=lambda key: (key["adverts"], key["key_kind"], key["key_id"]))[:_NAMED]
    return {
        "operation_id": str(operation_id),
        "rank": lead["rank"] if lead else None,
        "adverts": row["adverts"],
        "gated": gated,
        "shares": [] if gated else [name_of(visit, key, of) for key in first],
        "keys": len(keys),
    }
