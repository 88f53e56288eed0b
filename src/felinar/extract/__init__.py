"""Extract: read phones, addresses, links, prices, names, places and phrases out of adverts, with their spans.

One file per kind. A new extractor is one file and one line in `EXTRACTORS`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import pyarrow as pa

from felinar.extract.age import AGE
from felinar.extract.email import EMAIL
from felinar.extract.handle import HANDLE
from felinar.extract.iban import IBAN
from felinar.extract.job import JOB
from felinar.extract.language import LANGUAGE
from felinar.extract.masked import MASKED
from felinar.extract.name import NAME
from felinar.extract.native import is_compiled, is_worth_it, processes, workers_for
from felinar.extract.phone import PHONE
from felinar.extract.phrase import PHRASE
from felinar.extract.place import PLACE
from felinar.extract.price import PRICE
from felinar.extract.stage import ADVERT_COLUMNS, extract_each, extract_with
from felinar.extract.url import URL
from felinar.extract.wallet import WALLET

__all__ = [
    "ADVERT_COLUMNS",
    "EXTRACTORS",
    "KINDS",
    "extract",
    "extract_tables",
    "is_compiled",
    "is_worth_it",
    "processes",
    "workers_for",
]

EXTRACTORS = (MASKED, IBAN, WALLET, EMAIL, URL, HANDLE, PHONE, PRICE, AGE, PLACE, NAME, LANGUAGE, PHRASE, JOB)
USUAL_BYTES = 1_000  # of an advert with all its columns
KINDS = tuple(e.kind for e in EXTRACTORS)


def extract(
    adverts: pa.Table,
    *,
    kinds: Collection[str] | None = None,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
    native: bool | None = None,
) -> pa.Table:
    """Return the MENTIONS of the ADVERTS, sorted by their key.

    `kinds` limits what is read (default: all). With several `workers` as many processes read batches of 4,000 adverts;
    `native` says whether compiled readers read what they can (default: where the adverts are many). The result has the
    same bytes either way. `progress` is called with the number of adverts just read.
    """
    size = max(adverts.num_rows, adverts.nbytes // USUAL_BYTES)  # one advert of a megabyte is worth it too
    chosen = is_worth_it(size) if native is None else native
    workers = workers_for(size, workers, chosen) if native is None else workers
    return extract_with(EXTRACTORS, adverts, kinds=kinds, workers=workers, progress=progress, native=chosen)


def extract_tables(
    tables: Iterable[pa.Table],
    *,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
    native: bool = False,
    adverts: int = 0,
) -> Iterator[pa.Table]:
    """Yield the MENTIONS of each table of ADVERTS in turn, as `extract` returns them.

    The tables are asked for as the workers need them, so that none idles while the caller keeps what came before.
    `adverts` says how many come, where that is known.
    """
    if workers > 1:
        from felinar.extract.pool import start

        start(processes(adverts, workers, native) if adverts else workers, native=native)
    return extract_each(EXTRACTORS, tables, kinds=None, workers=workers, progress=progress, native=native)
