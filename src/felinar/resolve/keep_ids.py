"""Give operations their ids: the one that they had before where they stayed, else one made from their content."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.ids import id_of_bytes
from felinar.kernels.sorting import counted, numbered

Codes = npt.NDArray[np.int64]


def keep_ids(
    advert_ids: Codes, group: Codes, before: Codes, taken: Codes | None = None
) -> tuple[Codes, dict[int, list[int]]]:
    """Return each advert's operation id, and per operation the other operations from which it has adverts.

    `group` is a code per advert, not large; `before` its operation id of the run before, or -1. Where several groups
    come from one operation, the one with the most of its adverts keeps the id; ties go to the smallest advert. `taken`
    are ids of operations that stand elsewhere.
    """
    is_group = np.bincount(group) > 0 if len(group) else np.zeros(0, np.bool_)
    code = (np.cumsum(is_group) - 1)[group]
    groups = int(is_group.sum())
    known = np.flatnonzero(before >= 0)
    olds, old = numbered(before[known])
    cells, adverts = counted(code[known] * len(olds) + old)
    pairs = np.stack([cells // max(len(olds), 1), olds[cells % max(len(olds), 1)]], axis=1)
    ids = _inherited(pairs, adverts, groups)
    smallest = np.full(groups, np.iinfo(np.int64).max)
    np.minimum.at(smallest, code, advert_ids)
    new = np.flatnonzero(ids < 0)
    ids[new] = _fresh_ids(smallest[new], taken=olds if taken is None else taken)
    moved = pairs[:, 1] != ids[pairs[:, 0]]
    previous: dict[int, list[int]] = {}
    for number, gone in pairs[moved].tolist():
        previous.setdefault(int(ids[number]), []).append(gone)
    return ids[code], previous


def _inherited(pairs: Codes, adverts: Codes, groups: int) -> Codes:
    """Return per group the id that it keeps, or -1; the largest overlap chooses first.

    Nearly all groups come from one operation that went nowhere else: only the others have to be told apart.
    """
    ids = np.full(groups, -1, dtype=np.int64)
    old = numbered(pairs[:, 1].copy())[1]
    plain = (np.bincount(pairs[:, 0], minlength=groups)[pairs[:, 0]] == 1) & (np.bincount(old)[old] == 1)
    ids[pairs[plain, 0]] = pairs[plain, 1]
    pairs, adverts = pairs[~plain], adverts[~plain]
    given: set[int] = set()
    for number, before in pairs[np.lexsort((pairs[:, 0], pairs[:, 1], -adverts))].tolist():
        if ids[number] < 0 and before not in given:
            ids[number] = before
            given.add(before)
    return ids


def _fresh_ids(smallest_adverts: Codes, taken: Codes) -> Codes:
    """Return ids made from the smallest adverts; counted on where a part that split off has that advert."""
    fresh = np.array([_fresh_id(advert, 0) for advert in smallest_adverts.tolist()], dtype=np.int64)
    again = np.flatnonzero(pc.is_in(pa.array(fresh), pa.array(taken)).to_numpy(zero_copy_only=False))
    used = {*taken.tolist(), *fresh.tolist()} if len(again) else set()
    for place in again.tolist():
        number = 1
        while (other := _fresh_id(int(smallest_adverts[place]), number)) in used:
            number += 1
        used.add(other)
        fresh[place] = other
    return fresh


def _fresh_id(smallest_advert: int, number: int) -> int:
    """Return `id_of("operation", smallest_advert, number)`, without the cost of a general JSON writer."""
    return id_of_bytes(f'["operation",{smallest_advert},{number}]'.encode())
