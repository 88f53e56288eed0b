"""One piece of a delivery: its originals are written, its rows become tables. Any process can do it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from felinar.config import without_collector
from felinar.sources import Batch, Piece, Reject, batches_of
from felinar.store.originals import write_chunk
from felinar.tables import ADVERTS, IMAGES, TIME


@dataclass(frozen=True)
class Kept:
    """What a piece became: row i of `adverts`, `captured_at[i]` and `offsets[i]` belong together.

    `chunks` are the names of the originals and how many of the rows stand in each, in order.
    """

    adverts: pa.Table
    captured_at: pa.ChunkedArray
    images: pa.Table
    chunks: list[tuple[str, int]]
    offsets: pa.Array
    rejects: list[Reject]
    bytes_read: int


def keep(piece: Piece | Batch, originals: Path, native: bool) -> Kept:
    """Write the originals of a piece and return its rows; `native`: kernels may read them."""
    with without_collector():  # a sixth of the time
        batches = list(batches_of(piece, native=native))
    written = [(*write_chunk(originals, batch.records), len(batch.records)) for batch in batches if batch.records]
    offsets = [np.array(places, dtype=np.int64) for _, places, _ in written]
    return Kept(
        adverts=pa.concat_tables([ADVERTS.empty(), *(batch.adverts for batch in batches)]).combine_chunks(),
        captured_at=pa.chunked_array([batch.captured_at for batch in batches], TIME),
        images=pa.concat_tables([IMAGES.empty(), *(batch.images for batch in batches)]).combine_chunks(),
        chunks=[(sha256, rows) for sha256, _, rows in written],
        offsets=pa.array(np.concatenate([np.zeros(0, np.int64), *offsets])),
        rejects=[reject for batch in batches for reject in batch.rejects],
        bytes_read=piece.bytes_read,
    )
