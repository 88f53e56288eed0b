"""Project VIC: VICS 2.0, 1.3 and CAID 1.2 (JSON), as `#Media` or with the media inside `#Cases`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from felinar.hashlists.entry import Entry, Problem, is_true, listed, text_of
from felinar.hashlists.formats.contract import Format
from felinar.hashlists.json_records import records
from felinar.hashlists.source import Source

_CONTEXT = re.compile(r'"@?odata\.(?:context|metadata)"\s*:\s*"([^"]*)"', re.IGNORECASE)
_OURS = re.compile(r"project ?vic|vicsdatamodel", re.IGNORECASE)
_VERSION = re.compile(r"DataModels/([0-9.]+)\.xml", re.IGNORECASE)
READ_VERSIONS = ("2.0", "1.3", "1.2")
_HASHES = ("MD5", "SHA1", "SHA256", "PhotoDNA")
_FLAGS = {
    "VictimIdentified": "victim identified",
    "OffenderIdentified": "offender identified",
    "IsDistributed": "distributed",
    "IsPrecategorized": "precategorised",
    "IsSuspected": "suspected",
}


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the media, whether they stand in `value` or in the cases of it."""
    context = _CONTEXT.search(source.start)
    stated = _VERSION.search(context[1]) if context else None
    if stated and stated[1] not in READ_VERSIONS:
        yield Problem("head", f"it is written in VICS {stated[1]}, which is not known here; read as 2.0")
    in_cases = context is not None and context[1].lower().endswith("#cases")
    with source.text() as text:
        for found in records(text, ("value", "Media") if in_cases else ("value",)):
            if isinstance(found, Problem):
                yield found
            elif isinstance(found.value, dict) and isinstance(found.value.get("Media"), list):
                yield from (_entry(one, found.where) for one in found.value["Media"])
            else:
                yield _entry(found.value, found.where)


def _entry(media: Any, where: str) -> Entry | Problem:
    if not isinstance(media, dict):
        return Problem(where, "it is no record with names and values")
    hashes = [(name, media[name]) for name in _HASHES if media.get(name)]
    for other in listed(media.get("AlternativeHashes")):
        if isinstance(other, dict) and other.get("HashValue"):
            hashes.append((text_of(other.get("HashName")), other["HashValue"]))
    flags = [said for name, said in _FLAGS.items() if name in media and is_true(media[name])]
    key = text_of(media.get("MediaID")) or text_of(media.get("MD5")).lower() or text_of(media.get("SHA1")).lower()
    if not key:
        return Problem(where, "it has neither a MediaID nor a hash")
    return Entry(
        key,
        tuple((name, text_of(value)) for name, value in hashes),
        where,
        category=text_of(media.get("Category")),  # 0 is a category
        series=text_of(media.get("Series")),
        status=", ".join(flags),
        changed_at=text_of(media.get("DateUpdated")),
    )


def _recognises(source: Source) -> bool:
    start = source.start
    if start[:1] not in ("{", "["):
        return False
    context = _CONTEXT.search(start)
    return bool(context and _OURS.search(context[1])) or ('"MediaID"' in start and '"MD5"' in start)


FORMAT = Format("vics", "Project VIC (VICS 2.0, 1.3; CAID 1.2), JSON", _recognises, read)
