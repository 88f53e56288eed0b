"""Suppression: a contact that a supervisor has cleared does not surface again until there is a new reason.

The desk keeps a keyed hash of the contact, no more. It holds for 180 days. It goes to review, and what it hid surfaces
again, as soon as an operation that shows the contact shows a structural indicator that was not known before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from felinar.audit.contact import keyed_hash, log_key
from felinar.errors import FelinarError
from felinar.search.look_up import look_up
from felinar.store.published import Published, Row
from felinar.store.published_schema import CONTACT_KINDS
from felinar.store.suppressions import Suppression, add_suppression, suppressions
from felinar.store.watches import Who
from felinar.store.workspace import Workspace

DAYS = 180
HIDES_FROM = 2  # an operation is hidden where the contact stands on at least one of so many of its adverts


@dataclass
class State:
    """A suppression today: it holds, waits for review (`new_signs` say why), or its time is over."""

    suppression: Suppression
    state: str
    operations: list[int] = field(default_factory=list)
    new_signs: list[str] = field(default_factory=list)


def suppress(workspace: Workspace, published: Published, typed: str, who: Who) -> tuple[int, str]:
    """Suppress the one contact that was typed; return the number and the day until which it holds."""
    keys = [key for key in look_up(published, typed).keys if key["key_kind"] in CONTACT_KINDS]
    if len(keys) != 1:
        raise FelinarError(f"'{typed}' names {len(keys)} contacts that are published; one is suppressed at a time.")
    key = keys[0]
    if key["hub"]:
        raise FelinarError("A hub links nothing and leads to no operation; there is nothing to suppress.")
    until = (datetime.now(UTC).date() + timedelta(days=DAYS)).isoformat()
    signs = _signs(published, [row["operation_id"] for row in published.showing(key["key_no"])])
    secret = log_key(workspace.folder)
    who_says = {"actor": who.actor, "purpose": who.purpose, "reason": who.reason}
    hashed = _hashed(secret, key["key_kind"], key["value"])
    return add_suppression(workspace.desk, key["key_kind"], hashed, signs, until, **who_says), until


def states(workspace: Workspace, published: Published, today: str) -> list[State]:
    """Return every suppression that nobody lifted, with its state and the operations that it hides or hid."""
    held = suppressions(workspace.desk)
    if not held:
        return []
    found = _keys_of(published, held, log_key(workspace.folder))
    return [_state(published, one, found.get((one.kind, one.contact_hmac)), today) for one in held]


def hidden_operations(workspace: Workspace, published: Published, today: str) -> frozenset[int]:
    """Return the operations that are not to be surfaced; none behind the gate possible minor is ever among them."""
    hiding = {i for state in states(workspace, published, today) if state.state == "holds" for i in state.operations}
    leads = {operation_id: published.lead(operation_id) for operation_id in sorted(hiding)}
    return frozenset(i for i, lead in leads.items() if not (lead and lead["gate"]))


def hidden_now(workspace: Workspace) -> frozenset[int]:
    """Return the operations that are not to be surfaced today; opens what is published only where it must."""
    if not suppressions(workspace.desk):
        return frozenset()
    published = Published.open(workspace.published)
    try:
        return hidden_operations(workspace, published, datetime.now(UTC).date().isoformat())
    finally:
        published.close()


def _state(published: Published, one: Suppression, key: Row | None, today: str) -> State:
    showing = published.showing(key["key_no"]) if key else []
    operations = [row["operation_id"] for row in showing if row["operation_id"] is not None]
    new = sorted(_signs(published, operations) - one.known_signs)
    mostly = [i for i in operations if _is_mostly(published, i, showing)]
    state = "over" if one.until < today else "review" if new else "holds"
    return State(one, state, mostly, new)


def _is_mostly(published: Published, operation_id: int, showing: list[Row]) -> bool:
    shown = next(row["adverts"] for row in showing if row["operation_id"] == operation_id)
    operation = published.operation(operation_id)
    return bool(operation and shown * HIDES_FROM >= operation["adverts"])


def _keys_of(published: Published, held: list[Suppression], secret: bytes) -> dict[tuple[str, str], Row]:
    """Return the published key of each suppression: every contact of its kind is hashed and compared."""
    wanted = {(one.kind, one.contact_hmac) for one in held}
    found = {}
    for kind in sorted({kind for kind, _ in wanted}):
        for key in published.contacts(kind):
            name = (kind, _hashed(secret, kind, key["value"]))
            if name in wanted:
                found[name] = key
    return found


def _hashed(secret: bytes, kind: str, value: str) -> str:
    """Return the keyed hash of a contact; not the one that stands in the log, so that the two cannot be joined."""
    return keyed_hash(secret, f"suppressed {kind} {value}")


def _signs(published: Published, operation_ids: list[int | None]) -> frozenset[str]:
    """Return the structural indicators that these operations show."""
    hits = {hit["indicator"] for i in operation_ids if i is not None for hit in published.hits(i)}
    return frozenset(hits & _structural())


@lru_cache(maxsize=1)
def _structural() -> frozenset[str]:
    from felinar.score.explain import registry

    return frozenset(name for name, indicator in registry().items() if indicator.structural)
