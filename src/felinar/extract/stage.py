"""The extract stage: adverts in, mentions out. Every text is folded once; all extractors read the same folded text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from felinar.errors import unknown_name
from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.precedence import ORDER, Mention, without_misreadings
from felinar.kernels.fold import Folded, fold
from felinar.tables import MENTIONS

FIELDS = ("title", "body", "contact_text", "place_text", "price_text", "url")
_TEXTS = ("title", "body", "contact_text")
# Which fields make sense for a kind; in a url field only what stands in a link is read.
READS: dict[str, tuple[str, ...]] = {
    "phone": (*_TEXTS, "url"),
    "email": _TEXTS,
    "handle": (*_TEXTS, "url"),
    "url": (*_TEXTS, "url"),
    "wallet": _TEXTS,
    "iban": _TEXTS,
    "price": ("title", "body", "price_text"),
    "age": ("title", "body"),
    "name": _TEXTS,
    "place": ("title", "body", "place_text"),
    "language": ("body",),
    "phrase": ("title", "body"),
    "masked": _TEXTS,
}
BATCH = 2_000
_COLUMNS = ("advert_id", *FIELDS, "country_hint", "language")
# Short fields of which few differ: each text is read once in a batch.
_REPEATED = ("place_text", "price_text")

# A row of MENTIONS without its advert.
Row = tuple[Any, ...]


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
        batches = [table.select(_COLUMNS).slice(i, BATCH) for i in range(0, table.num_rows, BATCH)]
        sizes.append([batch.num_rows for batch in batches])
        yield from batches


def _parts(
    extractors: Sequence[Extractor], batches: Iterator[pa.Table], kinds: list[str], workers: int
) -> Iterator[pa.Table]:
    """Return the mentions batch by batch: from worker processes, and where there are none, from this process."""
    first = list(islice(batches, 2 if workers > 1 else 0))
    rest: Iterable[pa.Table] = chain(first, batches)
    if len(first) > 1:
        from felinar.extract.pool import mentions_of

        left: list[pa.Table] = []
        yield from mentions_of(rest, kinds, [e.name for e in extractors], workers, left)
        rest = chain(left, batches)
    for batch in rest:
        yield of_batch(extractors, batch, kinds)


def of_batch(extractors: Sequence[Extractor], adverts: pa.Table, kinds: Collection[str]) -> pa.Table:
    """Return the mentions of one batch, in the order of the adverts, not sorted."""
    reader = Reader(needed(extractors, kinds), kinds)
    rows: list[Row] = []
    for i in range(0, adverts.num_rows, TOGETHER):
        columns = [adverts[column].slice(i, TOGETHER).to_pylist() for column in _COLUMNS]
        rows += reader.rows(*columns)
    cells = zip(*rows, strict=True) if rows else ((),) * len(MENTIONS.names)
    arrays = [pa.array(column, field.type) for column, field in zip(cells, MENTIONS.schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=MENTIONS.schema)


def read(extractors: Iterable[Extractor], text: Folded, context: Context) -> list[Mention]:
    """Return what the extractors read in one text, without the misreadings and without doubles."""
    return _read([e for e in extractors if context.field in READS[e.kind]], text, context)


def _read(extractors: Sequence[Extractor], text: Folded, context: Context) -> list[Mention]:
    if not text.text:
        return []
    found = [(e, f) for e in extractors for f in e.find(text, context)]
    return without_misreadings(text.original, found) if len(found) > 1 else found
