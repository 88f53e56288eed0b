"""What is written in pictures, read by the extractors like the words of an advert, as mentions of who shows them.

Every mention says that it was read in a picture, and in which; it is less sure than what stands in a text.
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from felinar.extract import ADVERT_COLUMNS, extract
from felinar.ids import canonical_json
from felinar.store.lake import Lake
from felinar.tables import ADVERTS

FIELD = "picture"
# What scattered words say surely; a language or a job is not told by them.
KINDS = ("phone", "email", "handle", "url", "wallet", "iban", "masked", "price", "age", "phrase")
MOST_SURE = 70  # confidence: the reader of the picture may be wrong as well
_CONTEXT = ("advert_id", "url", "place_text", "country_hint", "language")  # from these the region of a number is told


def text_mentions(lake: Lake, pictures: pa.Table, images: pa.Table) -> list[dict[str, Any]]:
    """Return rows of MENTIONS for what is written in PICTURES (sha256, text), of all adverts in IMAGES that show them.

    In the order of the images; of one advert each thing once.
    """
    text = dict(zip(pictures["sha256"].to_pylist(), pictures["text"].to_pylist(), strict=True))
    shown = images.filter(pc.is_in(images["sha256"], pictures["sha256"].combine_chunks())).to_pylist()
    if not shown:
        return []
    found = extract(_as_adverts(lake, shown, text), kinds=KINDS)
    rows: dict[tuple[int, str, str], dict[str, Any]] = {}
    for mention in found.filter(pc.equal(found["field"], "body")).to_pylist():
        row = _of_picture(mention, shown[mention["advert_id"]])
        rows.setdefault((row["advert_id"], row["kind"], row["value"]), row)
    return list(rows.values())


def _as_adverts(lake: Lake, shown: list[dict[str, Any]], text: dict[str, str]) -> pa.Table:
    """Return a row of ADVERTS for each picture of each advert: its text is the body, its number the id."""
    ids = pa.array(sorted({image["advert_id"] for image in shown}), pa.int64())
    tables = [lake.read_part(part, _CONTEXT) for part in lake.manifest().tables.get("adverts", [])]
    context: dict[int, dict[str, Any]] = {}
    for table in tables:
        for advert in table.filter(pc.is_in(table["advert_id"], ids)).to_pylist():
            context[advert["advert_id"]] = advert
    rows = []
    for number, image in enumerate(shown):
        about = context.get(image["advert_id"], {})
        rows.append({**dict.fromkeys(ADVERT_COLUMNS, ""), **about, "advert_id": number, "body": text[image["sha256"]]})
    return pa.Table.from_pylist(rows, schema=pa.schema([ADVERTS.schema.field(name) for name in ADVERT_COLUMNS]))


def _of_picture(mention: dict[str, Any], image: dict[str, Any]) -> dict[str, Any]:
    """Return the mention as one of the advert: it has no place in an original, but a picture."""
    told = {"read": "in a picture", "picture": image["sha256"], "position": image["position"]}
    said = json.loads(mention["evidence"] or "{}")
    return {
        **mention,
        "advert_id": image["advert_id"],
        "field": FIELD,
        "start": None,
        "end": None,
        "display": f"{mention['display'] or mention['value']} (read in a picture)",
        "confidence": min(mention["confidence"], MOST_SURE),
        "evidence": canonical_json({**said, **told}),
    }
