"""Put a thing into a case, with what is known of it now: a later run may split or join it, the exhibit stays."""

from __future__ import annotations

from typing import Any

from felinar.errors import FelinarError
from felinar.store.cases import add_exhibit
from felinar.store.published import Published, Row
from felinar.store.watches import Who
from felinar.store.workspace import Workspace

_LARGEST = 1 << 63


def put(workspace: Workspace, published: Published, case_id: int, thing: str, who: Who) -> tuple[int, str]:
    """Put the operation or advert with this id into a case; return the number of the exhibit and its kind."""
    kind, frozen = known_now(published, thing)
    return add_exhibit(workspace.desk, case_id, kind, thing, frozen, who), kind


def write_note(workspace: Workspace, case_id: int, text: str, who: Who) -> int:
    """Write a note into a case and return the number of the exhibit."""
    return add_exhibit(workspace.desk, case_id, "note", text.strip(), {}, who)


def known_now(published: Published, thing: str) -> tuple[str, dict[str, Any]]:
    """Return whether this is the id of an operation or of an advert, and what is known of it now."""
    number = int(thing) if thing.isascii() and thing.isdigit() and len(thing) < 20 else _LARGEST
    operation = published.operation(number) if number < _LARGEST else None
    if operation is not None:
        return "operation", _of_operation(published, operation)
    advert = published.advert(number) if number < _LARGEST else None
    if advert is None:
        raise FelinarError(f"There is no operation and no advert with the id '{thing}'; nothing was put into the case.")
    return "advert", _of_advert(published, advert)


def _of_operation(published: Published, row: Row) -> dict[str, Any]:
    lead = published.lead(row["operation_id"])
    reasons = {side: [[r["indicator"], r["points"]] for r in lead[side]] for side in _SIDES} if lead else {}
    return {
        "generation": published.facts["generation"],
        "adverts": [str(a["advert_id"]) for a in published.adverts_of_operation(row["operation_id"])],
        "first_seen": row["first_seen"],
        "last_seen": row["last_seen"],
        "rank": lead["rank"] if lead else None,
        "score": lead["score"] if lead else None,
        "gate": lead["gate"] if lead else "",
        **reasons,
    }


_SIDES = ("reasons_for", "reasons_against")


def _of_advert(published: Published, row: Row) -> dict[str, Any]:
    seen = [{"chunk_sha256": s["raw_sha256"], "offset": s["raw_offset"]} for s in row["sightings"]]
    return {
        "generation": published.facts["generation"],
        "operation": str(row["operation_id"] or ""),
        "posted_at": row["posted_at"],
        "records": seen,
    }
