"""The drawings of a lead: over time, on the map, as a network; made once per generation, or for a chosen time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from felinar.store.published import Row
from felinar.store.published_desk import Posted
from felinar.web.movement import movement
from felinar.web.network import LOOKED_AT, network
from felinar.web.period import Period
from felinar.web.timeline import brushed, drawn
from felinar.web.visit import Visit


def drawings(
    visit: Visit, operation_id: int, keys: list[Row], posted: Posted, period: Period, weakest: Collection[int]
) -> dict[str, Any]:
    """Return `timeline` (always the whole), `movement` and `network` of the chosen time, `brushed` and `period`.

    What is drawn of the whole operation stays until something new is published: who pages through the evidence, or
    judges and comes back, does not wait for it again.
    """
    shown = [key for key in keys if not key["hub"]]
    kept, masked = visit.shelf.kept, not visit.session.purpose
    whole = kept(("timeline", operation_id, masked), lambda: drawn(visit, operation_id, shown, posted))
    within = period.within(posted)
    if period:
        pictures = _of(visit, operation_id, _counted(visit, keys, within), within, weakest)
    else:
        name = ("pictures", operation_id, masked, *sorted(weakest))
        pictures = kept(name, lambda: _of(visit, operation_id, keys, posted, weakest))
    return {"timeline": whole, "brushed": brushed(whole, period), "period": period.told(within), **pictures}


def _of(visit: Visit, operation_id: int, keys: list[Row], posted: Posted, weakest: Collection[int]) -> dict[str, Any]:
    shown = [key for key in keys if not key["hub"]]
    return {
        "movement": movement(visit, shown, list(posted)),
        "network": network(visit, keys, list(posted), operation_id=operation_id, weakest=weakest),
    }


def _counted(visit: Visit, keys: list[Row], within: Posted) -> list[Row]:
    """Return the keys that the adverts of the chosen time show, each with how many of them do, most shown first."""
    newest = list(within)[-LOOKED_AT:]
    counts = Counter(key_no for key_no, _, _ in visit.reading.weights(newest))
    there = [{**key, "shown": counts[key["key_no"]]} for key in keys if key["key_no"] in counts]
    return sorted(there, key=lambda key: (-key["shown"], key["key_no"]))
