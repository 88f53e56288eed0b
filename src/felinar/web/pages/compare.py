"""Two operations side by side: what ties them, what speaks against it, before anybody joins or parts them."""

from __future__ import annotations

from typing import Any

from felinar.errors import FelinarError
from felinar.export.moves import places
from felinar.export.sentences import count, days, key_sentence
from felinar.export.told import IDENTIFIERS
from felinar.search.paths import shortest_path
from felinar.store.judgements import judgements
from felinar.store.published import Row
from felinar.web.key_name import name_of
from felinar.web.movement import MOST_ADVERTS
from felinar.web.pages.path import told_steps
from felinar.web.visit import NotThere, Told, Visit

_LISTED, _PLACES = 30, 12
# A walk over the keys of large operations takes long and says little: everything is near to them.
_WALKED_UP_TO = 2_000


def tell(visit: Visit) -> Told:
    """Return both operations, the keys that both show, the path between them, and what speaks against one operation."""
    given = [visit.query.get(name, "").replace(" ", "") for name in ("left", "right")]
    if not all(given):
        return Told({"left": None, "right": None, "asked": given, **_nothing()})
    rows = [_operation(visit, text) for text in given]
    if rows[0]["operation_id"] == rows[1]["operation_id"]:
        raise FelinarError("An operation cannot be compared with itself; give two ids.")
    gated = any(visit.shelf.gated(row["operation_id"]) for row in rows)
    if gated:
        raise FelinarError("One of these operations stands behind the gate: report first; it is not compared here.")
    keys = [visit.reading.keys_of_operation(row["operation_id"]) for row in rows]
    placed = [_placed(visit, row) for row in rows]
    shared = _shared(*keys)
    data = {
        "left": _side(visit, rows[0], placed[0]),
        "right": _side(visit, rows[1], placed[1]),
        "asked": given,
        "shared": [_key(visit, key) for key in shared[:_LISTED]],
        "more_shared": max(0, len(shared) - _LISTED),
        "path": _path(visit, rows),
        "for": _for(shared, placed, rows),
        "against": _against(shared, placed, rows),
        "verdict": _verdict(visit, rows),
    }
    return Told(data, {"shown": f"operation:{rows[0]['operation_id']}", "and": f"operation:{rows[1]['operation_id']}"})


def _nothing() -> dict[str, Any]:
    return {"shared": [], "more_shared": 0, "path": [], "for": [], "against": [], "verdict": ""}


def _operation(visit: Visit, text: str) -> Row:
    known = text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 1 << 63
    row = visit.reading.operation(int(text)) if known else None
    if row is None:
        raise NotThere(f"There is no operation {text[:40]}.")
    return row


def _placed(visit: Visit, row: Row) -> list[Row]:
    return visit.reading.placed(list(visit.reading.posted(row["operation_id"]))[-MOST_ADVERTS:])


def _shared(left: list[Row], right: list[Row]) -> list[Row]:
    """Return the keys that both show: contacts first, those that tie before hubs, the rarest first."""
    other = {key["key_no"]: key["shown"] for key in right}
    both = [{**key, "there": other[key["key_no"]]} for key in left if key["key_no"] in other]
    return sorted(both, key=lambda k: (bool(k["hub"]), k["key_kind"] not in IDENTIFIERS, k["adverts"], k["key_no"]))


def _side(visit: Visit, row: Row, placed: list[Row]) -> dict[str, Any]:
    lead = visit.shelf.by_operation.get(row["operation_id"])
    named = places(placed)
    return {
        "operation_id": str(row["operation_id"]),
        "rank": lead["rank"] if lead else None,
        "adverts": row["adverts"],
        "period": days(row),
        "names": row["names"],
        "places": [f"{one.name} ({one.adverts:,})" for one in named[:_PLACES]],
        "more_places": max(0, len(named) - _PLACES),
    }


def _key(visit: Visit, key: Row) -> dict[str, Any]:
    told = {"kind": key["key_kind"], "key_id": str(key["key_id"]), "name": name_of(visit, key), "hub": bool(key["hub"])}
    told |= {"shown": key["shown"], "there": key["there"], "adverts": key["adverts"]}
    return told | {"because": visit.sentence(key_sentence(key, visit.reading))}


def _path(visit: Visit, rows: list[Row]) -> list[dict[str, Any]]:
    """Return the shortest path of keys from one to the other; empty where there is none or both are large."""
    if sum(row["adverts"] for row in rows) > _WALKED_UP_TO:
        return []
    ends = [list(visit.reading.posted(row["operation_id"])) for row in rows]
    return told_steps(visit, shortest_path(visit.reading, *ends) or [])


def _for(shared: list[Row], placed: list[list[Row]], rows: list[Row]) -> list[str]:
    """Return what speaks for one operation, as sentences."""
    own = [key for key in shared if not key["hub"]]
    contacts = sum(1 for key in own if key["key_kind"] in IDENTIFIERS)
    others = len(own) - contacts
    told = [f"They share {count(contacts, 'contact')}; hubs are not counted."] if contacts else []
    if others:
        told.append(f"They share {count(others, 'text')} or picture{'s' * (others != 1)}; hubs are not counted.")
    common = _names(placed[0]) & _names(placed[1])
    if common:
        told.append(f"Both name {_list(sorted(common))}.")
    names = set(rows[0]["names"]) & set(rows[1]["names"])
    return told + ([f"Both use the names {_list(sorted(names))}; common names say little."] if names else [])


def _against(shared: list[Row], placed: list[list[Row]], rows: list[Row]) -> list[str]:
    """Return what speaks against one operation, as sentences."""
    told = []
    if not any(key["key_kind"] in IDENTIFIERS and not key["hub"] for key in shared):
        told.append("No contact of one stands on an advert of the other.")
    hubs = sum(1 for key in shared if key["hub"])
    if hubs and hubs == len(shared):
        told.append("All that they share are hubs, which strangers share too.")
    left, right = (_names(side) for side in placed)
    if left and right and left.isdisjoint(right):
        told.append("They name no place in common.")
    first, last = sorted(rows, key=lambda row: (row["first_seen"] or "", row["operation_id"]))
    if first["last_seen"] and last["first_seen"] and first["last_seen"] < last["first_seen"]:
        told.append(f"One ended on {first['last_seen'][:10]}, before the other began on {last['first_seen'][:10]}.")
    return told


def _names(placed: list[Row]) -> set[str]:
    return {row["place"] for row in placed if row["place"]}


def _list(names: list[str], most: int = 6) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _verdict(visit: Visit, rows: list[Row]) -> str:
    """Return what was judged of the two last, or the empty string."""
    pair = {str(row["operation_id"]) for row in rows}
    held = judgements(visit.desk.workspace.desk)
    said = [j.verdict for j in held if j.scope == "operation" and {j.left, j.right} == pair]
    return said[-1] if said else ""
