"""Batches of adverts sent to worker processes as Arrow bytes, and their mentions taken in the order of the batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

import pyarrow as pa

from felinar.extract.pool import executor, give_up

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

    A few batches for each worker are taken in advance. It stops early where processes cannot be started (a program
    without `if __name__ == "__main__"`): the caller then reads what was `taken` and what is left of the batches itself.
    """
    chosen = sorted(names)
    futures: deque[Future[bytes]] = deque()
    try:
        pool = executor(workers, native=native)
        while pool is not None:
            for batch in islice(batches, _AHEAD * workers - len(taken)):
                taken.append(batch)
                futures.append(pool.submit(_of_bytes, _to_bytes(batch), kinds, chosen, native))
            if not futures:
                return
            part = _from_bytes(futures.popleft().result())
            taken.popleft()
            yield part
    except BrokenProcessPool:
        give_up()


def _of_bytes(batch: bytes, kinds: list[str], names: list[str], native: bool) -> bytes:
    from felinar.extract import EXTRACTORS
    from felinar.extract.stage import of_batch

    readers = [e for e in EXTRACTORS if e.name in names]
    return _to_bytes(of_batch(readers, _from_bytes(batch), kinds, native=native))


def _to_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _from_bytes(content: bytes) -> pa.Table:
    return pa.ipc.open_stream(content).read_all()
