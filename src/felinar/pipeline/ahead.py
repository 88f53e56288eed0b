"""Adverts read by worker processes while the rest of a delivery still comes in: neither waits for the other's disk.

What is read stands in the files in which the run that follows looks for it (`read.py`); only such a run asks for it.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

import pyarrow as pa

from felinar.config import threads
from felinar.extract import ADVERT_COLUMNS, USUAL_BYTES, extract, is_compiled, processes
from felinar.extract.pool import start
from felinar.pipeline.progress import Progress
from felinar.pipeline.read import name_of_mentions
from felinar.store.lake import Lake, Part

# Files of adverts that are read at a time (while the mentions of one are written, the workers read the next one), and
# that wait at most: their texts are in memory, some 30 MB each.
AT_ONCE, WAITING = 2, 8


def load_workers(size: int) -> None:
    """Begin to load the readers of a delivery of so many bytes: the sooner, the less is waited for them."""
    native = is_compiled()
    start(processes(size // USUAL_BYTES, threads(), native), native=native)


class Ahead:
    """Reads files of adverts as they are written; does nothing unless it is `wanted`, and where it would not pay.

    `size` is that of the delivery in bytes.

    What cannot be read is left to the run, which says what is wrong. After an error, what was read is deleted.
    """

    def __init__(self, lake: Lake, *, wanted: bool, size: int) -> None:
        self._lake, self._size = lake, size
        self._files: list[tuple[int, Future[Part]]] = []
        self._pool = ThreadPoolExecutor(AT_ONCE) if wanted and threads() > 1 and is_compiled() else None

    def __enter__(self) -> Ahead:
        if self._pool is not None:
            load_workers(self._size)
        return self

    def take(self, part: Part, adverts: pa.Table) -> None:
        """Have the adverts of this file read; where as many as may wait do so already, wait with them."""
        if self._pool is None:
            return
        if len(self._files) >= WAITING:
            self._files[-WAITING][1].exception()
        self._files.append((part.rows, self._pool.submit(self._read, part, adverts.select(ADVERT_COLUMNS))))

    def _read(self, part: Part, adverts: pa.Table) -> Part:
        return self._lake.write_part(name_of_mentions(part), extract(adverts, workers=threads(), native=True))

    def finish(self, show: Progress) -> None:
        """Return when all is read."""
        left = [(rows, future) for rows, future in self._files if not future.done()]
        if left:
            advance = show.begin("reading adverts", sum(rows for rows, _ in left))
            for rows, future in left:
                future.exception()
                advance(rows)

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is None:
            return
        self._pool.shutdown(cancel_futures=kind is not None)
        for _, future in self._files if kind is not None else ():
            if not future.cancelled() and future.exception() is None:
                (self._lake.folder / future.result().file).unlink(missing_ok=True)
