"""The chain itself: what an event is and how its hash is made; no file, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from felinar.ids import canonical_json, sha256_hex

START = "0" * 64


@dataclass(frozen=True)
class Event:
    """One line of the log; `details` is canonical JSON, `sha256` covers all other fields."""

    seq: int
    at: str
    actor: str
    action: str
    purpose: str
    details: str
    previous_sha256: str
    sha256: str = ""

    def expected_sha256(self) -> str:
        """Return the SHA-256 of the canonical JSON of all fields but the hash itself."""
        fields = asdict(self)
        del fields["sha256"]
        return sha256_hex(canonical_json(fields).encode("utf-8", "surrogatepass"))


def first_break(events: Iterable[Event]) -> str:
    """Return a sentence on the first event that breaks the chain, or the empty string when all hold."""
    previous = START
    for seq, event in enumerate(events, start=1):
        if event.seq != seq:
            return f"Event {seq} is missing; the next one there is event {event.seq}."
        if event.previous_sha256 != previous:
            return f"Event {seq} ({event.at}, {event.actor}, {event.action}) does not follow event {seq - 1}."
        if event.sha256 != event.expected_sha256():
            return f"Event {seq} ({event.at}, {event.actor}, {event.action}) was changed after it was written."
        previous = event.sha256
    return ""
