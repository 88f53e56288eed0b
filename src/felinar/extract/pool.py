"""Worker processes: started once, kept for the whole run, gone with their parent.

On Linux one process loads the readers (`ready.py` here and in `native/`) and is forked for every worker, so that they
are loaded once; it has no threads, which a fork would lose. Elsewhere every worker is a new program that loads what it
is asked for. A worker waits on its parent's end in a thread of its own, so that kill -9 of a parent leaves none behind.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from typing import Any

_READY, _READY_TOO = "felinar.extract.ready", "felinar.extract.native.ready"
# On macOS the system's libraries do not bear a fork, Windows has none.
_CAN_FORK = sys.platform == "linux"
# What keeps numpy and Arrow from starting threads when they are imported.
_WITHOUT_THREADS = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


class _Kept:
    """The pool of this process, its size and its owner; `cannot` where processes could not be started."""

    pool: ProcessPoolExecutor | None = None
    size: int = 0
    owner: int = 0
    cannot: bool = False


def start(workers: int, *, native: bool) -> None:
    """Begin to load what the workers need, in the background, so that they are ready when the first batch comes."""
    if workers > 1 and not _Kept.cannot and _Kept.pool is None:
        if _CAN_FORK:
            _context(native)
        else:
            executor(workers)


def executor(workers: int, *, native: bool = True) -> ProcessPoolExecutor | None:
    """Return the pool, for reading and for other work; None where processes cannot be started.

    `native`: compiled readers are loaded before the first worker begins; asked for later they are loaded by each.
    """
    if _Kept.cannot:
        return None
    if _Kept.pool is None or _Kept.size != workers or _Kept.owner != os.getpid():
        stop()
        _Kept.pool, _Kept.size = _started(workers, native), workers
    return _Kept.pool


def give_up() -> None:
    """Do without processes from now on: they die, as in a program without `if __name__ == "__main__"`."""
    _Kept.cannot, _Kept.pool = True, None


def stop() -> None:
    """End the worker processes: what they have loaded is not needed any more."""
    if _Kept.owner == os.getpid():
        if _Kept.pool is not None:
            _Kept.pool.shutdown()
        if _CAN_FORK:
            _end_what_is_forked()
    _Kept.pool = None


def _started(workers: int, native: bool) -> ProcessPoolExecutor | None:
    """Return a pool all of whose processes are asked for, so that they are ready at once; None where none starts."""
    try:
        pool = ProcessPoolExecutor(workers, _context(native), initializer=_begin)
        for _ in range(workers):
            pool.submit(int)
    except (OSError, EOFError):  # what is to be forked has died
        give_up()
        return None
    return pool


def _context(native: bool) -> BaseContext:
    """Return how processes are started; where they are forked, what is forked begins to load."""
    _Kept.owner = os.getpid()
    if not _CAN_FORK:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_READY, _READY_TOO] if native else [_READY])
    with _as_child_needs():
        forkserver.ensure_running()
    return context


@contextmanager
def _as_child_needs() -> Iterator[None]:
    """Let programs that are started meanwhile have no threads and leave Ctrl-C to us."""
    before = {name: os.environ.get(name) for name in _WITHOUT_THREADS}
    signals = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    os.environ.update(_WITHOUT_THREADS)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({} if value is None else {name: value})
        signal.pthread_sigmask(signal.SIG_SETMASK, signals)


def _end_what_is_forked() -> None:
    """End the process that was forked: it holds as much memory as a worker. Python has no public name for this."""
    server: Any = forkserver
    server._forkserver._stop()


def _begin() -> None:
    """Prepare a worker: it ends with its parent, and every list is loaded (already, where it was forked)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()
    importlib.import_module(_READY)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
