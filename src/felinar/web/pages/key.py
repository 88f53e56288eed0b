"""A selector: the complete history of one number, address, text or picture; and the keys that were refused as links."""

from __future__ import annotations

from collections import Counter
from typing import Any

from felinar.audit import Contact
from felinar.export import told
from felinar.export.judged import judged_on_key
from felinar.export.sentences import GATE_AMONG
from felinar.store.published import Row
from felinar.store.published_desk import Spread
from felinar.web.key_name import name_in_full
from felinar.web.movement import movement
from felinar.web.network import network
from felinar.web.pages.pictures import NO_PICTURES, looked_at, of_key
from felinar.web.visit import NotThere, Told, Visit

A_PAGE = 50
_OPERATIONS = 50
_AROUND, _BESIDE = 300, 60  # adverts and keys that the network of one key looks at


def tell(visit: Visit) -> Told:
    """Return a key with the operations and adverts that show it, oldest first, and what was judged of it."""
    number = visit.id("key_id")
    found = visit.reading.keys_by_id(number)
    if not found:
        raise NotThere(f"There is no key {number}.")
    row, start = found[0], visit.number("start", 0, 10_000_000)
    spread = visit.shelf.spread(visit.reading, row)
    showing = visit.shelf.leads_first(spread.operations)
    behind = any(visit.shelf.gated(o["operation_id"]) for o in showing)
    data = told.key(visit.reading, row) | {
        "gate": GATE_AMONG if behind else "",
        "name": name_in_full(visit, row),
        "operations": [_operation(visit, o) for o in showing[:_OPERATIONS]],
        "in_operations": len(showing),
        "first_seen": min((o["first_seen"] for o in showing if o["first_seen"]), default=None),
        "last_seen": max((o["last_seen"] for o in showing if o["last_seen"]), default=None),
        "places": [] if behind else spread.places[:20],
        "advert_list": [_brief(visit, a) for a in visit.reading.some_light(spread.advert_ids[start : start + A_PAGE])],
        "start": start,
        "later": start + A_PAGE if start + A_PAGE < row["adverts"] else None,
        "earlier": max(0, start - A_PAGE) if start else None,
        "judged": judged_on_key(visit.desk.workspace.desk, row["key_kind"], row["value"]),
        "may_be_hub": row["key_kind"] not in ("near_duplicate",),
        "picture_strip": NO_PICTURES if behind else of_key(visit, row),
        **_drawings(visit, row, spread, shown=not behind),
    }
    return Told(data, {"shown": {"key": Contact(row["value"])}, "start": start, **looked_at(data["picture_strip"])})


def _drawings(visit: Visit, row: Row, spread: Spread, *, shown: bool) -> dict[str, Any]:
    """Return the map of a key's adverts and the keys beside it; a hub stands everywhere and beside everything."""
    if not shown or row["hub"]:
        return {"movement": None, "network": None}
    newest = spread.advert_ids[-_AROUND:]
    counts = Counter(key_no for _, key_no in visit.reading.joining_keys(newest))
    most = sorted(counts, key=lambda key_no: (key_no != row["key_no"], -counts[key_no], key_no))[:_BESIDE]
    keys = [{**visit.reading.key(key_no), "shown": counts[key_no]} for key_no in most]
    return {"movement": movement(visit, [row], spread.advert_ids), "network": network(visit, keys, newest)}


def _operation(visit: Visit, row: Row) -> dict[str, Any]:
    lead = visit.shelf.by_operation.get(row["operation_id"] or 0)
    ids = {"operation_id": str(row["operation_id"] or ""), "rank": lead["rank"] if lead else None}
    return {**row, **ids, "gated": visit.shelf.gated(row["operation_id"])}


def _brief(visit: Visit, row: Row) -> dict[str, Any]:
    gated = visit.shelf.gated(row["operation_id"])
    ids = {"advert_id": str(row["advert_id"]), "operation_id": str(row["operation_id"] or ""), "gated": gated}
    names = ("source_id", "posted_at", "site")
    personal = {name: "" if gated else row[name] for name in ("place_text", "title")}
    return {**ids, **{name: row[name] for name in names}, **personal}


def tell_hubs(visit: Visit) -> Told:
    """Return the keys that tie nothing because strangers share them, those on most adverts first, each with why."""
    start = visit.number("start", 0, 10_000_000)
    hubs = visit.shelf.hubs
    data = {
        "hubs": [_hub(visit, row) for row in hubs[start : start + A_PAGE]],
        "in_all": len(hubs),
        "start": start,
        "later": start + A_PAGE if start + A_PAGE < len(hubs) else None,
        "earlier": max(0, start - A_PAGE) if start else None,
    }
    return Told(data, {"start": start})


def _hub(visit: Visit, row: Row) -> dict[str, Any]:
    one = told.key(visit.reading, row) | {"name": name_in_full(visit, row)}
    return one | {"value": visit.contact(one["value"]), "because": visit.sentence(one["because"])}
