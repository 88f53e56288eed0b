"""Where an operation could be cut, and both sides of the cut before anybody decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from felinar.errors import FelinarError
from felinar.ids import id_of
from felinar.web.bridges import tied
from felinar.web.key_name import name_of
from felinar.web.pages.pending import pending, sentences
from felinar.web.visit import NotThere, Told, Visit

if TYPE_CHECKING:
    from felinar.resolve.cut import Bridge

_LISTED, _BRIDGES, _NAMED = 60, 5, 4


class NoCutError(FelinarError):
    """Nothing can be cut here."""


@dataclass(frozen=True)
class Cut:
    """An operation cut at one of its bridges: adverts oldest first, and the id that the part which leaves will get."""

    bridges: list[dict[str, Any]]
    chosen: int
    leaving: list[int]
    staying: list[int]
    alone: list[int]
    new_id: int


def tell(visit: Visit) -> Told:
    """Return the bridges of an operation, and the adverts on either side of the one that is asked for."""
    operation_id, logged = visit.id("operation_id"), {"shown": f"operation:{visit.id('operation_id')}"}
    try:
        cut = find_cut(visit, operation_id, visit.number("at", 0, _BRIDGES))
    except NoCutError as none:
        return Told({"operation_id": str(operation_id), "said": str(none), "cut": None}, logged)
    data = {
        "new_id": str(cut.new_id),
        "bridges": cut.bridges,
        "chosen": cut.chosen,
        "leaving": _side(visit, cut.leaving),
        "staying": _side(visit, cut.staying),
        "alone": _side(visit, cut.alone),
        "pending": sentences(pending(visit), operation_id),
    }
    return Told({"operation_id": str(operation_id), "said": "", "cut": data}, logged)


def find_cut(visit: Visit, operation_id: int, at: int) -> Cut:
    """Return an operation cut at one of its bridges, 0 the weakest; NoCutError where it has none or stands gated."""
    from felinar.resolve.cut import bridges, part

    if visit.reading.operation(operation_id) is None:
        raise NotThere(f"There is no operation {operation_id}.")
    if visit.shelf.gated(operation_id):
        raise NoCutError("This operation stands behind the gate: report first; it is not cut on the desk.")
    order = list(visit.reading.posted(operation_id))
    ids, numbers, links = tied(visit, order)
    found = bridges(links, _BRIDGES)
    if not found:
        raise NoCutError("Nothing ties these adverts that could be cut: one advert, or only a person's judgement.")
    chosen = min(at, len(found) - 1)
    sides = part(links, found[chosen].side)
    held = ({ids[code] for code in side.tolist()} for side in (sides.leaving, sides.staying, sides.alone))
    leaving, staying, alone = ([advert_id for advert_id in order if advert_id in side] for side in held)
    told = [_bridge(visit, operation_id, bridge, numbers, len(order)) for bridge in found]
    return Cut(told, chosen, leaving, staying, alone, _new_id(operation_id, leaving))


def _bridge(visit: Visit, operation_id: int, bridge: Bridge, numbers: list[int], adverts: int) -> dict[str, Any]:
    """Return a bridge in words: the sizes of its sides and the first keys that stand on both."""
    keys = [visit.reading.key(numbers[code]) for code in bridge.keys[:_NAMED].tolist()]
    names = [{"name": name_of(visit, key, operation_id), "key_id": str(key["key_id"])} for key in keys]
    sizes = {"smaller": len(bridge.side), "larger": adverts - len(bridge.side)}
    return {**sizes, "keys": names, "more_keys": len(bridge.keys) - len(names), "spare_millibits": bridge.spare}


def _new_id(operation_id: int, leaving: list[int]) -> int:
    """Return the id that the next run will give to the part that leaves; made as `resolve/keep_ids.py` makes it."""
    ids = (id_of("operation", min(leaving), number) for number in range(2))
    return next(new for new in ids if new != operation_id)


def _side(visit: Visit, advert_ids: list[int]) -> dict[str, Any]:
    """Return one side: how many adverts, the first of them, and their places."""
    rows = visit.reading.some_light(advert_ids[:_LISTED])
    names = ("source_id", "posted_at", "site", "place_text")
    adverts = [
        {"advert_id": str(row["advert_id"]), **{n: row[n] for n in names}, "title": visit.sentence(row["title"])}
        for row in rows
    ]
    return {"count": len(advert_ids), "adverts": adverts, "more": len(advert_ids) - len(adverts)}
