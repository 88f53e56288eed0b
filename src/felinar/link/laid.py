"""Which pictures were laid over each other in runs before: the costly part of looking for parts, done once a pair."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from felinar.kernels.points import Points
from felinar.kernels.same_part import overlap

# `agreeing`: points that agree, 0: no part in common; of the second picture as it is, or mirrored.
LAID = pa.schema([("left", pa.string()), ("right", pa.string()), ("mirrored", pa.bool_()), ("agreeing", pa.int32())])
Pair = tuple[str, str, bool]


@dataclass
class Laid:
    """`before`: what is known of pairs; `now`: of those that were asked for, to be known in the next run."""

    before: dict[Pair, int] = field(default_factory=dict)
    now: dict[Pair, int] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pa.Table) -> Laid:
        """Return what a table with the columns of LAID says."""
        columns = (table[name].to_pylist() for name in LAID.names)
        return cls({(left, right, mirrored): n for left, right, mirrored, n in zip(*columns, strict=True)})

    def table(self) -> pa.Table:
        """Return what was asked for, sorted, with the columns of LAID."""
        rows = sorted((*pair, agreeing) for pair, agreeing in self.now.items())
        columns = list(zip(*rows, strict=True)) or [()] * len(LAID)
        return pa.table([pa.array(c, f.type) for c, f in zip(columns, LAID, strict=True)], schema=LAID)

    def agreeing(self, pair: Pair, left: Points, right: Points) -> int:
        """Return how many points of two pictures agree, 0 where they have no part in common."""
        known = self.before.get(pair)
        if known is None:
            seen = overlap(*left, *right)
            known = seen.agreeing if seen.is_same else 0
        self.now[pair] = known
        return known
