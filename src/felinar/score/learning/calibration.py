"""What share of the operations read at a score was worth reading: a staircase that never falls, and nobody's guilt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from felinar.score.learning.outcomes import LEAST_OUTCOMES

LEAST_OF_A_STEP = 20


@dataclass(frozen=True)
class Step:
    """From this score on: operations that were read, and how many of them were worth it."""

    from_score: int
    read: int
    worth: int


def calibrated(read: Sequence[tuple[int, bool]]) -> list[Step]:
    """Return the steps by score, none before there are enough outcomes; `read` gives (score, worth reading).

    Neighbours are pooled until the share worth reading rises from step to step and each step holds enough
    (pool adjacent violators, in whole numbers).
    """
    if len(read) < LEAST_OUTCOMES:
        return []
    steps: list[Step] = []
    for score in sorted({score for score, _ in read}):
        mine = [worth for at, worth in read if at == score]
        steps.append(Step(score, len(mine), sum(mine)))
        while len(steps) > 1 and (_falls(*steps[-2:]) or steps[-2].read < LEAST_OF_A_STEP):
            last = steps.pop()
            before = steps.pop()
            steps.append(Step(before.from_score, before.read + last.read, before.worth + last.worth))
    if len(steps) > 1 and steps[-1].read < LEAST_OF_A_STEP:
        last, before = steps.pop(), steps.pop()
        steps.append(Step(before.from_score, before.read + last.read, before.worth + last.worth))
    return steps


def _falls(before: Step, after: Step) -> bool:
    return before.worth * after.read >= after.worth * before.read
