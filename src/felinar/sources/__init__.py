"""Ways in: files of adverts -> batches of adverts with their original bytes. One file per format; the list is here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from felinar.sources import delimited, json_lines, parquet, xlsx
from felinar.sources.adverts import Builder
from felinar.sources.contract import BATCH_BYTES, BATCH_RECORDS, Batch, Problems, Reject, Row
from felinar.sources.dates import OpenOrder
from felinar.sources.first import FIRST_ROWS, check_columns, columns_of, longest_texts
from felinar.sources.flatten import flat, text_of
from felinar.sources.mapping import Mapping, from_names
from felinar.sources.order import order_of
from felinar.sources.pictures import Pictures
from felinar.sources.piece import How, Piece, batches_of, builder_for, is_ordinary, line_pieces
from felinar.sources.unpack import Member, members

__all__ = [
    "Batch", "Mapping", "OpenOrder", "Pictures", "Piece", "Reject", "batches_of", "date_order", "format_of",
    "is_ordinary", "members_of", "pieces", "propose_mapping", "read", "read_rows",
]  # fmt: skip


@dataclass(frozen=True)
class Format:
    """A way in: the ends of its file names, how its content is told, and how its rows are read."""

    name: str
    suffixes: tuple[str, ...]
    is_one: Callable[[bytes, str], bool]
    rows: Callable[[Member, Problems], Iterator[Row | None]]


# Asked in this order; the last one takes everything that is text.
FORMATS = (
    Format("Parquet", parquet.SUFFIXES, parquet.is_parquet, parquet.rows),
    Format("XLSX", xlsx.SUFFIXES, xlsx.is_xlsx, xlsx.rows),
    Format("JSON", json_lines.SUFFIXES, json_lines.is_json, json_lines.rows),
    Format("CSV", delimited.SUFFIXES, delimited.is_delimited, delimited.rows),
)


def read(path: Path, *, source: str = "", mapping: Mapping | None = None, order: str | None = None) -> Iterator[Batch]:
    """Return the adverts of a file in batches of at most 1,000, in the order of the file.

    A bad row is reported in its batch and costs no other row; a bad file raises UnreadableInput, before the first batch
    wherever that can be known (a cut off gzip or zstd file shows itself only at its end).
    `order` is what `date_order` said of the whole delivery; without it this file decides alone. An empty one raises
    OpenOrder at the first date that needs it: most deliveries have none, and are then read only once.
    """
    told: set[Reject] = set()
    for piece in pieces(path, source=source, mapping=mapping, order=order):
        for batch in batches_of(piece):
            rejects = [r for r in batch.rejects if r.severity != "note" or r not in told]
            told.update(r for r in rejects if r.severity == "note")
            yield replace(batch, rejects=rejects)


def pieces(
    path: Path,
    *,
    source: str = "",
    mapping: Mapping | None = None,
    order: str | None = None,
    pictures: Path | None = None,
) -> Iterator[Piece | Batch]:
    """Return what `read` reads in pieces that any process can turn into batches (`batches_of`), in order.

    Files with an object per line come as lines; those of other formats as batches, for they are read in one go. A note
    may come several times. `pictures` is a folder or ZIP in which pictures are looked for first.
    """
    note = ""
    if order is None:
        order, note = date_order([path], mapping)
    if mapping and mapping.dates != "auto":
        order = mapping.dates
    how = How(source, mapping, order, path, time.monotonic_ns(), pictures)
    checked = []
    for member in members_of(path):
        first = _first_rows(member)
        check_columns(member.name, columns_of(first), mapping)
        problems = Problems(member.name)
        if note:
            problems.note("", note)
        checked.append((member, problems, json_lines.by_line(member) if first else None))
    for member, problems, encoding in checked:
        if encoding is None:
            yield from _batches(member, problems, builder_for(how, problems))
        else:
            yield from line_pieces(member, encoding, problems, how)


def date_order(paths: Iterable[Path], mapping: Mapping | None = None) -> tuple[str, str]:
    """Return how these files, taken together, write their dates, and a note where that is a guess; reads all rows."""
    rows = (row for path in paths for member in members_of(path) for row in _rows_of(member))
    return order_of(rows, mapping)


def read_rows(path: Path, *, rejects: Callable[[Reject], None] | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Return (row number from 0, column -> text) for every readable row of a file, all columns as they are.

    `rejects` is called with what is wrong in the file, as it is met.
    """
    for member in members_of(path):
        problems = Problems(member.name)
        for row in format_of(member).rows(member, problems):
            for problem in problems.take():
                if rejects is not None:
                    rejects(problem)
            if row:
                yield row.number, {name: text_of(value) for name, value in flat(row.cells).items()}
        for problem in problems.take():
            if rejects is not None:
                rejects(problem)


def propose_mapping(path: Path) -> Mapping:
    """Return what names and first rows propose; where no text column is known, the one with the longest texts."""
    first = _first_rows(members_of(path)[0])
    proposed = from_names(columns_of(first))
    fields = dict(proposed.fields)
    if "body" not in fields and (longest := longest_texts(first, {c for given in fields.values() for c in given})):
        fields["body"] = (longest,)
    return Mapping(fields, order_of(first, proposed)[0] or "auto", proposed.category)


def format_of(member: Member) -> Format:
    """Return the format of a file, told by its content."""
    return next(f for f in FORMATS if f.is_one(member.head, member.name))


def members_of(path: Path) -> list[Member]:
    """Return the files behind the path; inside a ZIP, other kinds (and .txt, most often a read-me) are passed over."""
    return list(members(path, tuple(s for f in FORMATS for s in f.suffixes if s != ".txt")))


def _rows_of(member: Member) -> Iterator[Row]:
    return (row for row in format_of(member).rows(member, Problems(member.name)) if row)


def _batches(member: Member, problems: Problems, builder: Builder) -> Iterator[Batch]:
    rows = 0
    for row in format_of(member).rows(member, problems):
        if row:
            rows += 1
            builder.add(row)
        if len(builder.records) >= BATCH_RECORDS or builder.size >= BATCH_BYTES or len(problems.found) >= 10_000:
            yield builder.batch(member.position())
    if not rows:
        problems.note("", "no row could be read" if problems.found else "the file holds no rows, at most a header")
    if builder.records or problems.found:
        yield builder.batch(member.position())


def _first_rows(member: Member) -> list[Row]:
    first, size = [], 0
    for row in format_of(member).rows(member, Problems(member.name)):
        if row:
            first.append(Row(row.number, b"", flat(row.cells)))
            size += len(row.record)
        if len(first) >= FIRST_ROWS or size > BATCH_BYTES:
            break
    return first
