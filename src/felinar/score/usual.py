"""What is usual in the pile: counted when an epoch begins and frozen until the next one.

Whatever compares an operation with all others asks here, so within an epoch what a batch does not touch stays as it is.

| asked by                     | what                                                            |
|------------------------------|-----------------------------------------------------------------|
| shares of adverts            | adverts that show a sign: in all, on each site, in each country |
| names, rotation, size, pay   | the middle of the pile, by size or by unit                      |
| prices, addresses            | prices that many ask, addresses where many operations stand     |
| every reason                 | operations that show the same sign                              |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from felinar.score.counting import Bools, Ints, median

USUAL = pa.schema([("rule", pa.string()), ("what", pa.string()), ("number", pa.int64())])
Numbers = Mapping[str, int]

# Fewer units of the same size than this say nothing about what is usual.
LEAST_PEERS = 20


@dataclass
class Usual:
    """The numbers by rule, then by what is counted. `adverts`: those that were counted, ascending; None for all.

    An advert that came later stands in no number, so an operation leaves out of them only what was counted of it.
    """

    numbers: dict[str, Numbers] = field(default_factory=dict)
    adverts: Ints | None = None

    @property
    def is_frozen(self) -> bool:
        """Whether the numbers are those of an earlier run."""
        return self.adverts is not None

    def of(self, rule: str, count: Callable[[], Numbers]) -> Numbers:
        """Return the numbers of a rule; they are counted where the epoch begins, and only there."""
        if not self.is_frozen:
            self.numbers[rule] = count()
        return self.numbers.get(rule, {})

    def table(self) -> pa.Table:
        """Return all numbers as a table to be kept."""
        rows = [(rule, what, self.numbers[rule][what]) for rule in sorted(self.numbers) for what in self.numbers[rule]]
        columns = list(zip(*sorted(rows), strict=True)) or [()] * len(USUAL)
        return pa.table([pa.array(c, f.type) for c, f in zip(columns, USUAL, strict=True)], schema=USUAL)

    @classmethod
    def of_table(cls, table: pa.Table, adverts: Ints) -> Usual:
        """Return what `table()` gave when the epoch began, and these adverts were the pile."""
        numbers: dict[str, dict[str, int]] = {}
        for rule, what, number in zip(*(table[name].to_pylist() for name in USUAL.names), strict=True):
            numbers.setdefault(rule, {})[what] = number
        return cls(dict(numbers), adverts)


def usual_of_size(usual: Usual, rule: str, number: Ints, size: Ints, counts: Bools, *, least: int = 0) -> Ints:
    """Return for each unit the middle number among units of about the same size (powers of two), `least` at least.

    Only units that count are looked at; where fewer than `LEAST_PEERS` have that size, `least` stands in.
    """
    band = np.log2(np.maximum(size, 1)).astype(np.int64)

    def count() -> dict[str, int]:
        peers = {b: number[counts & (band == b)] for b in np.unique(band[counts]).tolist()}
        return {str(b): median(numbers) for b, numbers in peers.items() if len(numbers) >= LEAST_PEERS}

    middle = usual.of(rule, count)
    bands = np.arange(int(band.max(initial=0)) + 1).tolist()
    by_band = np.array([max(least, middle.get(str(b), least)) for b in bands], dtype=np.int64)
    return np.where(counts, by_band[band], least)
