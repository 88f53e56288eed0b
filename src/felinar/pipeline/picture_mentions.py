"""What picture files state of themselves (EXIF) as mentions of the adverts that show them: camera, serial, time, place.

They are told, and tie nothing together: whoever writes a file can write anything into it. Where a file looks edited,
that is said, and the mention counts as uncertain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from felinar.ids import canonical_json
from felinar.store.lake import Lake, Part
from felinar.tables import MENTIONS

EXTRACTOR, FIELD = "exif/1", "picture"
STATED, EDITED = 60, 40  # confidence


def picture_mentions(lake: Lake) -> pa.Table:
    """Return MENTIONS of all adverts that show a picture file which states something, by their key."""
    if not lake.manifest().tables.get("pictures"):
        return MENTIONS.empty()
    pictures = lake.read("pictures", ["sha256", "about"])
    stating = pictures.filter(pc.not_equal(pc.fill_null(pictures["about"], ""), ""))
    if not stating.num_rows:
        return MENTIONS.empty()
    about = dict(zip(stating["sha256"].to_pylist(), map(json.loads, stating["about"].to_pylist()), strict=True))
    images = lake.read("images", ["advert_id", "position", "sha256"])
    shown = images.filter(pc.is_in(images["sha256"], stating["sha256"].combine_chunks()))
    rows: dict[tuple[int, str, str], dict[str, Any]] = {}
    in_order = [("advert_id", "ascending"), ("position", "ascending"), ("sha256", "ascending")]
    for image in shown.sort_by(in_order).to_pylist():
        for row in _stated(image, about[image["sha256"]]):
            rows.setdefault((row["advert_id"], row["kind"], row["value"]), row)  # once for all pictures of an advert
    return MENTIONS.sort(MENTIONS.from_rows(list(rows.values())))


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
