"""What picture files state of themselves, and what is written in them, as mentions of the adverts that show them.

Camera, serial number, time, place (EXIF) are told, and tie nothing together: whoever writes a file can write anything
into it. Where a file looks edited, that is said, and the mention counts as uncertain. Lines that were read in a picture
go through the extractors like the words of an advert, and are less sure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from felinar.ids import canonical_json
from felinar.pipeline.picture_text import FIELD, text_mentions
from felinar.store.lake import Lake, Part
from felinar.tables import MENTIONS

EXTRACTOR = "exif/1"
STATED, EDITED = 60, 40  # confidence


def picture_mentions(lake: Lake) -> pa.Table:
    """Return MENTIONS of all adverts that show a picture file which states something or is written on, by their key."""
    if not lake.manifest().tables.get("pictures"):
        return MENTIONS.empty()
    pictures = lake.read("pictures", ["sha256", "about", "text"])
    stating, written = (pictures.filter(pc.not_equal(pc.fill_null(pictures[n], ""), "")) for n in ("about", "text"))
    if not stating.num_rows and not written.num_rows:
        return MENTIONS.empty()
    in_order = [("advert_id", "ascending"), ("position", "ascending"), ("sha256", "ascending")]
    images = lake.read("images", ["advert_id", "position", "sha256"]).sort_by(in_order)
    rows = [*_all_stated(stating, images), *text_mentions(lake, written, images)]
    return MENTIONS.sort(MENTIONS.from_rows(rows))


def _all_stated(stating: pa.Table, images: pa.Table) -> list[dict[str, Any]]:
    """Return rows of MENTIONS for what these PICTURES (sha256, about) state; of one advert each thing once."""
    about = dict(zip(stating["sha256"].to_pylist(), map(json.loads, stating["about"].to_pylist()), strict=True))
    shown = images.filter(pc.is_in(images["sha256"], stating["sha256"].combine_chunks()))
    rows: dict[tuple[int, str, str], dict[str, Any]] = {}
    for image in shown.to_pylist():
        for row in _stated(image, about[image["sha256"]]):
            rows.setdefault((row["advert_id"], row["kind"], row["value"]), row)
    return list(rows.values())


def of_part(lake: Lake, part: Part, mentions: pa.Table) -> pa.Table:
    """Return those of these mentions that belong to the adverts of one file."""
    if not mentions.num_rows:
        return mentions
    return mentions.filter(pc.is_in(mentions["advert_id"], lake.read_part(part, ["advert_id"])["advert_id"]))


def _stated(image: dict[str, Any], about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a mention for each thing that a picture states."""
    edited = about.get("edited", "")
    evidence = {"picture": image["sha256"], "position": image["position"]} | ({"edited": edited} if edited else {})
    for kind, value in _values(about):
        yield {
            "advert_id": image["advert_id"], "field": FIELD, "start": None, "kind": kind, "end": None, "raw": "",
            "value": value, "display": f"{value} (looks edited: {edited})" if edited else value, "region": "",
            "extractor": EXTRACTOR, "confidence": EDITED if edited else STATED, "obscured": False,
            "evidence": canonical_json(evidence),
        }  # fmt: skip


def _values(about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    camera = " ".join(about[name] for name in ("make", "model") if name in about)
    if camera:
        yield "camera", camera
    for name, kind in (("serial", "camera_serial"), ("lens_serial", "lens_serial"), ("owner", "camera_owner")):
        if name in about:
            yield kind, about[name]
    if "taken_at" in about:
        yield "taken_at", f"{about['taken_at']}{' ' + about['offset'] if 'offset' in about else ''}"
    if "latitude" in about:
        yield "taken_where", f"{about['latitude']:.5f},{about['longitude']:.5f}"
