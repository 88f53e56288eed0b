"""What ties the adverts of an operation, as what cuts it wants to have it, and its weakest bridge for the lead page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from felinar.export.sentences import weakest_link
from felinar.ids import canonical_json
from felinar.store.judgements import judgements
from felinar.store.published import Row
from felinar.store.published_desk import Posted
from felinar.web.visit import Visit

if TYPE_CHECKING:
    from felinar.resolve.cut import Bridge, Links

# Above this everybody would wait: the page then tells what the run noted while it joined the adverts.
LOOKED_FOR_UP_TO = 500
_KEYS_NAMED = 5


class Tied(NamedTuple):
    """The adverts of an operation, ascending, the numbers of their keys, and what ties them by places in these two."""

    ids: list[int]
    numbers: list[int]
    links: Links


def tied(visit: Visit, advert_ids: list[int]) -> Tied:
    """Return what ties these adverts, with what was judged of them until now."""
    import numpy as np

    from felinar.resolve.constraints import among, constraints
    from felinar.resolve.cut import Links

    ids = sorted(advert_ids)
    adverts = np.array(ids, dtype=np.int64)
    rows = np.array(visit.reading.weights(ids), dtype=np.int64).reshape(-1, 3)
    numbers, key = np.unique(rows[:, 0], return_inverse=True)
    judged = constraints(judgements(visit.desk.workspace.desk))
    together, apart = among(judged.together, adverts, columns=2), among(judged.apart, adverts, columns=1)
    codes = np.searchsorted(adverts, rows[:, 1])
    links = Links(len(ids), codes, key.astype(np.int64), rows[:, 2], together, apart)
    return Tied(ids, numbers.tolist(), links)


def weakest(visit: Visit, operation: Row, posted: Posted) -> dict[str, Any]:
    """Return the weakest link of an operation: `sentence`, `keys` (numbers), and where to check it.

    It is the first of the bridges at which the split page offers to cut, so both name one place. `shown_by`,
    `smaller_side` and `compare` (one advert from either side) hold ids as text. `as_joined` is true for an operation
    too large to look for it: the sentence is then what the run noted, and the split page may name another place.
    """
    nothing: dict[str, Any] = {"keys": [], "shown_by": [], "smaller_side": [], "compare": [], "as_joined": False}
    if len(posted) > LOOKED_FOR_UP_TO:
        return nothing | {"sentence": weakest_link(operation), "as_joined": True}
    from felinar.resolve.cut import bridges

    parts = tied(visit, list(posted))
    found = bridges(parts.links, 1) if len(posted) > 1 else []
    return _told(visit, parts, found[0], posted) if found else nothing | {"sentence": ""}


def _told(visit: Visit, parts: Tied, bridge: Bridge, posted: Posted) -> dict[str, Any]:
    numbers = [parts.numbers[code] for code in bridge.keys.tolist()]
    named = [visit.reading.key(number) for number in numbers[:_KEYS_NAMED]]
    side = {parts.ids[code] for code in bridge.side.tolist()}
    showing = {advert_id for _, advert_id in visit.reading.showing_adverts(numbers)}
    shown_by = [advert_id for advert_id in posted if advert_id in showing]
    ends = [next((a for a in shown_by if (a in side) is within), None) for within in (True, False)]
    facts = {
        "keys": [[key["key_kind"], key["value"]] for key in named],
        "spare_millibits": max(0, bridge.spare),
        "splits": [len(side), len(posted) - len(side)],
    }
    return {
        "sentence": weakest_link({"weakest_link": canonical_json(facts)}),
        "keys": numbers[:_KEYS_NAMED],
        "shown_by": [str(advert_id) for advert_id in shown_by],
        "smaller_side": [str(advert_id) for advert_id in posted if advert_id in side],
        "compare": [str(end) for end in ends] if None not in ends else [],
        "as_joined": False,
    }
