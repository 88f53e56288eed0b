"""Do one large piece of work in a process of its own while this one goes on, and take the result at the end.

Others wait for what this process does, and the process beside it for idle processors: so it is the one that gives way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Generic, TypeVar

R = TypeVar("R")

# More of niceness than its parent has: less than half of the weight. With 10 it starved where other programs work too.
GIVES_WAY = 4


class Beside(Generic[R]):
    """A call that another process makes while this one works.

    Without `apart` a thread that is lent to it makes it (`lend`), or where there is none, who asks for it. Sent to a
    process, the call and its result must be such as can be sent (`pickle`). Left by an error, the process is ended
    first, so that it writes no more.
    """

    def __init__(self, call: Callable[[], R], *, apart: bool):
        self._call, self._apart = call, apart

    def __enter__(self) -> Beside[R]:
        if self._apart:
            starter = ThreadPoolExecutor(1)  # a call that brings tables along is sent only once the other has woken up
            self._started = starter.submit(_started, self._call)
            starter.shutdown(wait=False)
        return self

    def lend(self, along: Executor) -> None:
        """Have a thread of these make the call, where no process does."""
        if not self._apart:
            self._call = along.submit(self._call).result

    def result(self) -> R:
        """Return the result, or raise what the call raised; what a process left undone when it died is done here."""
        if not self._apart:
            return self._call()
        _, answer = self._started.result()
        try:
            result, problem = answer.recv()
        except EOFError:
            return self._call()
        if problem is not None:
            raise problem
        return result  # type: ignore[no-any-return]

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._apart and self._started.exception() is None:
            process, answer = self._started.result()
            if kind is not None:
                process.terminate()
            process.join()
            answer.close()


def _started(call: Callable[[], object]) -> tuple[SpawnProcess, Connection]:
    """Start a process that makes the call, and return it with the end at which it answers."""
    spawn = multiprocessing.get_context("spawn")
    answer, far_end = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_work, args=(far_end, call), daemon=True)
    try:
        process.start()
    finally:
        far_end.close()
    return process, answer


def _work(answer: Connection, call: Callable[[], R]) -> None:
    """Make the call and send what comes out; end with the parent, even if that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answer.send((call(), None))
    except Exception as problem:
        answer.send((None, problem))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
