"""The evidence of an operation: its adverts under the templates that they fill, slots as columns, numbers raw and read.

The template is shown once, plain, its slots coloured; each advert shows only what it puts into them.
"""

from __future__ import annotations

from typing import Any

from felinar.store.published import Row
from felinar.store.published_schema import CONTACT_KINDS
from felinar.web.own_text import SLOT, OwnText
from felinar.web.pages.pending import Pending
from felinar.web.visit import Visit

_MOST_SLOTS = 4
_ELSEWHERE = "[…]"  # words that only other adverts with this text hold


def evidence(visit: Visit, advert_ids: list[int], judged: Pending, start: int, most: int) -> dict[str, Any]:
    """Return a page of these adverts, which come oldest first, and the templates of those on it.

    `reference` is the advert that the others are judged against: the one named by `as`, else the oldest. Adverts that
    were judged different from it stand last, under no template: they leave with the next run.
    """
    page = advert_ids[start : start + most]
    found = {advert["advert_id"]: advert for advert in visit.reading.adverts(page)}
    adverts = [found[advert_id] for advert_id in page]
    rows = [_row(visit, advert) for advert in adverts]
    reference = _reference(visit, rows)
    for row in rows:
        row["verdict"] = judged.verdict(reference, row["advert_id"])
    there = OwnText(adverts)
    templates = [
        _template(visit, number, there) for number in dict.fromkeys(r["template_id"] for r in rows if r["template_id"])
    ]
    return {
        "rows": sorted(rows, key=lambda row: _place(row, templates)),
        "templates": templates,
        "start": start,
        "in_all": len(advert_ids),
        "earlier": max(0, start - most) if start else None,
        "later": start + most if start + most < len(advert_ids) else None,
        "reference": reference,
    }


def _reference(visit: Visit, rows: list[dict[str, Any]]) -> str:
    asked = visit.query.get("as", "")
    named = asked.isascii() and asked.isdigit() and len(asked) < 20
    return asked if named else rows[0]["advert_id"] if rows else ""


def _place(row: dict[str, Any], templates: list[dict[str, Any]]) -> int:
    """Adverts of one template stand together, those without one last; else they keep their order in time."""
    order = [template["template_id"] for template in templates]
    return order.index(row["template_id"]) if row["template_id"] else len(order)


def _row(visit: Visit, advert: Row) -> dict[str, Any]:
    slots = sorted(advert["slots"], key=lambda slot: int(slot["slot"]))
    return {
        "advert_id": str(advert["advert_id"]),
        "source_id": advert["source_id"],
        "posted_at": advert["posted_at"],
        "site": advert["site"],
        "place": advert["place_text"],
        "title": visit.sentence(advert["title"]),
        "template_id": str(slots[0]["template_id"]) if slots else "",
        "slots": {int(slot["slot"]): visit.sentence(str(slot["value"])) for slot in slots},
        "contacts": _contacts(visit, advert),
    }


def _contacts(visit: Visit, advert: Row) -> list[dict[str, Any]]:
    """Return each contact that was read: the original characters beside the normal form."""
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for mention in advert["mentions"]:
        own_address = mention["kind"] == "url" and advert["site"] and mention["value"].startswith(advert["site"])
        if mention["kind"] in CONTACT_KINDS and not own_address:
            text, start, end = advert.get(mention["field"]) or "", mention["start"], mention["end"]
            raw = text[start:end] if start is not None else ""
            value = visit.contact(mention["value"])
            one = {"kind": mention["kind"], "value": value, "raw": visit.contact(raw), "obscured": mention["obscured"]}
            told.setdefault((mention["kind"], mention["value"]), one | {"sure": mention["confidence"] >= 50})
    return sorted(told.values(), key=lambda one: CONTACT_KINDS.index(one["kind"]))


def _template(visit: Visit, template_id: str, there: OwnText) -> dict[str, Any]:
    """Return a template as pieces of text and numbered slots, and the slots that become columns.

    A word that stands in none of the adverts on the page (`there`) is not shown: it may be another operation's name.
    """
    found = visit.reading.template(int(template_id)) or {"tokens": [], "slots": [], "adverts": 0}
    kinds = {slot["position"]: slot["kind"] for slot in found["slots"]}
    pieces: list[dict[str, Any]] = []
    for position, word in enumerate(found["tokens"]):
        token = word if word == SLOT or word in there else _ELSEWHERE
        if token == SLOT:
            number = sum(1 for piece in pieces if piece["slot"] is not None)
            pieces.append({"text": kinds.get(position, "text"), "slot": number, "kind": kinds.get(position, "text")})
        elif pieces and pieces[-1]["slot"] is None:
            if token != _ELSEWHERE or not pieces[-1]["text"].endswith(_ELSEWHERE):
                pieces[-1]["text"] += f" {token}"
        else:
            pieces.append({"text": token, "slot": None, "kind": ""})
    columns = [{"slot": p["slot"], "kind": p["kind"]} for p in pieces if p["slot"] is not None]
    # What was read comes before free text, which is long and says less.
    first = sorted(columns, key=lambda column: (column["kind"] == "text", column["slot"]))[:_MOST_SLOTS]
    shown = sorted(first, key=lambda column: column["slot"])
    return {"template_id": template_id, "adverts": found["adverts"], "pieces": pieces, "columns": shown}
