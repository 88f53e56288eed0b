"""Everything known about an advert, an operation or a key, with the reasons, as plain data to show or write."""

from __future__ import annotations

from typing import Any

from felinar.export.sentences import (
    GATE,
    GATE_AMONG,
    GATE_LONG,
    history,
    key_sentence,
    other_explanations,
    reasons,
    weakest_link,
)
from felinar.export.weakest import to_check
from felinar.store.published import Published, Row

# Behind the gate nothing is shown that describes a person.
_PERSONAL = {"name", "age", "phrase", "place", "price", "language", "job", "taken_at", "taken_where", "camera_owner"}
_GATE_INDICATOR = "POSSIBLE_MINOR"
# Kinds of keys that reach or name a poster: what is copied into a request, a list or another program.
IDENTIFIERS = ("phone", "email", "handle", "url", "wallet", "iban", "account", "masked")
_TEXTS = ("title", "body", "contact_text", "place_text", "price_text")
Told = dict[str, Any]


def gate_of(published: Published, operation_id: int | None) -> str:
    """Return the gate in front of an operation, or the empty string."""
    lead = published.lead(operation_id) if operation_id is not None else None
    return str(lead["gate"]) if lead else ""


def gated_below(published: Published, top: int) -> list[str]:
    """Return the operations behind the gate that the first `top` leads do not show: the score does not rank a duty."""
    return [str(lead["operation_id"]) for lead in published.leads() if lead["gate"] and lead["rank"] > top]


def gate_of_key(published: Published, showing: list[Row]) -> tuple[str, list[Told]]:
    """Return the gate in front of what shows a key, and its operations, leads first in the order of reading.

    Each has its `rank` (None for no lead), and `gated` says whether it is behind the gate.
    """
    told = [_showing(published, row) for row in showing]
    told.sort(key=lambda row: (row["rank"] is None, row["rank"]))
    gated = [row["gated"] for row in told]
    return (GATE if all(gated) else GATE_AMONG) if any(gated) else "", told


def _showing(published: Published, row: Row) -> Told:
    lead = published.lead(row["operation_id"]) if row["operation_id"] is not None else None
    rank, gated = (lead["rank"], bool(lead["gate"])) if lead else (None, False)
    return {**row, "operation_id": str(row["operation_id"] or ""), "rank": rank, "gated": gated}


def operation(published: Published, row: Row) -> Told:
    """Return an operation with its reasons for and against, weakest link, keys and adverts."""
    operation_id = row["operation_id"]
    lead, hits = published.lead(operation_id), published.hits(operation_id)
    gated = bool(lead and lead["gate"])
    keys, adverts = published.keys_of_operation(operation_id), published.adverts_of_operation(operation_id)
    return {
        "thing": "operation",
        "operation_id": str(operation_id),
        "gate": GATE_LONG if gated else "",
        "gate_advert_ids": _raised_by(hits) if gated else [],
        "rank": lead["rank"] if lead else None,
        "score": lead["score"] if lead else None,
        "recognised_as": lead["recognised_as"] if lead else "",
        "adverts": row["adverts"],
        "first_seen": row["first_seen"],
        "last_seen": row["last_seen"],
        "places": [] if gated else row["places"],
        "names": [] if gated else row["names"],
        "reasons_for": reasons(lead, hits, "reasons_for") if lead and not gated else [],
        "reasons_against": reasons(lead, hits, "reasons_against") if lead and not gated else [],
        "other_explanations": other_explanations(lead) if lead and not gated else [],
        "weakest_link": weakest_link(row),
        "weakest_link_check": to_check(published, row, keys, adverts),
        "previous_ids": [str(i) for i in row["previous_ids"]],
        "history": history(row),
        "identifiers": identifiers(keys),
        "keys": [key(published, k) for k in keys],
        "advert_list": [_brief(a, gated) for a in adverts],
    }


def identifiers(keys: list[Row]) -> list[str]:
    """Return the values that reach or name the poster, by kind and then most shown first; hubs are nobody's own."""
    own = [key for key in keys if key["key_kind"] in IDENTIFIERS and not key["hub"]]
    return [key["value"] for key in sorted(own, key=lambda k: IDENTIFIERS.index(k["key_kind"]))]


def _raised_by(hits: list[Row]) -> list[str]:
    """Return the adverts that raised the gate: a report begins with them."""
    return [str(i) for hit in hits if hit["indicator"] == _GATE_INDICATOR for i in hit["advert_ids"]]


def _brief(row: Row, gated: bool) -> Told:
    title = "" if gated else row["title"]
    return {
        "advert_id": str(row["advert_id"]),
        "source_id": row["source_id"],
        "posted_at": row["posted_at"],
        "site": row["site"],
        "place_text": "" if gated else row["place_text"],
        "title": title,
    }


def key(published: Published, row: Row) -> Told:
    """Return a key with its hub flag and the sentence that explains it; `shown`: adverts of the operation at hand."""
    counts = {name: row[name] for name in ("adverts", "contexts", "texts", "others", "sites")}
    told = {"thing": "key", "kind": row["key_kind"], "key_id": str(row["key_id"]), "value": row["value"], **counts}
    told |= {"hub": bool(row["hub"]), "because": key_sentence(row, published)}
    return told | {name: row[name] for name in ("shown", "millibits", "matched") if name in row}


def key_in_full(published: Published, row: Row) -> Told:
    """Return a key with the operations and adverts that show it."""
    gate, showing = gate_of_key(published, published.showing(row["key_no"]))
    adverts = [str(advert_id) for advert_id in published.adverts_of_key(row["key_no"])]
    return key(published, row) | {"gate": gate, "operations": showing, "advert_ids": adverts}


def advert(published: Published, row: Row) -> Told:
    """Return an advert with its keys, mentions (raw characters and place in the original) and sightings."""
    gated = bool(gate_of(published, row["operation_id"]))
    told: Told = {
        "thing": "advert",
        "advert_id": str(row["advert_id"]),
        "operation_id": str(row["operation_id"] or ""),
        "gate": GATE_LONG if gated else "",
    }
    told |= {n: row[n] for n in ("source", "source_id", "url", "site", "account", "posted_at", "category")}
    told["language"] = "" if gated else row["language"]
    told |= {name: "" if gated else row[name] for name in _TEXTS}
    told["keys"] = [key(published, k) for k in published.keys_of_advert(row["advert_id"])]
    told["mentions"] = [_mention(row, m) for m in row["mentions"] if not (gated and m["kind"] in _PERSONAL)]
    told["pictures"] = [] if gated else [p["path"] for p in row["pictures"]]
    return told | {"extra": "" if gated else row["extra"], "sightings": row["sightings"]}


def _mention(row: Row, mention: dict[str, Any]) -> Told:
    text, start, end = row.get(mention["field"]) or "", mention["start"], mention["end"]
    return {**mention, "raw": text[start:end] if start is not None and end is not None else ""}
