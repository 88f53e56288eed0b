"""How two things are tied: the shortest path of keys between two adverts, operations or selectors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from felinar.export.sentences import key_sentence
from felinar.search.find import Thing, find
from felinar.search.paths import Step, shortest_path
from felinar.web.pages.pending import Pending, pending
from felinar.web.visit import Told, Visit


def tell(visit: Visit) -> Told:
    """Return the steps from one thing to the other, each with the key that both its adverts show and what it says."""
    start, end = visit.query.get("from", "").strip(), visit.query.get("to", "").strip()
    asked = {"from_": start, "to": end}
    if not start or not end:
        return Told({**asked, "said": "", "steps": []})
    one, other = find(visit.reading, start), find(visit.reading, end)
    ends = [thing.advert_ids(visit.reading) for thing in (one, other)]
    steps = shortest_path(visit.reading, *ends)
    data = {**asked, "said": _said(steps, one, other), "steps": told_steps(visit, steps or [])}
    return Told(data, {"shown": one.logged, "and": other.logged})


def _said(steps: list[Step] | None, one: Thing, other: Thing) -> str:
    between = f"{one.kind} {one.thing_id} and {other.kind} {other.thing_id}"
    if steps is None:
        return f"No path of keys ties {between} together; hubs and keys without weight are left out."
    if not steps:
        return f"Between {between} there is no step to take: they share an advert, or are the same."
    count = f"{len(steps)} step{'' if len(steps) == 1 else 's'}"
    return f"{count} tie {between}." if len(steps) > 1 else f"One step ties {between}."


def told_steps(visit: Visit, steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Return each step: its two adverts, the key that both show, why that says something, and what was judged of it."""
    judged = pending(visit)
    return [_step(visit, step, judged) for step in steps]


def _step(visit: Visit, step: Step, judged: Pending) -> dict[str, Any]:
    row = visit.reading.key(step.key_no)
    ends = {"advert_id": str(step.advert_id), "next_advert_id": str(step.next_advert_id)}
    told = {"kind": row["key_kind"], "key_id": str(row["key_id"]), "value": row["value"]}
    return {
        **ends,
        **told,
        "because": key_sentence(row, visit.reading),
        "verdict": judged.verdict(ends["advert_id"], ends["next_advert_id"]),
    }
