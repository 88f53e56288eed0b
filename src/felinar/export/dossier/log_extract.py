"""The part of the log that speaks of a dossier: whole events, and numbered gaps where the log speaks of other work."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from typing import Any

from felinar.audit import Event, kind_of
from felinar.ids import canonical_json

_ID = re.compile(r"\d+")
_LISTS = ("leads", "exploration sample", "list", "hubs", "search", "watches", "alerts", "cases")
_OF_THE_PILE = ("ingest", "run")


def extract(
    log: Iterable[Event], subject: str, ids: Collection[int], own: int, tells: Callable[[str], bool]
) -> list[dict[str, Any]]:
    """Return the lines from the first event that speaks of the subject, or of these ids, to the event `own`.

    Events of collecting and linking are of everybody, so they are in; long lists and events for which `tells` refuses
    the details are not. A gap is {"withheld": [from, to]}.
    """
    wanted = set(map(str, ids))
    lines: list[dict[str, Any]] = []
    for event in log:
        if event.seq > own:
            break
        if event.seq == own or (_speaks_of(event, subject, wanted) and tells(event.details)):
            lines.append(asdict(event))
        elif lines and "withheld" in lines[-1]:
            lines[-1]["withheld"][1] = event.seq
        elif lines:
            lines.append({"withheld": [event.seq, event.seq]})
    return lines


def as_jsonl(lines: Iterable[dict[str, Any]]) -> bytes:
    """Return the lines as canonical JSON, one a line."""
    return "".join(canonical_json(line) + "\n" for line in lines).encode("utf-8", "surrogatepass")


def _speaks_of(event: Event, subject: str, ids: set[str]) -> bool:
    if event.action in _OF_THE_PILE:
        return True
    if event.action in _LISTS or kind_of(event.action) == "admin":
        return False
    details = json.loads(event.details)
    if subject in (details.get("dossier"), f"case {details.get('case')}"):
        return True
    return not ids.isdisjoint(_ID.findall(event.details))
