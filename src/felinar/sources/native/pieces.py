"""Lines -> batches: the ordinary ones by kernels, the odd ones among them by the careful way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.kernels.compile import kernel
from felinar.sources.adverts import Builder
from felinar.sources.contract import BATCH_RECORDS, Batch, Problems
from felinar.sources.encoding import Encoding
from felinar.sources.json_lines import object_of
from felinar.sources.mapping import Mapping
from felinar.sources.native.cells import ODD
from felinar.sources.native.fields import Columns, Rows, columns_of
from felinar.sources.native.names import digests_of, names_of
from felinar.sources.native.rows import Cells, cells_of
from felinar.sources.native.texts import Texts
from felinar.sources.pictures import Pictures
from felinar.sources.plan import make_plan
from felinar.store.originals import Lines
from felinar.tables import ADVERTS, IMAGES

# The most odd lines, one in so many, that are read one by one: each costs as much as ten read together.
FEW = 64
_LINE_FEED, _RETURN = 0x0A, 0x0D
_UTF8 = Encoding("utf-8")


@dataclass(frozen=True)
class _Found:
    """Rows in the order of `lines`, their line numbers in the block; row i has the pictures from `counts[i]` on."""

    lines: NDArray[np.int64]
    adverts: pa.Table
    captured_at: pa.Array
    images: pa.Table
    counts: NDArray[np.int64]


def read(
    block: bytes, first: int, problems: Problems, pictures: Pictures, source: str, mapping: Mapping | None, order: str,
    bytes_read: int,
) -> list[Batch] | None:  # fmt: skip
    """Return the batches of these lines, which are not blank and numbered from `first`; None where many are odd."""
    starts = starts_of(block)
    cells = cells_of(block, starts)
    if not _few_are_odd(cells):
        return None
    odd, ordinary = np.flatnonzero(cells.state == ODD), np.flatnonzero(cells.state != ODD)
    plans = {state: make_plan(columns, mapping, problems) for state, columns in cells.shapes.items()}
    found = _ordinary(Rows(cells.of(ordinary), plans, first + ordinary, problems), source, order, pictures, ordinary)
    if len(odd):
        builder = Builder(source, mapping, order, pictures, problems)
        alone = [_alone(block, starts, line, first, builder, problems) for line in odd.tolist()]
        found = _in_order([found, *(one for one in alone if one)])
    ends = np.empty(len(starts), dtype=np.int64)
    write_ends(cells.content, starts, ends)
    lines = Lines(cells.content, starts[found.lines], ends[found.lines])
    return list(_cut(lines, found, first, problems, bytes_read))


def are_ordinary(block: bytes) -> bool:
    """Return whether few of these lines are odd."""
    return _few_are_odd(cells_of(block, starts_of(block)))


def _few_are_odd(cells: Cells) -> bool:
    odd = int((cells.state == ODD).sum())
    return odd < len(cells.state) and FEW * odd <= len(cells.state)


def starts_of(block: bytes) -> NDArray[np.int64]:
    """Return where each line begins."""
    ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == _LINE_FEED) + 1
    starts = np.concatenate([[0], ends])
    return starts[:-1] if starts[-1] == len(block) else starts


def _ordinary(rows: Rows, source: str, order: str, pictures: Pictures, lines: NDArray[np.int64]) -> _Found:
    """Return what kernels read of ordinary rows."""
    found = columns_of(rows, source, order)
    names, counts = names_of(rows.cells, rows.picks("images"))
    adverts = pa.Table.from_arrays([found[column.name] for column in ADVERTS.columns], schema=ADVERTS.schema)
    return _Found(lines, adverts, found["captured_at"], _images(found, names, counts, pictures), counts)


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


def _alone(
    block: bytes, starts: NDArray[np.int64], line: int, first: int, builder: Builder, problems: Problems
) -> _Found | None:
    """Return what the careful way reads of one line, None where that is nothing."""
    end = int(starts[line + 1]) if line + 1 < len(starts) else len(block)
    row = object_of(first + line, block[int(starts[line]) : end], _UTF8, problems)
    if row is None:
        return None
    builder.add(row)
    before = problems.take()
    batch = builder.batch(0)
    problems.found = before + batch.rejects
    return _Found(
        np.array([line]), batch.adverts, batch.captured_at, batch.images, np.array([0, batch.images.num_rows])
    )


def _in_order(parts: list[_Found]) -> _Found:
    """Return the rows of all parts in the order of their lines."""
    lines = np.concatenate([part.lines for part in parts])
    many = np.concatenate([np.diff(part.counts) for part in parts])
    rows, pictures = np.argsort(lines), np.argsort(np.repeat(lines, many), kind="stable")
    return _Found(
        lines[rows],
        pa.concat_tables([part.adverts for part in parts]).combine_chunks().take(rows),
        pa.concat_arrays([part.captured_at for part in parts]).take(pa.array(rows)),
        pa.concat_tables([part.images for part in parts]).combine_chunks().take(pictures),
        np.concatenate([[0], np.cumsum(many[rows])]),
    )


def _cut(lines: Lines, found: _Found, first: int, problems: Problems, bytes_read: int) -> Iterator[Batch]:
    """Return a thousand rows at a time, each with what was wrong in it."""
    rejects = sorted(problems.take(), key=lambda reject: reject.row)
    for begin in range(0, max(1, len(lines)), BATCH_RECORDS):
        end = min(begin + BATCH_RECORDS, len(lines))
        is_last = end == len(lines)
        told = [r for r in rejects if is_last or r.row <= first + found.lines[end - 1]]
        rejects = rejects[len(told) :]
        yield Batch(
            records=Lines(lines.content, lines.begins[begin:end], lines.ends[begin:end]),
            adverts=found.adverts.slice(begin, end - begin),
            captured_at=found.captured_at.slice(begin, end - begin),
            images=found.images.slice(found.counts[begin], found.counts[end] - found.counts[begin]),
            rejects=told,
            bytes_read=bytes_read,
        )


@kernel
def write_ends(content, starts, ends):  # type: ignore[no-untyped-def]
    """Write where the record of each line ends: before its line feed, and carriage returns before that."""
    for row in range(len(starts)):
        end = starts[row + 1] if row + 1 < len(starts) else len(content)
        end -= content[end - 1] == _LINE_FEED
        while end > starts[row] and content[end - 1] == _RETURN:
            end -= 1
        ends[row] = end
