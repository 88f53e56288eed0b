"""Nine adverts built by hand: two operations tied by a number, a hub, a gated one; every table filled."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from felinar.ids import canonical_json, key_id
from felinar.tables import BY_NAME

ONE, TWO, GATED = 100, 200, 300  # operations
PHONE, OTHER, HUB = "+447700900123", "+447700900456", "+441632960000"
LOCAL = "0113 496 0777".replace(" ", "")  # read without a country
START = datetime(2026, 3, 1, 9, tzinfo=UTC)

_BODY = "Relaxing massage in {place}, ask for {name}. Call {phone}."
_ADVERTS = [  # advert_id, operation, place, name, phone value, raw
    (11, ONE, "Leeds", "Mia", PHONE, "07700 900123"),
    (12, ONE, "York", "Anna", PHONE, "07700-900-123"),
    (13, ONE, "Leeds", "Mia", PHONE, "O77OO 9OO123"),
    (14, ONE, "Hull", "Zoe", OTHER, "07700 900456"),
    (21, TWO, "Derby", "Eva", LOCAL, "0113 496 0777"),
    (22, TWO, "Derby", "Eva", LOCAL, "0113 496 0777"),
    (31, GATED, "Bath", "Secretname", "+447700900789", "07700 900789"),
]


def world() -> dict[str, pa.Table]:
    """Return every table of `tables.py`."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in BY_NAME}
    for number, advert in enumerate(_ADVERTS):
        _add_advert(rows, number, *advert)
    _add_keys(rows)
    _add_operations(rows)
    return {name: table.from_rows(rows[name]) for name, table in BY_NAME.items()}


def _add_advert(rows, number, advert_id, operation, place, name, phone, raw):
    body = _BODY.format(place=place, name=name, phone=raw)
    posted = START + timedelta(days=9 * number)
    rows["adverts"].append(
        {
            "advert_id": advert_id,
            "source": "test",
            "source_id": f"ad-{advert_id}",
            "url": f"https://site.example/{advert_id}",
            "site": "site.example",
            "account": "",
            "posted_at": posted,
            "title": f"=Massage in {place}",
            "body": body,
            "body_parts": [],
            "place_text": place,
            "latitude": None,
            "longitude": None,
            "country_hint": "GB",
            "language": "en",
            "category": "service",
            "contact_text": "",
            "price_text": "-50 pounds",
            "extra": "{}",
        }
    )
    for kind, value, seen in (("place", place.lower(), place), ("name", name.lower(), name), ("phone", phone, raw)):
        start = body.index(seen)
        rows["mentions"].append(
            {
                "advert_id": advert_id,
                "field": "body",
                "start": start,
                "kind": kind,
                "end": start + len(seen),
                "raw": seen,
                "value": value,
                "display": seen,
                "region": "GB",
                "extractor": f"{kind}/1",
                "confidence": 90,
                "obscured": "O" in seen,
                "evidence": "{}",
            }
        )
    rows["sightings"].append(
        {
            "advert_id": advert_id,
            "raw_sha256": "ab" * 32,
            "raw_offset": 100 * number,
            "captured_at": posted,
            "run_id": "r",
            "purpose": "case 1",
        }
    )
    rows["memberships"].append({"advert_id": advert_id, "operation_id": operation})
    rows["slot_values"].append(
        {
            "template_id": 7,
            "advert_id": advert_id,
            "slot": 0,
            "field": "body",
            "start": 20,
            "end": 20 + len(place),
            "value": place,
        }
    )
    _link(rows, advert_id, "phone", phone, 9000)
    _link(rows, advert_id, "phone", HUB, 0)


def _link(rows, advert_id, kind, value, millibits):
    rows["links"].append(
        {
            "advert_id": advert_id,
            "key_kind": kind,
            "key_id": key_id(kind, value),
            "millibits": millibits,
            "evidence": "{}",
        }
    )


def _add_keys(rows):
    # A common text ties the first number's adverts to the second number's.
    for advert_id in (13, 14):
        _link(rows, advert_id, "near_duplicate", "13", 4000)
    counts: dict[tuple[str, int], int] = {}
    for link in rows["links"]:
        counts[link["key_kind"], link["key_id"]] = counts.get((link["key_kind"], link["key_id"]), 0) + 1
    known = [("phone", value) for value in (PHONE, OTHER, HUB, LOCAL, "+447700900789")] + [("near_duplicate", "13")]
    for kind, value in known:
        number, hub = counts[kind, key_id(kind, value)], value == HUB
        rows["keys"].append(
            {
                "key_kind": kind,
                "key_id": key_id(kind, value),
                "value": value,
                "adverts": number,
                "contexts": 1,
                "texts": 1,
                "others": 1,
                "sites": 1,
                "epoch": 1,
                "hub": hub,
                "evidence": canonical_json({"adverts": number, "pieces": 3, "owned": 3}),
            }
        )


def _add_operations(rows):
    weakest = canonical_json({"splits": [1, 3], "keys": [["near_duplicate", "13"]], "spare_millibits": 500})
    sizes = {ONE: 4, TWO: 2, GATED: 1}
    for operation, size in sizes.items():
        mine = [row for row in _ADVERTS if row[1] == operation]
        posted = [a["posted_at"] for a in rows["adverts"] if a["advert_id"] in {m[0] for m in mine}]
        rows["operations"].append(
            {
                "operation_id": operation,
                "adverts": size,
                "first_seen": min(posted),
                "last_seen": max(posted),
                "places": sorted({m[2] for m in mine}),
                "names": sorted({m[3] for m in mine}),
                "weakest_link": weakest if operation == ONE else "",
                "previous_ids": [],
            }
        )
    names = canonical_json({"contact": PHONE, "names": 3, "usual": 1, "examples": ["anna", "mia"]})
    rows["hits"].append(
        {
            "operation_id": ONE,
            "indicator": MANY,
            "version": 1,
            "grade": "C",
            "weight": 700,
            "share": 1000,
            "evidence": names,
            "advert_ids": [11, 12],
        }
    )
    reason = {"indicator": MANY, "points": 700, "evidence": names}
    for rank, (operation, gate) in enumerate(((ONE, ""), (GATED, "possible_minor")), start=1):
        rows["leads"].append(
            {
                "operation_id": operation,
                "score": 700,
                "rank": rank,
                "recognised_as": "",
                "gate": gate,
                "reasons_for": [reason],
                "reasons_against": [],
            }
        )
    tokens = ["Relaxing", "massage", "in", "<*>", "ask", "for", "<*>"]
    rows["templates"].append({"template_id": 7, "tokens": tokens, "slots": [], "adverts": 7, "bits_saved": 900})


MANY = "OP_MANY_NAMES_PER_CONTACT"
