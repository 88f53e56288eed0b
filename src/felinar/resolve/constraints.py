"""What people judged, as adverts that must stand together or apart. "Different" always holds.

| judgement                        | what follows                                                      |
|----------------------------------|-------------------------------------------------------------------|
| two adverts or operations "same" | their adverts are chained in pairs: together, whatever they show  |
| … "different"                    | no advert of one side is ever in one operation with the other's   |
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from felinar.store import contradictions


class Judged(contradictions.Judged, Protocol):
    """The part of a judgement that links and operations obey."""

    @property
    def judgement_id(self) -> int:
        """Its number."""


@dataclass(frozen=True)
class Constraints:
    """`together`: pairs of advert ids. `apart`: an advert id and its side; judgement j has the sides 2j and 2j + 1."""

    together: npt.NDArray[np.int64]
    apart: npt.NDArray[np.int64]


def constraints(judgements: Iterable[Judged]) -> Constraints:
    """Return what the judgements on adverts and operations demand, sorted."""
    together: set[tuple[int, int]] = set()
    apart: set[tuple[int, int]] = set()
    for number, judgement in enumerate(judgements):
        left, right = members(judgement)
        if judgement.verdict == "same" and left and right:
            together.update(pairwise(sorted({*left, *right})))
        elif judgement.verdict == "different":
            apart.update((advert, 2 * number) for advert in left)
            apart.update((advert, 2 * number + 1) for advert in right)
    return Constraints(_pairs(together), _pairs(apart))


def members(judgement: Judged) -> tuple[list[int], list[int]]:
    """Return the adverts on either side of a judgement; none for one on a key."""
    if judgement.scope == "advert":
        return [int(judgement.left)], [int(judgement.right)]
    if judgement.scope == "operation":
        adverts = json.loads(judgement.adverts or "{}")
        return [int(a) for a in adverts.get("left", [])], [int(a) for a in adverts.get("right", [])]
    return [], []


def _pairs(pairs: set[tuple[int, int]]) -> npt.NDArray[np.int64]:
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def among(rows: npt.NDArray[np.int64], advert_ids: npt.NDArray[np.int64], columns: int) -> npt.NDArray[np.int64]:
    """Return the rows with the ids in their first columns as positions in the sorted ids; unknown adverts go."""
    if len(rows) == 0 or len(advert_ids) == 0:
        return np.zeros((0, 2), dtype=np.int64)
    ids = rows[:, :columns]
    at = np.minimum(np.searchsorted(advert_ids, ids), len(advert_ids) - 1)
    known = np.flatnonzero((advert_ids[at] == ids).all(axis=1))
    return np.concatenate([at[known], rows[known, columns:]], axis=1)
