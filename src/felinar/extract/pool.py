"""Worker processes for extraction: started once, kept for the whole run, gone with their parent.

A worker waits on its parent's end in a thread of its own, so that a parent killed with kill -9 leaves nothing behind.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from itertools import islice
from multiprocessing.connection import wait

import pyarrow as pa

# Batches that wait for each worker, so that none idles while its parent sorts and writes.
_AHEAD = 4


class _Kept:
    """The pool of this process, its size and its owner; `cannot` where processes could not be started."""

    pool: ProcessPoolExecutor | None = None
    size: int = 0
    owner: int = 0
    cannot: bool = False


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
    if _Kept.cannot:
        return
    chosen = sorted(names)
    futures: deque[Future[bytes]] = deque()
    try:
        pool = _pool(workers)
        while True:
            for batch in islice(batches, _AHEAD * workers - len(taken)):
                taken.append(batch)
                futures.append(pool.submit(_of_bytes, _to_bytes(batch), kinds, chosen, native))
            if not futures:
                return
            part = _from_bytes(futures.popleft().result())
            taken.popleft()
            yield part
    except BrokenProcessPool:
        _Kept.cannot, _Kept.pool = True, None


def start(workers: int) -> None:
    """Start the processes in the background, so that they are ready when the first batch comes."""
    if workers > 1 and not _Kept.cannot:
        pool = _pool(workers)
        for _ in range(workers):
            pool.submit(int)


def executor(workers: int) -> ProcessPoolExecutor | None:
    """Return the pool, for other work than reading; None where processes cannot be started."""
    return None if _Kept.cannot else _pool(workers)


def stop() -> None:
    """End the worker processes: what they have loaded is not needed any more."""
    if _Kept.pool is not None and _Kept.owner == os.getpid():
        _Kept.pool.shutdown()
    _Kept.pool = None


def _pool(workers: int) -> ProcessPoolExecutor:
    if _Kept.pool is None or _Kept.size != workers or _Kept.owner != os.getpid():
        if _Kept.pool is not None and _Kept.owner == os.getpid():
            _Kept.pool.shutdown()
        spawn = multiprocessing.get_context("spawn")
        _Kept.pool = ProcessPoolExecutor(workers, spawn, initializer=_begin)
        _Kept.size, _Kept.owner = workers, os.getpid()
    return _Kept.pool


def _begin() -> None:
    """Prepare a worker: it ends with its parent, and reads one text so that every list is loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from felinar.extract import EXTRACTORS
    from felinar.extract.stage import of_batch
    from felinar.tables import ADVERTS

    text = "Anna, 26, call me in Leeds: 07700 900123, ana at example dot com, 50 euro. Здравствуйте"
    adverts = ADVERTS.from_rows([{"advert_id": 1, "body": text, "place_text": "Leeds"}])
    of_batch(EXTRACTORS, adverts, ["name"], native=False)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


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
