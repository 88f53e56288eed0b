"""The extract stage: adverts in, mentions out. Every text is folded once; all extractors read the same folded text."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice, repeat

import pyarrow as pa

from felinar.errors import unknown_name
from felinar.extract.contract import Extractor
from felinar.extract.precedence import ORDER
from felinar.extract.reader import FIELDS, READS, Reader, read
from felinar.tables import MENTIONS

__all__ = ["FIELDS", "READS", "chosen", "extract_each", "extract_with", "needed", "of_batch", "read"]

BATCH = 2_000
ADVERT_COLUMNS = ("advert_id", *FIELDS, "country_hint", "language")


def chosen(extractors: Sequence[Extractor], kinds: Collection[str] | None) -> list[Extractor]:
    """Return the extractors of these kinds, all without a choice; an unknown kind is an error with the nearest name."""
    known = {e.kind for e in extractors}
    for kind in kinds or ():
        if kind not in known:
            raise unknown_name("kind of mention", kind, known)
    return [e for e in extractors if kinds is None or e.kind in kinds]


def needed(extractors: Sequence[Extractor], kinds: Collection[str]) -> list[Extractor]:
    """Return the extractors to run for these kinds: also those that decide what is a misreading, and the language.

    So a kind has the same mentions alone as together with the others.
    """
    weakest = max((ORDER.index(kind) for kind in kinds if kind in ORDER), default=-1)
    also = {*ORDER[: weakest + 1], *(("language",) if set(kinds) - {"language", "masked"} else ())}
    return [e for e in extractors if e.kind in kinds or e.kind in also]


def extract_with(
    extractors: Sequence[Extractor],
    adverts: pa.Table,
    *,
    kinds: Collection[str] | None,
    workers: int,
    progress: Callable[[int], None] | None,
) -> pa.Table:
    """Return the MENTIONS of the adverts; more than one worker gives the same bytes, only sooner."""
    return next(extract_each(extractors, [adverts], kinds=kinds, workers=workers, progress=progress))


def extract_each(
    extractors: Sequence[Extractor],
    tables: Iterable[pa.Table],
    *,
    kinds: Collection[str] | None,
    workers: int,
    progress: Callable[[int], None] | None,
) -> Iterator[pa.Table]:
    """Yield the MENTIONS of each table of adverts; while one is finished the workers read the next one already."""
    wanted = sorted(e.kind for e in chosen(extractors, kinds))
    sizes: deque[list[int]] = deque()
    parts = _parts(extractors, _batches(tables, sizes), wanted, workers)
    done: list[pa.Table] = []
    for part in chain(parts, repeat(None)):
        while sizes and len(done) == len(sizes[0]):
            sizes.popleft()
            yield MENTIONS.sort(pa.concat_tables([MENTIONS.empty(), *done]))
            done = []
        if part is None:
            return
        if progress is not None:
            progress(sizes[0][len(done)])
        done.append(part)


def _batches(tables: Iterable[pa.Table], sizes: deque[list[int]]) -> Iterator[pa.Table]:
    """Yield the tables in batches with the columns that extractors read; the sizes of each table's batches are kept."""
    for table in tables:
        batches = [table.select(ADVERT_COLUMNS).slice(i, BATCH) for i in range(0, table.num_rows, BATCH)]
        sizes.append([batch.num_rows for batch in batches])
        yield from batches


def _parts(
    extractors: Sequence[Extractor], batches: Iterator[pa.Table], kinds: list[str], workers: int
) -> Iterator[pa.Table]:
    """Return the mentions batch by batch: from worker processes, and where there are none, from this process."""
    first = list(islice(batches, 2 if workers > 1 else 0))
    batches, taken = chain(first, batches), deque[pa.Table]()
    if len(first) > 1:
        from felinar.extract.pool import mentions_of

        yield from mentions_of(batches, kinds, [e.name for e in extractors], workers, taken)
    for batch in chain(taken, batches):
        yield of_batch(extractors, batch, kinds)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Spare the search for cycles of objects, a tenth of the time: readers make many objects and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def of_batch(extractors: Sequence[Extractor], adverts: pa.Table, kinds: Collection[str]) -> pa.Table:
    """Return the mentions of one batch, in the order of the adverts, not sorted."""
    columns = {name: adverts[name].to_pylist() for name in ADVERT_COLUMNS}
    with _without_collector():
        rows = Reader(needed(extractors, kinds), kinds).rows(columns.pop("advert_id"), columns)
    cells = zip(*rows, strict=True) if rows else ((),) * len(MENTIONS.names)
    arrays = [pa.array(column, field.type) for column, field in zip(cells, MENTIONS.schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=MENTIONS.schema)
