"""The postings of an operation over time: a row for each contact and each template, as numbers for an SVG."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from felinar.export.timeline import LEFT, WIDTH, timeline
from felinar.store.published import Row
from felinar.web.visit import Visit

_CONTACTS, _TEXTS, _WORDS = 5, 3, 5


def drawn(visit: Visit, keys: list[Row], posted: list[Row]) -> dict[str, Any] | None:
    """Return the layout, rows of the most shown contacts first, then of templates; None where a day says it all."""
    contacts = [key for key in keys if not key["key_kind"].startswith(("near_duplicate", "picture"))][:_CONTACTS]
    texts = [key for key in keys if key["key_kind"] == "near_duplicate"][:_TEXTS]
    by_advert = {row["advert_id"]: row for row in posted}
    rows = [(_label(visit, key), _postings(visit, key, by_advert)) for key in (*contacts, *texts)]
    found = timeline(rows or [("all adverts", posted)])
    return {**asdict(found), "width": WIDTH, "left": LEFT} if found else None


def _postings(visit: Visit, key: Row, posted: dict[int, Row]) -> list[Row]:
    """Return when the adverts of this operation that show a key were posted."""
    return [posted[advert_id] for advert_id in visit.reading.adverts_of_key(key["key_no"]) if advert_id in posted]


def _label(visit: Visit, key: Row) -> str:
    if key["key_kind"] != "near_duplicate":
        return visit.contact(key["value"])
    template = visit.reading.template(key["key_id"])
    words = [word for word in template["tokens"] if word != "<*>"] if template else []
    return "text “" + " ".join(words[:_WORDS]) + " …”" if words else f"text on {key['adverts']:,} adverts"
