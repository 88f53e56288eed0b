"""What an officer asks about first: bulk browsing, searches without a case, repeated look-ups, refusals, what left."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from felinar.audit.chain import Event
from felinar.audit.kinds import kind_of

MANY_LOOKS = 150  # consultations of one person on one day
MANY_TIMES = 5  # look-ups of one value by one person
MANY_REFUSALS = 3  # of one person on one day
_DOSSIERS = {"waived": "dossiers with identities, nobody else asked", "approved": "dossiers with identities, approved"}


@dataclass(frozen=True)
class Finding:
    """One thing to ask about: what it is, of whom, and the first and last event that show it."""

    what: str
    who: str
    sentence: str
    events: int
    first: int
    last: int


def report(log: Iterable[Event], workspace_purpose: str) -> list[Finding]:
    """Return what stands out in the log, by kind, then most events first; each is a question, not a reproach."""
    by_day: dict[tuple[str, str], list[int]] = defaultdict(list)
    refused: dict[tuple[str, str], list[int]] = defaultdict(list)
    without_case: dict[str, list[int]] = defaultdict(list)
    looked_up: dict[tuple[str, str], list[int]] = defaultdict(list)
    left: dict[tuple[str, str], list[int]] = defaultdict(list)
    for event in log:
        day = (event.actor, event.at[:10])
        if kind_of(event.action) == "consultation":
            by_day[day].append(event.seq)
        if event.action == "refused":
            refused[day].append(event.seq)
        if event.action in ("search", "list") and event.purpose == workspace_purpose:
            without_case[event.actor].append(event.seq)
        for what in _left(event):
            left[event.actor, what].append(event.seq)
        for value in _typed(event):
            looked_up[event.actor, value].append(event.seq)
    found = [
        *_many(by_day, MANY_LOOKS, "bulk browsing", "{n:,} looks on {of}"),
        *_many(refused, MANY_REFUSALS, "refusals", "refused {n:,} times on {of}"),
        *_many(left, 1, "left the house", "{of} ({n:,} in all)"),
        *_many(looked_up, MANY_TIMES, "repeated look-up", "looked one value up {n:,} times (keyed hash {of})"),
    ]
    found += [
        Finding("no case", who, f"{len(seqs):,} searches under the purpose of the workspace alone", *_ends(seqs))
        for who, seqs in without_case.items()
    ]
    return sorted(found, key=lambda finding: (finding.what, -finding.events, finding.who, finding.first))


def _left(event: Event) -> list[str]:
    """Return what left the house by an event: a whole table, or a dossier and how it treats identities."""
    if event.action != "export":
        return []
    details = json.loads(event.details)
    if "table" in details:
        return [f"the whole table {details['table']}"]
    kind = (details.get("permission") or {}).get("kind", "")
    return [_DOSSIERS.get(kind, "dossiers under masks")] if "dossier" in details else []


def _many(groups: dict[tuple[str, str], list[int]], least: int, what: str, sentence: str) -> list[Finding]:
    return [
        Finding(what, who, sentence.format(n=len(seqs), of=of), *_ends(seqs))
        for (who, of), seqs in groups.items()
        if len(seqs) >= least
    ]


def _ends(seqs: list[int]) -> tuple[int, int, int]:
    return len(seqs), seqs[0], seqs[-1]


def _typed(event: Event) -> list[str]:
    """Return the beginning of the keyed hashes of what a search or a list asked for, each once."""
    if event.action not in ("search", "list"):
        return []
    details = json.loads(event.details)
    asked = [details.get("typed"), *(details.get("values") or [])]
    asked = [value.get("typed", value) if isinstance(value, dict) else value for value in asked]
    hashes = [value["hmac_sha256"][:12] for value in asked if isinstance(value, dict) and "hmac_sha256" in value]
    return list(dict.fromkeys(hashes))
