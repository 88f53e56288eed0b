"""Hand work to worker processes or threads and take the results in the order of the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Items that wait for each worker, so that none idles while its parent is busy.
AHEAD = 3


class InOrder(Generic[T, R]):
    """The results of a function of many items, in their order; without a pool this process does the work itself.

    Where the workers die (a machine short of memory), this process does what they left.
    """

    def __init__(self, function: Callable[[T], R], items: Iterable[T], pool: Executor | None, workers: int):
        self._function, self._items, self._pool = function, iter(items), pool
        self._ahead = AHEAD * workers
        self._under_way: deque[tuple[T, Future[R]]] = deque()

    def __iter__(self) -> Iterator[R]:
        if self._pool is not None:
            try:
                yield from self._from(self._pool)
            except BrokenProcessPool:
                self._items = chain([item for item, _ in self._under_way], self._items)
                self._under_way.clear()
        yield from map(self._function, self._items)

    def _from(self, pool: Executor) -> Iterator[R]:
        while True:
            while len(self._under_way) < self._ahead and (item := next(self._items, None)) is not None:
                self._under_way.append((item, pool.submit(self._function, item)))
            if not self._under_way:
                return
            result = self._under_way[0][1].result()
            self._under_way.popleft()
            yield result

    def left(self) -> Iterator[R]:
        """Stop, and return the results of what was under way: what it did may have to be undone."""
        for _, future in self._under_way:
            future.cancel()
        for _, future in self._under_way:
            if not future.cancelled() and future.exception() is None:
                yield future.result()
