"""Exhibits: each advert with what was read in it, and its original records with their places, hashes and seals.

A seal is HMAC-SHA-256 of the record under a key of its own. A dossier with masked identities gives the seal alone; the
one with identities gives record and key too, so that whoever holds both sees that they speak of the same record.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from felinar.audit.contact import keyed_hash
from felinar.errors import WorkspaceProblem
from felinar.export.dossier.places import place, read
from felinar.ids import sha256_hex
from felinar.store.originals import read_record
from felinar.store.published import Row

FIELDS = ("title", "body", "contact_text", "place_text", "price_text")
_TOLD = ("source", "source_id", "url", "site", "account", "posted_at", "category", "language")
_READ = ("field", "start", "end", "kind", "value", "region", "extractor", "confidence", "obscured")


@dataclass
class Exhibits:
    """What is told of the adverts (`rows`, as data), and the files of the original records by their path."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where records lie, the secret for their seals, and whether they are given (else sealed only)."""

    originals: Path
    secret: bytes
    given: bool


def exhibits(adverts: Iterable[Row], source: Source, gated: frozenset[int]) -> Exhibits:
    """Return the exhibits E1, E2, … in the order given; adverts in `gated` are told by their ids alone."""
    found = Exhibits()
    for number, row in enumerate(adverts, start=1):
        silent = row["advert_id"] in gated
        told: dict[str, Any] = {
            "exhibit": f"E{number}",
            "advert_id": str(row["advert_id"]),
            "operation_id": str(row["operation_id"] or ""),
            "posted_at": row["posted_at"],
            "fields": {},
            "mentions": [],
        }
        if not silent:
            told |= {name: row[name] for name in _TOLD}
            told["fields"] = {name: row[name] for name in FIELDS if row[name]}
            told["mentions"] = [_mention(row, one) for one in row["mentions"] if one["field"] in told["fields"]]
        told["records"] = [_record(s, told["fields"], source, silent, found.files) for s in row["sightings"]]
        found.rows.append(told)
    return found


def _mention(row: Row, mention: dict[str, Any]) -> dict[str, Any]:
    start, end = mention["start"], mention["end"]
    raw = row[mention["field"]][start:end] if start is not None else ""
    return {**{name: mention[name] for name in _READ}, "raw": raw}


def _record(
    sighting: Row, fields: dict[str, str], source: Source, silent: bool, files: dict[str, bytes]
) -> dict[str, Any]:
    """Return what is told of one original record, and add its file where it is given."""
    told: dict[str, Any] = {
        "chunk_sha256": sighting["raw_sha256"],
        "offset": sighting["raw_offset"],
        "captured_at": sighting["captured_at"],
    }
    try:
        content = read_record(source.originals, sighting["raw_sha256"], sighting["raw_offset"])
    except WorkspaceProblem as problem:
        return told | {"seal": "", "state": "erased" if "was erased" in str(problem) else "not to be read any more"}
    key = keyed_hash(source.secret, f"dossier record {sighting['raw_sha256']} {sighting['raw_offset']}")
    told |= {"seal": hmac.new(bytes.fromhex(key), content, "sha256").hexdigest()}
    told |= {"state": "held in full by whoever made this dossier"}
    if silent or not source.given:
        return told
    sha256 = sha256_hex(content)
    path = f"originals/{sha256}.record"
    files[path] = content
    reading, values = read(content)
    places = {name: place(text, values) for name, text in fields.items()}
    return told | {
        "state": "given",
        "file": path,
        "sha256": sha256,
        "bytes": len(content),
        "seal_key": key,
        "reading": reading,
        "places": {name: spans for name, spans in places.items() if spans is not None},
        "unplaced": sorted(name for name, spans in places.items() if spans is None),
    }
