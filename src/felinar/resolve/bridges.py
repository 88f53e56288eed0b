"""Name the weakest join of each operation: the keys that it rests on and what would split off without it."""

from __future__ import annotations

import numpy as np

from felinar.ids import canonical_json
from felinar.resolve.join import Codes, Joins

MOST_KEYS = 5


def weakest_links(joins: Joins, group: Codes, kinds: list[str], values: list[str]) -> dict[int, str]:
    """Return, per group of two or more adverts, the join with the least evidence to spare as canonical JSON.

    A join that splits off two or more adverts on both sides is named before one that only holds a single advert.
    """
    total = np.bincount(group, minlength=len(group)) if len(group) else np.zeros(0, np.int64)
    owner = group[joins.child]
    splits_one = np.minimum(joins.size, total[owner] - joins.size) < 2
    order = np.lexsort((joins.child, joins.surplus, splits_one, owner))
    first = order[np.concatenate(([True], owner[order][1:] != owner[order][:-1]))] if len(order) else order
    start = np.searchsorted(joins.of_join, np.arange(len(joins.child) + 1))
    return {
        int(owner[i]): canonical_json(
            {
                "spare_millibits": int(joins.surplus[i]),
                "splits": sorted([int(joins.size[i]), int(total[owner[i]] - joins.size[i])]),
                "keys": [[kinds[k], values[k]] for k in sorted(set(joins.key[start[i] : start[i + 1]].tolist()))][
                    :MOST_KEYS
                ],
            }
        )
        for i in first.tolist()
    }
