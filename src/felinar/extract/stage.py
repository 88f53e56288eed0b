"""The extract stage: adverts in, mentions out. Every text is folded once; all extractors read the same folded text."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, repeat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from felinar.config import without_collector
from felinar.errors import unknown_name
from felinar.extract.contract import Extractor
from felinar.extract.precedence import ORDER
from felinar.extract.reader import FIELDS, READS, Reader, read
from felinar.tables import MENTIONS

__all__ = ["FIELDS", "READS", "chosen", "extract_each", "extract_with", "needed", "of_batch", "read"]

# Adverts in a batch at most, and bytes of text after which a batch ends.
BATCH, BATCH_BYTES = 4_000, 4_000_000
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
    native: bool,
) -> pa.Table:
    """Return the MENTIONS of the adverts; more workers and native readers give the same bytes, only sooner."""
    return next(extract_each(extractors, [adverts], kinds=kinds, workers=workers, progress=progress, native=native))


def extract_each(
    extractors: Sequence[Extractor],
    tables: Iterable[pa.Table],
    *,
    kinds: Collection[str] | None,
    workers: int,
    progress: Callable[[int], None] | None,
    native: bool,
) -> Iterator[pa.Table]:
    """Yield the MENTIONS of each table of adverts; while one is finished the workers read the next one already."""
    wanted = sorted(e.kind for e in chosen(extractors, kinds))
    sizes: deque[list[int]] = deque()
    parts = _parts(extractors, _batches(tables, sizes), wanted, workers, native)
    done: list[pa.Table] = []
    for part in chain(parts, repeat(None)):
        while sizes and len(done) == len(sizes[0]):
            sizes.popleft()
            yield _whole(done)
            done = []
        if part is None:
            return
        if progress is not None:
            progress(sizes[0][len(done)])
        done.append(part)


def _batches(tables: Iterable[pa.Table], sizes: deque[list[int]]) -> Iterator[pa.Table]:
    """Yield the tables in batches with the columns that extractors read; the sizes of each table's batches are kept.

    The adverts of a table are read in the order of their ids, so that the batches' mentions come out sorted.
    """
    for table in tables:
        ids = table["advert_id"].to_numpy()
        adverts = table.select(ADVERT_COLUMNS)
        if np.any(ids[1:] < ids[:-1]):
            adverts = adverts.take(pa.array(np.argsort(ids, kind="stable")))
        bounds = list(pairwise(_bounds(adverts)))
        sizes.append([stop - start for start, stop in bounds])
        yield from (adverts.slice(start, stop - start) for start, stop in bounds)


def _bounds(adverts: pa.Table) -> list[int]:
    """Return where batches begin, and where the last one ends: a batch is small in adverts and in bytes."""
    size = sum(pc.fill_null(pc.binary_length(adverts[field]), 0).to_numpy().astype(np.int64) for field in FIELDS)
    end = np.cumsum(size)  # bytes up to the end of each advert
    bounds = [0]
    while bounds[-1] < adverts.num_rows:
        start = bounds[-1]
        full = int(np.searchsorted(end, BATCH_BYTES + (end[start - 1] if start else 0)))
        bounds.append(min(adverts.num_rows, start + BATCH, max(start + 1, full)))
    return bounds


def _whole(parts: list[pa.Table]) -> pa.Table:
    """Return the mentions of all batches of a table in the order of their key."""
    parts = [part for part in parts if part.num_rows]
    found = pa.concat_tables([MENTIONS.empty(), *parts])
    ends = [(part["advert_id"][0].as_py(), part["advert_id"][-1].as_py()) for part in parts]
    if any(left[1] >= right[0] for left, right in pairwise(ends)):  # adverts with one id in two batches
        return MENTIONS.sort(found)
    return found  # in as many pieces as batches: in one piece they would be copied


def _parts(
    extractors: Sequence[Extractor], batches: Iterator[pa.Table], kinds: list[str], workers: int, native: bool
) -> Iterator[pa.Table]:
    """Return the mentions batch by batch: from worker processes, and where there are none, from this process."""
    first = list(islice(batches, 2 if workers > 1 else 0))
    batches, taken = chain(first, batches), deque[pa.Table]()
    if len(first) > 1:
        from felinar.extract.sent import mentions_of

        yield from mentions_of(batches, kinds, [e.name for e in extractors], workers, taken, native)
    for batch in chain(taken, batches):
        yield of_batch(extractors, batch, kinds, native=native)


def of_batch(extractors: Sequence[Extractor], adverts: pa.Table, kinds: Collection[str], *, native: bool) -> pa.Table:
    """Return the mentions of one batch in the order of their key."""
    if native:
        from felinar.extract.native.reader import mentions_of

        with without_collector():
            return mentions_of(needed(extractors, kinds), adverts, kinds)
    columns = {name: adverts[name].to_pylist() for name in ADVERT_COLUMNS}
    with without_collector():
        rows = Reader(needed(extractors, kinds), kinds).rows(columns.pop("advert_id"), columns)
    cells = zip(*rows, strict=True) if rows else ((),) * len(MENTIONS.names)
    arrays = [pa.array(column, field.type) for column, field in zip(cells, MENTIONS.schema, strict=True)]
    return MENTIONS.sort(pa.Table.from_arrays(arrays, schema=MENTIONS.schema))
