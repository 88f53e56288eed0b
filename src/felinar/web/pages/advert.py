"""An advert: its text with everything that was read in it, where its original lies, and the adverts like it."""

from __future__ import annotations

from typing import Any

from felinar.errors import FelinarError
from felinar.export import told
from felinar.export.highlight import pieces
from felinar.export.judged import judged_on_adverts
from felinar.store.originals import read_record
from felinar.store.published import Row
from felinar.web.key_name import name_in_full, name_of
from felinar.web.pages.pictures import NO_PICTURES, looked_at, of_advert
from felinar.web.visit import NotThere, Told, Visit

_FIELDS = ("title", "body", "contact_text", "place_text", "price_text", "url")
_ALIKE = 15
_LONGEST_RECORD = 200_000  # characters of an original that a page shows


def tell(visit: Visit) -> Told:
    """Return an advert with its text in pieces, its mentions, sightings, keys and the adverts that share one."""
    row = _advert(visit)
    gated = visit.shelf.gated(row["operation_id"])
    data = told.advert(visit.reading, row)
    data["fields"] = [] if gated else [_field(row, name) for name in _FIELDS if row[name]]
    for shown, key in zip(data["keys"], visit.reading.keys_of_advert(row["advert_id"]), strict=True):
        shown["name"] = name_in_full(visit, key, row["operation_id"])
    data["judged"] = judged_on_adverts(visit.desk.workspace.desk, [row["advert_id"]])
    data["alike"] = [] if gated else _alike(visit, row)
    data["picture_strip"] = NO_PICTURES if gated else of_advert(visit, row)
    return Told(data, {"shown": f"advert:{row['advert_id']}", **looked_at(data["picture_strip"])})


def _advert(visit: Visit) -> Row:
    advert_id = visit.id("advert_id")
    row = visit.reading.advert(advert_id)
    if row is None:
        raise NotThere(f"There is no advert {advert_id}.")
    return row


def _field(row: Row, name: str) -> dict[str, Any]:
    """Return a field in pieces; each mention says on hover how it was read."""
    text = row[name]
    mentions = [_explained(text, mention) for mention in row["mentions"] if mention["field"] == name]
    slots = [slot for slot in row["slots"] if slot["field"] == name]
    return {"name": name, "pieces": [vars(piece) for piece in pieces(text, mentions, slots)]}


def _explained(text: str, mention: dict[str, Any]) -> dict[str, Any]:
    raw = text[mention["start"] : mention["end"]] if mention["start"] is not None else ""
    hidden = ", written so that a plain reader would miss it" if mention["obscured"] else ""
    return {**mention, "display": f"“{raw}” read as {mention['value']} by {mention['extractor']}{hidden}"}


def _alike(visit: Visit, row: Row) -> list[dict[str, Any]]:
    """Return other adverts that share a text, a picture or a contact with this one, the strongest key first."""
    ties = [k for k in visit.reading.keys_of_advert(row["advert_id"]) if not k["hub"] and k["millibits"] > 0]
    names = {tie["key_no"]: name_of(visit, tie, row["operation_id"]) for tie in ties}
    found: dict[int, dict[str, Any]] = {}
    for tie in sorted(ties, key=lambda k: (-k["millibits"], k["key_kind"], k["key_id"])):
        for other in visit.reading.first_showing(tie["key_no"], _ALIKE + 1):
            if other["advert_id"] != row["advert_id"] and not visit.shelf.gated(other["operation_id"]):
                one = found.setdefault(other["advert_id"], {**_brief(visit, other), "by": []})
                by = {"kind": tie["key_kind"], "name": names[tie["key_no"]], "key_id": str(tie["key_id"])}
                # The same file is a copy and a part, too: the strongest way says it all.
                one["by"] += [by] if by["name"] not in {said["name"] for said in one["by"]} else []
    return list(found.values())[:_ALIKE]


def _brief(visit: Visit, row: Row) -> dict[str, Any]:
    ids = {"advert_id": str(row["advert_id"]), "operation_id": str(row["operation_id"] or "")}
    names = ("source_id", "posted_at", "site", "place_text")
    return {**ids, **{name: row[name] for name in names}, "title": visit.sentence(row["title"])}


def tell_original(visit: Visit) -> Told:
    """Return the record as it came in, with the hash of its chunk and its place there; nothing behind the gate."""
    row = _advert(visit)
    if visit.shelf.gated(row["operation_id"]):
        raise FelinarError("This advert stands behind the gate: report first; its original is withheld here.")
    number = visit.number("n", 0, 10_000)
    if number >= len(row["sightings"]):
        raise NotThere(f"Advert {row['advert_id']} was seen {len(row['sightings'])} times; there is no {number + 1}.")
    sighting = row["sightings"][number]
    record = read_record(visit.desk.workspace.originals, sighting["raw_sha256"], sighting["raw_offset"])
    text = record.decode("utf-8", "replace")
    data = {
        "advert_id": str(row["advert_id"]),
        "sighting": sighting,
        "number": number,
        "sightings": len(row["sightings"]),
        "bytes": len(record),
        "record": text[:_LONGEST_RECORD],
        "cut": max(0, len(text) - _LONGEST_RECORD),
    }
    return Told(data, {"shown": f"advert:{row['advert_id']}", "original": sighting["raw_sha256"]})
