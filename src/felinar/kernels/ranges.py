"""Split many items into ranges that weigh about the same, one for each thread; compiled kernels run side by side."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

R = TypeVar("R")
T = TypeVar("T")
FEW = 10_000  # weight that is sooner done than shared out


def in_ranges(ends: NDArray[np.int64], threads: int, work: Callable[[int, int], R]) -> list[R]:
    """Return what the work gives for ranges of items (first, one past the last), in order; one range at least.

    Item i weighs ends[i + 1] - ends[i].
    """
    ranges = ranges_of(ends, threads)
    if len(ranges) == 1:
        return [work(*ranges[0])]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda one: work(*one), ranges))


def ranges_of(ends: NDArray[np.int64], count: int) -> list[tuple[int, int]]:
    """Return so many ranges of items, fewer where items are few or heavy."""
    items, weight = len(ends) - 1, int(ends[-1] - ends[0])
    if count == 1 or weight < FEW:
        return [(0, items)]
    marks = ends[0] + weight * np.arange(1, count) // count
    cuts = sorted({0, items, *np.searchsorted(ends[:-1], marks).tolist()})
    return list(pairwise(cuts))


def in_blocks(items: int, size: int, threads: int, work: Callable[[int, int], R]) -> list[R]:
    """Return what the work gives for blocks of so many items, in order; one block at least, if an empty one."""
    blocks = [(first, min(items, first + size)) for first in range(0, max(1, items), size)]
    if threads == 1 or len(blocks) == 1:
        return [work(*block) for block in blocks]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda block: work(*block), blocks))


def in_turn(things: Iterable[T], threads: int, work: Callable[[T], R]) -> Iterator[R]:
    """Yield what the work gives for each thing, in order; only a few things are taken before their turn."""
    if threads == 1:
        yield from map(work, things)
        return
    waiting: deque[Future[R]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for thing in things:
            waiting.append(pool.submit(work, thing))
            if len(waiting) > 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
