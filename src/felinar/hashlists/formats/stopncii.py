"""StopNCII: hashes that people gave of their own pictures (JSON, one page or several after each other)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from felinar.hashlists.entry import Entry, Problem, text_of, time_of_seconds
from felinar.hashlists.formats.contract import Format
from felinar.hashlists.json_records import records
from felinar.hashlists.source import Source

_GONE = ("withdrawn", "deleted")


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the records; what was withdrawn or deleted comes as gone."""
    with source.text() as text:
        for found in records(text, ("hashRecords",)):
            yield found if isinstance(found, Problem) else _entry(found.value, found.where)


def _entry(record: Any, where: str) -> Entry | Problem:
    if not isinstance(record, dict) or not text_of(record.get("hashValue")):
        return Problem(where, "it has no hashValue")
    kind, value = text_of(record.get("signalType")), text_of(record.get("hashValue"))
    status = text_of(record.get("hashStatus"))
    return Entry(
        f"{kind}:{value.lower()}",
        ((kind, value),),
        where,
        status=status,
        changed_at=time_of_seconds(record.get("lastModtimestamp")),
        gone=status.lower() in _GONE,
    )


def _recognises(source: Source) -> bool:
    return source.start[:1] == "{" and '"hashRecords"' in source.start


FORMAT = Format("stopncii", "StopNCII, JSON", _recognises, read)
