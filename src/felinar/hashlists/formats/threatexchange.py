"""ThreatExchange: what its `threat_updates` returns (JSON, one page or several after each other)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from felinar.hashlists.entry import Entry, Problem, is_true, listed, text_of, time_of_seconds
from felinar.hashlists.formats.contract import Format
from felinar.hashlists.json_records import records
from felinar.hashlists.source import Source

_HARMLESS = "NON_MALICIOUS"


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the updates; one without descriptors is as deleted as one that says so."""
    with source.text() as text:
        for found in records(text, ("data",)):
            yield found if isinstance(found, Problem) else _entry(found.value, found.where)


def _entry(update: Any, where: str) -> Entry | Problem:
    if not isinstance(update, dict) or not (text_of(update.get("id")) or text_of(update.get("indicator"))):
        return Problem(where, "it has neither an id nor an indicator")
    said = _descriptors(update)
    states = sorted({text_of(one.get("status")) for one in said} - {""})
    tags = sorted({tag for one in said for tag in _tags(one)})
    kind, value = text_of(update.get("type")), text_of(update.get("indicator"))
    gone = is_true(update.get("should_delete")) or not said or states == [_HARMLESS]
    return Entry(
        text_of(update.get("id")) or f"{kind}:{value.lower()}",
        ((kind, value),) if value else (),
        where,
        category=", ".join(tags),
        status=", ".join(states),
        changed_at=time_of_seconds(update.get("last_updated")),
        gone=gone,
    )


def _descriptors(update: dict[str, Any]) -> list[dict[str, Any]]:
    found = update.get("descriptors")
    said = found.get("data") if isinstance(found, dict) else found
    return [one for one in listed(said) if isinstance(one, dict)]


def _tags(descriptor: dict[str, Any]) -> list[str]:
    """Return tags, which stand as texts or as {"data": [{"text": …}]}."""
    found = descriptor.get("tags")
    said = found.get("data") if isinstance(found, dict) else found
    return [text_of(one.get("text")) if isinstance(one, dict) else text_of(one) for one in listed(said)]


def _recognises(source: Source) -> bool:
    return source.start[:1] in ("{", "[") and '"indicator"' in source.start


FORMAT = Format("threatexchange", "ThreatExchange threat_updates, JSON", _recognises, read)
