"""Judgements as sentences and as data, and which of them touch a thing that is shown."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from felinar.store.contradictions import sides
from felinar.store.judgements import Judgement, judgements

_SAYS = {
    "same": "belong together",
    "different": "do not belong together",
    "unsure": "may or may not belong together",
    "hub": "is a hub and links nothing",
    "not a hub": "is no hub and links",
}


def sentence(judgement: Judgement) -> str:
    """Return a judgement as one sentence: what holds, who says so, when and why."""
    who = f"{judgement.actor}, {judgement.made_at[:10]}: {judgement.reason}"
    head = f"Judgement {judgement.judgement_id}: "
    if judgement.verdict == "withdrawn":
        return f"{head}judgement {judgement.withdraws} no longer holds ({who})."
    says = _SAYS[judgement.verdict]
    if judgement.scope == "key":
        may = "may or may not be a hub" if judgement.verdict == "unsure" else says
        return f"{head}{judgement.left} {judgement.right} {may} ({who})."
    ends = f"{judgement.scope}s {judgement.left}{_held(judgement, 0)} and {judgement.right}{_held(judgement, 1)}"
    return f"{head}{ends} {says} ({who})."


def _held(judgement: Judgement, side: int) -> str:
    """Return how many adverts an operation held when it was judged, since it is these that the judgement binds."""
    if judgement.scope != "operation":
        return ""
    adverts = len(json.loads(judgement.adverts)["left" if side == 0 else "right"])
    return f" ({adverts:,} advert{'' if adverts == 1 else 's'} then)"


def as_data(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as data, with its sentence; ids as text, since they have 19 digits."""
    names = ("judgement_id", "scope", "left", "right", "verdict", "withdraws", "actor", "purpose", "reason", "made_at")
    return {**{name: getattr(judgement, name) for name in names}, "sentence": sentence(judgement)}


def judged_on_adverts(desk: Path, advert_ids: Collection[int]) -> list[str]:
    """Return the sentences of the judgements that speak of one of these adverts, oldest first."""
    found = [j for j in judgements(desk) if j.scope != "key"]
    wanted = set(map(str, advert_ids)) if found else set()
    return [sentence(j) for j in found if any(not wanted.isdisjoint(side) for side in sides(j))]


def judged_on_key(desk: Path, kind: str, value: str) -> list[str]:
    """Return the sentences of the judgements on a key, oldest first."""
    found = (j for j in judgements(desk) if j.scope == "key")
    return [sentence(j) for j in found if (j.left, j.right) == (kind, value)]
