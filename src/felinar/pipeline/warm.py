"""Compile all kernels by running the stages once on a small made-up pile and the extractors' examples."""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa

from felinar.extract import EXTRACTORS
from felinar.extract.native.warm import compile_readers
from felinar.kernels.components import SMALL, components
from felinar.link.template import templates
from felinar.link.text import near_duplicates
from felinar.tables import ADVERTS, MENTIONS

# Enough texts that the compiled forms are used instead of their plain twins.
TEXTS = 600


def warm() -> float:
    """Return the seconds that it took to have every kernel compiled and kept."""
    begun = time.monotonic()
    words = ["river", "garden", "window", "market", "bridge", "orchard", "lantern", "harbour"]
    body = [" ".join(words[(i // 2 + j * (i // 2 + 1)) % 8] for j in range(30)) for i in range(TEXTS)]
    rows = pa.table({"advert_id": np.arange(TEXTS), "title": pa.array([""] * TEXTS), "body": pa.array(body)})
    empty = {field.name: pa.nulls(TEXTS, field.type) for field in ADVERTS.schema if field.name not in rows.column_names}
    for name, column in empty.items():
        rows = rows.append_column(name, column)
    adverts = ADVERTS.check(rows)
    templates(adverts, near_duplicates(adverts), MENTIONS.empty())
    _join_kernel()
    ends = np.arange(SMALL + 1)
    components(SMALL + 2, ends, ends + 1)
    compile_readers(EXTRACTORS)
    return time.monotonic() - begun


def _join_kernel() -> None:
    from felinar.kernels.join_groups import SMALL as FEW
    from felinar.resolve.join import join

    adverts = np.arange(2 * FEW + 2)
    pairs = np.zeros((0, 2), dtype=np.int64)
    join(len(adverts), adverts, adverts // 2, np.full(len(adverts), 14_000), together=pairs, apart=pairs)
