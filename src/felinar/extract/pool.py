"""Worker processes: started once, kept for the whole run, gone with their parent.

Loading the readers takes a second. So a delivery that is not large gets fewer processes than it may use processors, and
each of these reads several batches at once, in threads: compiled readers leave other threads alone most of the time.

Each is a new program that loads the readers itself (decision 6 tells why they are not forked). It waits on its
parent's end in a thread of its own, so that a parent killed with kill -9 leaves nothing behind.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from concurrent.futures.process import ProcessPoolExecutor
from multiprocessing.connection import wait

from felinar.config import without_collector


class _Kept:
    """The pool of this process, its size and its owner; `cannot` where processes could not be started."""

    pool: ProcessPoolExecutor | None = None
    size: int = 0
    owner: int = 0
    cannot: bool = False


def start(processes: int, *, native: bool) -> None:
    """Begin to load what the workers need, in the background, so that they are ready when the first batch comes."""
    executor(processes, native=native)


def at_once(workers: int) -> int:
    """Return how many batches each process of the pool reads at once, so that together they do so many."""
    return max(1, -(-workers // max(1, _Kept.size)))


def executor(workers: int, *, native: bool = True) -> ProcessPoolExecutor | None:
    """Return the pool, for reading and for other work; None where processes cannot be started.

    It has as many processes as were asked for when it was started. `native`: they begin with compiled readers, where
    these are compiled; else each loads them when asked.
    """
    if _Kept.cannot:
        return None
    if _Kept.pool is None or _Kept.owner != os.getpid():
        _Kept.pool, _Kept.size, _Kept.owner = _started(workers, native), workers, os.getpid()
    return _Kept.pool


def give_up() -> None:
    """Do without processes from now on: they die, as in a program without `if __name__ == "__main__"`."""
    _Kept.cannot, _Kept.pool = True, None


def stop() -> None:
    """End the worker processes: what they have loaded is not needed any more."""
    if _Kept.pool is not None and _Kept.owner == os.getpid():
        _Kept.pool.shutdown()
    _Kept.pool = None


def _started(workers: int, native: bool) -> ProcessPoolExecutor:
    """Return a pool all of whose processes are asked for, so that they load at once."""
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(native,))
    for _ in range(workers):
        pool.submit(int)
    return pool


def _begin(native: bool) -> None:
    """Prepare a worker: it ends with its parent, and every list is loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    atexit.register(os._exit, 0)  # nothing is left to write, and taking down what was loaded takes half a second
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with without_collector():
        from felinar.extract.ready import load

        load(native=native)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
