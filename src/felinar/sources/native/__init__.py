"""Ordinary lines of JSON by the thousand: the same adverts as the careful way gives, at a fraction of its cost.

`batches_of` looks at a piece's lines in one kernel; the columns of ADVERTS are then written by kernels into Arrow's
buffers, without a Python object for each advert. Where a line is odd, the piece is left to the careful way.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.sources.contract import BATCH_RECORDS, Batch, Problems
from felinar.sources.mapping import Mapping
from felinar.sources.native.fields import Columns, Rows, columns_of
from felinar.sources.native.names import digests_of, names_of
from felinar.sources.native.rows import Cells, cells_of, is_utf8
from felinar.sources.native.texts import Texts
from felinar.sources.pictures import Pictures
from felinar.sources.plan import make_plan
from felinar.tables import ADVERTS, IMAGES

_LINE_FEED = 0x0A


def batches_of(
    block: bytes, first: int, source: str, mapping: Mapping | None, order: str, pictures: Pictures,
    problems: Problems, bytes_read: int,
) -> list[Batch] | None:  # fmt: skip
    """Return the batches of these lines, which are not blank; None where the careful way has to look at them."""
    starts = _starts(block)
    cells = _cells(block, starts)
    if cells is None:
        return None
    plans = {state: make_plan(columns, mapping, problems) for state, columns in cells.shapes.items()}
    rows = Rows(cells, plans, first, problems)
    found = columns_of(rows, source, order)
    names, counts = names_of(cells, rows.picks("images"))
    adverts = pa.Table.from_arrays([found[column.name] for column in ADVERTS.columns], schema=ADVERTS.schema)
    images = _images(found, names, counts, pictures)
    return list(_cut(block, starts, rows, adverts, found["captured_at"], images, counts, bytes_read))


def all_ordinary(block: bytes) -> bool:
    """Return whether all these lines are read by kernels."""
    return _cells(block, _starts(block)) is not None


def _cells(block: bytes, starts: NDArray[np.int64]) -> Cells | None:
    """Return the cells of lines, None where one is odd."""
    if not is_utf8(block):
        return None
    cells = cells_of(block, starts)
    return None if (cells.state < 0).any() else cells


def _starts(block: bytes) -> NDArray[np.int64]:
    """Return where each line begins."""
    ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == _LINE_FEED) + 1
    starts = np.concatenate([[0], ends])
    return starts[:-1] if starts[-1] == len(block) else starts


def _images(found: Columns, names: Texts, counts: NDArray[np.int64], pictures: Pictures) -> pa.Table:
    """Return IMAGES of these names; `counts` is how many of them the rows before each have."""
    many = np.diff(counts)
    ids, digests = digests_of(names, pictures)
    columns = {
        "image_id": ids,
        "advert_id": pa.array(np.repeat(found["advert_id"].to_numpy(), many)),
        "position": pa.array((np.arange(counts[-1]) - np.repeat(counts[:-1], many)).astype(np.int32)),
        "path": names.array(),
        "sha256": digests,
    }
    return pa.Table.from_arrays([columns[name] for name in IMAGES.names], schema=IMAGES.schema)


def _cut(
    block: bytes, starts: NDArray[np.int64], rows: Rows, adverts: pa.Table, captured_at: pa.Array, images: pa.Table,
    counts: NDArray[np.int64], bytes_read: int,
) -> Iterator[Batch]:  # fmt: skip
    """Return a thousand rows at a time, each with what was wrong in it."""
    bounds = [*starts.tolist(), len(block)]
    rejects = sorted(rows.problems.take(), key=lambda reject: reject.row)
    for begin in range(0, len(starts), BATCH_RECORDS):
        end = min(begin + BATCH_RECORDS, len(starts))
        last = end == len(starts)
        told = [r for r in rejects if last or r.row < rows.first + end]
        rejects = rejects[len(told) :]
        yield Batch(
            records=[
                block[a:b].rstrip(b"\r\n") for a, b in zip(bounds[begin:end], bounds[begin + 1 : end + 1], strict=True)
            ],
            adverts=adverts.slice(begin, end - begin),
            captured_at=captured_at.slice(begin, end - begin),
            images=images.slice(counts[begin], counts[end] - counts[begin]),
            rejects=told,
            bytes_read=bytes_read,
        )
