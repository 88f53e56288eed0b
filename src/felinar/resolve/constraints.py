"""What people judged, as pairs of adverts that must stand together or apart. "Different" always holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

# Two operations judged different keep so many adverts of either apart from each other; more would change nothing.
MOST_MEMBERS = 100


class Judged(Protocol):
    """The part of a judgement that links and operations obey."""

    @property
    def scope(self) -> str:
        """Scope: advert, key or operation."""

    @property
    def left(self) -> str:
        """The id or key on the left."""

    @property
    def right(self) -> str:
        """The id on the right; the value of a key."""

    @property
    def verdict(self) -> str:
        """Verdict: same, different, unsure, hub or not a hub."""

    @property
    def adverts(self) -> str:
        """JSON of the adverts that it was given for: {"left": […], "right": […]}."""


@dataclass(frozen=True)
class Constraints:
    """Pairs of advert ids: `together` and `apart` have two columns."""

    together: npt.NDArray[np.int64]
    apart: npt.NDArray[np.int64]


def constraints(judgements: Iterable[Judged]) -> Constraints:
    """Return the pairs that the judgements on adverts and operations demand, sorted."""
    together: set[tuple[int, int]] = set()
    apart: set[tuple[int, int]] = set()
    for judgement in judgements:
        left, right = _members(judgement)
        if judgement.verdict == "same" and left and right:
            chain = sorted({*left, *right})
            together.update(pairwise(chain))
        elif judgement.verdict == "different":
            apart.update((min(a, b), max(a, b)) for a in left for b in right if a != b)
    return Constraints(_pairs(together), _pairs(apart))


def _members(judgement: Judged) -> tuple[list[int], list[int]]:
    if judgement.scope == "advert":
        return [int(judgement.left)], [int(judgement.right)]
    if judgement.scope == "operation":
        adverts = json.loads(judgement.adverts or "{}")
        return [sorted(int(a) for a in adverts.get(side, []))[:MOST_MEMBERS] for side in ("left", "right")]  # type: ignore[return-value]
    return [], []


def _pairs(pairs: set[tuple[int, int]]) -> npt.NDArray[np.int64]:
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def among(pairs: npt.NDArray[np.int64], advert_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the pairs as positions in the sorted ids; a pair with an unknown advert is left out."""
    if len(pairs) == 0 or len(advert_ids) == 0:
        return np.zeros((0, 2), dtype=np.int64)
    at = np.minimum(np.searchsorted(advert_ids, pairs), len(advert_ids) - 1)
    known: npt.NDArray[np.int64] = at[(advert_ids[at] == pairs).all(axis=1)].astype(np.int64)
    return known
