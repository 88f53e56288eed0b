"""Search by anything, one value or a whole list: how it was read, what was found, and why nothing was."""

from __future__ import annotations

from threading import Lock
from typing import Any

from starlette.datastructures import UploadFile

from felinar.audit import Contact
from felinar.errors import FelinarError
from felinar.export.sentences import GATE, GATE_AMONG, days, key_sentence
from felinar.search.answer import Answer
from felinar.search.hashes import is_hash
from felinar.search.lists import Values, values_in
from felinar.search.look_up import look_up
from felinar.search.near import near_numbers
from felinar.search.together import look_up_all
from felinar.search.words import is_words
from felinar.store.published import Row
from felinar.web.key_name import name_in_full
from felinar.web.pages.words import by_words
from felinar.web.visit import Told, Visit

_OPERATIONS, _ADVERTS = 20, 20
LONGEST_LIST = 10_000
_one_picture = Lock()  # its process may need most of a gigabyte


def tell(visit: Visit) -> Told:
    """Return what is published under the text in `q`, or what shows the picture that was sent; else the empty form."""
    picture = visit.form.get("picture")
    if isinstance(picture, UploadFile) and picture.filename:
        return _by_picture(visit, picture)
    what = visit.query.get("q", "")[:2_000]
    if not what.strip():
        nothing: dict[str, Any] = {name: [] for name in ("keys", "adverts", "operations", "near")}
        return Told({"what": "", "said": "", "words": None, **nothing})
    answer = _by_hash(visit, what) if is_hash(what) else look_up(visit.reading, what)
    if answer.empty:
        answer.near = near_numbers(visit.reading, answer.readings)
    data, noted = _data(visit, answer), answer.logged
    if is_words(what, answer):
        data["words"], by_word = by_words(visit, what)
        data["said"] = data["said"] if answer.is_read or not answer.empty else ""
        noted |= by_word
    return Told(data, noted)


def _by_picture(visit: Visit, picture: UploadFile) -> Told:
    """Return what shows this picture, a copy or a part of it; it is read in a process of its own, and not kept."""
    from felinar.pipeline.picture_search import search_picture

    name = "".join(c for c in str(picture.filename) if c.isprintable())[:80]
    with _one_picture:
        answer = search_picture(visit.desk.workspace, visit.reading, picture.file, name, visit.log)
    return Told(_data(visit, answer) | {"what": ""}, answer.logged)


def _by_hash(visit: Visit, what: str) -> Answer:
    """Return the stored pictures with this hash; where none has it, whatever else is published under it."""
    from felinar.pipeline.picture_search import search_hash

    answer = search_hash(visit.desk.workspace, visit.reading, what)
    return look_up(visit.reading, what) if answer.empty else answer


def _data(visit: Visit, answer: Answer) -> dict[str, Any]:
    reading, unsure = visit.reading, set(answer.weak_advert_ids)
    adverts = reading.adverts((answer.advert_ids + answer.weak_advert_ids)[:_ADVERTS])
    return {
        "what": answer.what,
        "words": None,
        "said": answer.sentence(int(reading.facts["adverts"])),
        "keys": [_key(visit, key) for key in answer.keys],
        "adverts": [_advert(visit, row, row["advert_id"] in unsure) for row in adverts],
        "operations": [_operation(visit, operation_id) for operation_id in answer.operation_ids],
        "near": [
            {"value": key["value"], "adverts": key["adverts"], "key_id": str(key["key_id"])} for key in answer.near
        ],
    }


def _key(visit: Visit, key: Row) -> dict[str, Any]:
    spread = visit.shelf.spread(visit.reading, key)
    showing = visit.shelf.leads_first(spread.operations)
    gated = [visit.shelf.gated(row["operation_id"]) for row in showing]
    told = {name: key[name] for name in ("value", "matched", "adverts")}
    told |= {"kind": key["key_kind"], "key_id": str(key["key_id"]), "hub": bool(key["hub"])}
    told |= {"name": name_in_full(visit, key)}
    told |= {"because": key_sentence(key, visit.reading), "in_operations": len(showing)}
    told |= {"first_seen": min((s["first_seen"] for s in showing if s["first_seen"]), default=None)}
    told |= {"last_seen": max((s["last_seen"] for s in showing if s["last_seen"]), default=None)}
    told |= {"gate": (GATE if all(gated) else GATE_AMONG) if any(gated) else ""}
    told |= {"places": [] if any(gated) else spread.places[:8]}
    return told | {"operations": [_shown(visit, row) for row in showing[:_OPERATIONS]]}


def _shown(visit: Visit, row: Row) -> dict[str, Any]:
    lead = visit.shelf.by_operation.get(row["operation_id"] or 0)
    told = {"operation_id": str(row["operation_id"] or ""), "adverts": row["adverts"], "period": days(row)}
    return told | {"rank": lead["rank"] if lead else None, "gated": visit.shelf.gated(row["operation_id"])}


def _operation(visit: Visit, operation_id: int) -> dict[str, Any]:
    row = visit.reading.operation(operation_id) or {"adverts": 0, "first_seen": None, "last_seen": None}
    return _shown(visit, {**row, "operation_id": operation_id})


def _advert(visit: Visit, row: Row, unsure: bool) -> dict[str, Any]:
    gated = visit.shelf.gated(row["operation_id"])
    told = {"advert_id": str(row["advert_id"]), "operation_id": str(row["operation_id"] or ""), "unsure": unsure}
    told |= {name: row[name] for name in ("source_id", "posted_at", "site")}
    return told | {"gate": GATE if gated else "", "title": "" if gated else row["title"]}


def tell_list(visit: Visit) -> Told:
    """Return a row for each value of the list that was pasted or sent as a file; without one, the empty form."""
    values = _values(visit)
    if values is None:
        return Told({"rows": [], "told": "", "asked": 0, "found": 0})
    if len(values.kept) > LONGEST_LIST:
        raise FelinarError(f"The list holds {len(values.kept):,} values; {LONGEST_LIST:,} at a time, please.")
    answers = look_up_all(visit.reading, values.kept)
    rows = [_row(visit, answer) for answer in answers]
    data = {"rows": rows, "told": values.told, "asked": len(rows), "found": sum(1 for row in rows if row["hits"])}
    return Told(data, {"values": [Contact(value) for value in values.kept], "found": data["found"]})


def _values(visit: Visit) -> Values | None:
    sent, pasted = visit.form.get("file"), visit.form.get("values", "")
    if isinstance(sent, UploadFile) and sent.filename:
        return values_in(sent.file.read(), "The file")
    return (
        values_in(pasted.encode("utf-8", "replace"), "The list") if isinstance(pasted, str) and pasted.strip() else None
    )


def _row(visit: Visit, answer: Answer) -> dict[str, Any]:
    """Return the counts for one value; most values of a list have one key or none."""
    spreads = [visit.shelf.spread(visit.reading, key) for key in answer.keys]
    showing = [row for spread in spreads for row in spread.operations]
    gated = any(visit.shelf.gated(row["operation_id"]) for row in showing)
    places = [place for spread in spreads for place in spread.places]
    leads = sorted({r["operation_id"] for r in showing if r["operation_id"] in visit.shelf.by_operation})
    return {
        "value": answer.what,
        "hits": len(answer.keys) + len(answer.advert_ids) + len(answer.operation_ids),
        "adverts": sum(key["adverts"] for key in answer.keys) + len(answer.advert_ids),
        "first_seen": min((row["first_seen"] for row in showing if row["first_seen"]), default=None),
        "last_seen": max((row["last_seen"] for row in showing if row["last_seen"]), default=None),
        "places": [] if gated else list(dict.fromkeys(places))[:4],
        "keys": [
            {"kind": key["key_kind"], "key_id": str(key["key_id"]), "hub": bool(key["hub"])} for key in answer.keys
        ],
        "leads": [str(operation_id) for operation_id in leads[:5]],
        "gate": GATE_AMONG if gated else "",
        "said": answer.sentence(int(visit.reading.facts["adverts"])) if answer.empty else "",
    }
