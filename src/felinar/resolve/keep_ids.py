"""Give operations their ids: the one that they had before where they stayed, else one made from their content."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from felinar.ids import id_of

Codes = npt.NDArray[np.int64]


def keep_ids(advert_ids: Codes, group: Codes, before: Codes) -> tuple[Codes, dict[int, list[int]]]:
    """Return each advert's operation id, and per operation the other operations from which it has adverts.

    `group` is a code per advert; `before` its operation id of the run before, or -1. Where several groups come from
    one operation, the one with the most of its adverts keeps the id; ties go to the smallest advert.
    """
    groups, code = np.unique(group, return_inverse=True)
    known = np.flatnonzero(before >= 0)
    pairs, adverts = np.unique(np.stack([code[known], before[known]], axis=1), axis=0, return_counts=True)
    ids = _inherited(pairs, adverts, len(groups))
    taken = set(ids[ids >= 0].tolist()) | set(before[known].tolist())
    smallest = np.full(len(groups), np.iinfo(np.int64).max)
    np.minimum.at(smallest, code, advert_ids)
    for new in np.flatnonzero(ids < 0).tolist():
        ids[new] = _fresh_id(int(smallest[new]), taken)
        taken.add(int(ids[new]))
    previous: dict[int, list[int]] = {}
    for (number, old), _ in zip(pairs.tolist(), adverts, strict=True):
        if old != ids[number]:
            previous.setdefault(int(ids[number]), []).append(old)
    return ids[code], previous


def _inherited(pairs: Codes, adverts: Codes, groups: int) -> Codes:
    """Return per group the id that it keeps, or -1; the largest overlap chooses first."""
    ids = np.full(groups, -1, dtype=np.int64)
    given: set[int] = set()
    for i in np.lexsort((pairs[:, 0], pairs[:, 1], -adverts)).tolist():
        number, old = pairs[i].tolist()
        if ids[number] < 0 and old not in given:
            ids[number] = old
            given.add(old)
    return ids


def _fresh_id(smallest_advert: int, taken: set[int]) -> int:
    """Return an id made from the smallest advert; counted on where a part that split off has that advert."""
    number = 0
    while (fresh := id_of("operation", smallest_advert, number)) in taken:
        number += 1
    return fresh
