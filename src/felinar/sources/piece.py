"""Pieces of a file: whole lines that any process can turn into batches by itself, with what it has to know for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from felinar.sources.adverts import Builder
from felinar.sources.contract import BATCH_BYTES, BATCH_RECORDS, Batch, Problems, Reject
from felinar.sources.encoding import Encoding, split
from felinar.sources.json_lines import blocks, object_of, plain_objects
from felinar.sources.mapping import Mapping
from felinar.sources.pictures import Pictures
from felinar.sources.unpack import Member

# Large enough that handing it to another process costs nothing beside reading it; whole batches.
PIECE_LINES, PIECE_BYTES = 4 * BATCH_RECORDS, 8 << 20


@dataclass(frozen=True)
class How:
    """How the rows of a delivery are read. `begun` tells one reading from the next: pictures may come in between.

    `pictures` is a folder or ZIP that holds pictures; those beside the adverts, or in the same ZIP, are found.
    """

    source: str
    mapping: Mapping | None
    order: str
    file: Path
    begun: int
    pictures: Path | None = None


@dataclass(frozen=True)
class Piece:
    """Lines of a file, the number of the first one, and what was wrong before them."""

    name: str
    encoding: Encoding
    first: int
    block: bytes
    rejects: list[Reject]
    bytes_read: int
    how: How


def line_pieces(member: Member, encoding: Encoding, problems: Problems, how: How) -> Iterator[Piece]:
    """Return the lines of a file piece by piece."""
    encoding.tell(problems)
    for first, block in blocks(member, encoding, problems, PIECE_LINES, PIECE_BYTES):
        yield Piece(member.name, encoding, first, block, problems.take(), member.position(), how)


def batches_of(piece: Piece | Batch, *, native: bool = False) -> Iterator[Batch]:
    """Return the batches of a piece; the rows are numbered as in the file.

    `native`: ordinary lines are read by kernels, which have to be loaded for that, with the same result.
    """
    if isinstance(piece, Batch):
        yield piece
        return
    problems = Problems(piece.name)
    problems.found += piece.rejects
    if native and (batches := _native(piece, problems)) is not None:
        yield from batches
        return
    builder = builder_for(piece.how, problems)
    lines, at = split(piece.block), 0
    while at < len(lines):
        some = lines[at : at + BATCH_RECORDS - len(builder.records)]
        _add(builder, piece.first + at, some, piece.encoding, problems)
        at += len(some)
        if len(builder.records) >= BATCH_RECORDS or builder.size >= BATCH_BYTES:
            yield builder.batch(piece.bytes_read)
    if builder.records or problems.found:
        yield builder.batch(piece.bytes_read)


def is_ordinary(piece: Piece | Batch) -> bool:
    """Return whether reading the piece takes little Python: it is read already, or its first lines are ordinary."""
    if isinstance(piece, Batch):
        return True
    if not _is_plain(piece.encoding):
        return False
    from felinar.sources.native.pieces import are_ordinary

    return are_ordinary(b"".join(split(piece.block)[:BATCH_RECORDS]))


def _is_plain(encoding: Encoding) -> bool:
    return encoding.name == "utf-8" and not encoding.wide


def _native(piece: Piece, problems: Problems) -> list[Batch] | None:
    """Return the batches of lines of which few are odd, None where many are."""
    if not _is_plain(piece.encoding):
        return None
    from felinar.sources.native.pieces import read

    how = piece.how
    pictures = _pictures(how.file, how.pictures, how.begun)
    given = (how.source, how.mapping, how.order, piece.bytes_read)
    return read(piece.block, piece.first, problems, pictures, *given)


def _add(builder: Builder, first: int, lines: list[bytes], encoding: Encoding, problems: Problems) -> None:
    """Take these lines into the batch, all at once where nothing is odd about them."""
    found = plain_objects(lines, encoding)
    if found is not None:
        builder.add_all(first, [line.rstrip(b"\r\n") for line in lines], found)
        return
    for number, line in enumerate(lines, first):
        if row := object_of(number, line, encoding, problems):
            builder.add(row)


def builder_for(how: How, problems: Problems) -> Builder:
    """Return a builder for the rows of one file."""
    return Builder(how.source, how.mapping, how.order, _pictures(how.file, how.pictures, how.begun), problems)


@lru_cache(maxsize=1)
def _pictures(file: Path, given: Path | None, begun: int) -> Pictures:
    """Return what finds the pictures of one delivery: what it found serves all pieces that this process reads."""
    del begun
    return Pictures.of(file, given)
