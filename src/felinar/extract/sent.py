"""Batches of adverts sent to worker processes as Arrow bytes, and their mentions taken in the order of the batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice

import pyarrow as pa

from felinar.config import without_collector
from felinar.extract.pool import at_once, executor, give_up

# Batches that wait for each worker, so that none idles while its parent sorts and writes.
_AHEAD = 4


def mentions_of(
    batches: Iterator[pa.Table],
    kinds: list[str],
    names: Collection[str],
    workers: int,
    taken: deque[pa.Table],
    native: bool,
) -> Iterator[pa.Table]:
    """Return the mentions batch by batch, in the order of the batches, as worker processes read them.

    A few batches for each worker are taken in advance; a process that does for several workers is sent several at once.
    It stops early where processes cannot be started (a program
    without `if __name__ == "__main__"`): the caller then reads what was `taken` and what is left of the batches itself.
    """
    chosen = sorted(names)
    futures: deque[Future[list[bytes]]] = deque()
    try:
        pool = executor(workers, native=native)
        each = at_once(workers) if native else 1
        while pool is not None:
            while len(taken) < _AHEAD * workers and (some := list(islice(batches, each))):
                taken.extend(some)
                futures.append(pool.submit(_of_bytes, list(map(_to_bytes, some)), kinds, chosen, native))
            if not futures:
                return
            for part in futures.popleft().result():
                taken.popleft()
                yield _from_bytes(part)
    except BrokenProcessPool:
        give_up()


def _of_bytes(batches: list[bytes], kinds: list[str], names: list[str], native: bool) -> list[bytes]:
    """Return the mentions of each batch; several are read at once."""
    from felinar.extract import EXTRACTORS
    from felinar.extract.stage import of_batch

    readers = [e for e in EXTRACTORS if e.name in names]

    def read(batch: bytes) -> bytes:
        return _to_bytes(of_batch(readers, _from_bytes(batch), kinds, native=native))

    with without_collector():  # for all threads, of which none may begin it again
        return list(_threads(len(batches)).map(read, batches) if len(batches) > 1 else map(read, batches))


@cache
def _threads(count: int) -> ThreadPoolExecutor:
    """Return the threads of this process, which remember what they have met."""
    return ThreadPoolExecutor(count)


def _to_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _from_bytes(content: bytes) -> pa.Table:
    return pa.ipc.open_stream(content).read_all()
