"""Where to look to check the weakest link of an operation: which adverts show its keys, and which stand on one side."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from felinar.store.published import Published, Row

Pair = tuple[int, int]


def to_check(published: Published, operation: Row, keys: list[Row], adverts: list[Row]) -> dict[str, Any]:
    """Return `shown_by` (adverts that show the keys of the weakest link), `smaller_side` and `compare`, ids as text.

    `smaller_side` names the adverts that share nothing else with the rest; it is empty where weaker keys cross the
    same place, so that no clean cut can be shown. `compare` is a pair for `felinar show A B`, one from either side
    where sides are known. Empty for an operation that hangs on no key.
    """
    facts = json.loads(operation["weakest_link"] or "{}")
    named = {(kind, value) for kind, value in facts.get("keys", [])}
    numbers = {key["key_no"] for key in keys if (key["key_kind"], key["value"]) in named}
    order = [advert["advert_id"] for advert in adverts]
    pairs = list(published.joining_keys(order))
    showing = {advert_id for advert_id, key_no in pairs if key_no in numbers}
    shown_by = [advert_id for advert_id in order if advert_id in showing]
    if len(shown_by) < 2:
        return {}
    rest = _component(order, ((a, k) for a, k in pairs if k not in numbers))
    side = _of_size(rest, shown_by, facts["splits"][0])
    here = [advert_id for advert_id in shown_by if advert_id in side] or shown_by[:1]
    there = [advert_id for advert_id in shown_by if advert_id not in side and advert_id != here[0]]
    return {
        "shown_by": [str(i) for i in shown_by],
        "smaller_side": [str(i) for i in order if i in side],
        "compare": [str(here[0]), str(there[0])] if there else [],
    }


def _component(advert_ids: list[int], pairs: Iterable[Pair]) -> dict[int, int]:
    """Return for each advert the first advert of its component over these (advert, key) pairs."""
    parent = {advert_id: advert_id for advert_id in advert_ids}
    first_of_key: dict[int, int] = {}

    def root(advert_id: int) -> int:
        while parent[advert_id] != advert_id:
            parent[advert_id] = parent[parent[advert_id]]
            advert_id = parent[advert_id]
        return advert_id

    for advert_id, key_no in pairs:
        one, other = root(advert_id), root(first_of_key.setdefault(key_no, advert_id))
        parent[max(one, other)] = min(one, other)
    return {advert_id: root(advert_id) for advert_id in advert_ids}


def _of_size(component: dict[int, int], shown_by: list[int], size: int) -> set[int]:
    """Return the one component of this size that shows the keys; empty when there is none or more than one."""
    members: dict[int, set[int]] = {}
    for advert_id, root in component.items():
        members.setdefault(root, set()).add(advert_id)
    fitting = [members[root] for root in sorted({component[i] for i in shown_by}) if len(members[root]) == size]
    return fitting[0] if len(fitting) == 1 else set()
