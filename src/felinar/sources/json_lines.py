"""JSON: an object per line (JSONL, NDJSON), or objects one after the other or in one list, over any number of lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from felinar.sources.clean import mend_row
from felinar.sources.contract import LINE_LIMIT, Problems, Row
from felinar.sources.encoding import PIECE, Encoding, Readable, TooLong, detect, lines, narrow
from felinar.sources.ordinary import OrdinaryLines
from felinar.sources.unpack import Member

SUFFIXES = (".jsonl", ".ndjson", ".json", ".jl")
_UNREADABLE = object()
_QUOTE, _NUL = 0x22, b"\\u0000"
_MARK = re.compile(rb'["{}]')
_REST_OF_TEXT = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_TOO_LONG = "the line has {:,} bytes, more than 16 MB; split the record or shorten its text"


def is_json(head: bytes, name: str) -> bool:
    """Return whether a file that begins so holds JSON objects; a list only if its first element begins like one."""
    start = head[:4096].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    start = start.replace(b"\0", b"").lstrip()
    return start[:1] == b"{" or (start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"]"))


def rows(member: Member, problems: Problems) -> Iterator[Row | None]:
    """Return the objects in the order of the file; a line that is none is reported and left out, as None."""
    encoding = detect(member.head, member.name)
    encoding.tell(problems)
    stream = member.open()
    try:
        if _one_per_line(member.head, encoding):
            for found in _numbered(lines(stream, encoding), problems):
                yield object_of(*found, encoding, problems) if found else None
        else:
            yield from _by_braces(narrow(stream, encoding), encoding, problems)
    finally:
        stream.close()


def by_line(member: Member) -> Encoding | None:
    """Return the encoding of a file that holds an object per line, None for any other."""
    if not is_json(member.head, member.name):
        return None
    encoding = detect(member.head, member.name)
    return encoding if _one_per_line(member.head, encoding) else None


def blocks(member: Member, encoding: Encoding, problems: Problems, most: int, size: int) -> Iterator[tuple[int, bytes]]:
    """Return the lines that are not blank, at most so many and so many bytes at a time, with the first one's number."""
    stream = member.open()
    ordinary = OrdinaryLines(stream, encoding)
    number = 0
    try:
        for count, block in ordinary.blocks(most, size):
            yield number, block
            number += count
        yield from _gathered(_numbered(ordinary.others(), problems, number), problems, most, size)
    finally:
        stream.close()


def _gathered(
    numbered: Iterator[tuple[int, bytes] | None], problems: Problems, most: int, size: int
) -> Iterator[tuple[int, bytes]]:
    """Return lines that came one by one in blocks; none goes over a line that was left out."""
    first, block, room = 0, list[bytes](), size
    for found in numbered:
        if block and (not found or room < 0 or len(block) >= most):
            yield first, b"".join(block)
            block, room = [], size
        if found:
            first = first if block else found[0]
            block.append(found[1])
            room -= len(found[1])
    if block or problems.found:
        yield first, b"".join(block)


def _one_per_line(head: bytes, encoding: Encoding) -> bool:
    """Return whether the first line is a whole value, or at least whether the second begins another object."""
    text = head.decode(encoding.name, "replace").removeprefix("\ufeff").lstrip()
    first, _, rest = text.partition("\n")
    if not first.startswith("{") or not rest.strip():
        return first.startswith("{")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return rest.lstrip().startswith("{")
    return True


def _numbered(
    source: Iterator[bytes | TooLong], problems: Problems, first: int = 0
) -> Iterator[tuple[int, bytes] | None]:
    """Return the lines that are not blank with their numbers; one that is too long is reported, and comes as None."""
    number = first - 1
    for line in source:
        if isinstance(line, TooLong):
            number += 1
            problems.error(number, _TOO_LONG.format(line.size))
            yield None
        elif not line.isspace():
            number += 1
            yield number, line


def object_of(number: int, line: bytes, encoding: Encoding, problems: Problems) -> Row | None:
    """Return the row of a line, None for one that is no object: that is reported."""
    value: Any
    strict = True
    try:
        value = orjson.loads(
            line if encoding.name == "utf-8" or encoding.wide else line.decode(encoding.name, "replace")
        )
    except ValueError:
        value, strict = _lenient(number, line, encoding, problems), False
    if value is _UNREADABLE:
        return None
    if not isinstance(value, dict):
        problems.error(number, "the line is JSON, but not an object with named fields", str(value)[:200])
        return None
    if not strict or _NUL in line:
        value = mend_row(number, value, problems)
    record = line.rstrip(b"\r\n")
    return Row(number, encoding.original(record) if encoding.wide else record, value)


def plain_objects(lines: list[bytes], encoding: Encoding) -> list[dict[str, Any]] | None:
    """Return the objects of these lines, None where one of them has to be looked at by itself (`object_of`)."""
    if encoding.name != "utf-8" or encoding.wide:
        return None
    try:
        found = list(map(orjson.loads, lines))
    except ValueError:
        return None
    plain = set(map(type, found)) <= {dict} and not any(_NUL in line for line in lines)
    return found if plain else None


def _lenient(number: int, line: bytes, encoding: Encoding, problems: Problems) -> Any:
    """Return the value as Python's parser reads it, which passes lone surrogates and NaN."""
    text, broken = encoding.decode(line)
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        problems.error(number, "the line is nested too deeply to be an advert")
        return _UNREADABLE
    except ValueError as problem:
        problems.error(number, f"the line is not JSON ({str(problem).split(':')[0]})", text)
        return _UNREADABLE
    if broken:
        problems.warning(number, "", f"bytes that are not {encoding.name.upper()} were replaced by U+FFFD", text)
    return value


def _by_braces(stream: Readable, encoding: Encoding, problems: Problems) -> Iterator[Row | None]:
    """Return the objects between balanced braces, wherever the line ends are; one over 16 MB is left out."""
    number, scan = -1, _Braces()
    while piece := stream.read(PIECE):
        for record in scan.objects(piece):
            number += 1
            if record is None:
                problems.error(number, "the object has more than 16 MB; split it or shorten its text")
                yield None
            else:
                yield object_of(number, record, encoding, problems)
    if scan.depth:
        problems.error(
            number + 1, "the file ends inside an object", b"".join(scan.parts)[:200].decode("utf-8", "replace")
        )


class _Braces:
    """Cuts a stream of pieces into objects; remembers where it is from piece to piece."""

    def __init__(self) -> None:
        self.depth, self.size, self._in_text, self._skip = 0, 0, False, 0
        self.parts: list[bytes] = []

    def objects(self, piece: bytes) -> Iterator[bytes | None]:
        """Return the objects that end in this piece, None for one that is too large."""
        at, begin = self._skip, 0
        self._skip = 0
        while at < len(piece):
            if self._in_text:
                found = _REST_OF_TEXT.match(piece, at)
                at = found.end() if found else len(piece)
                if at < len(piece):
                    self._in_text = piece[at] != _QUOTE
                    self._skip = 1 if self._in_text else 0  # a backslash is the piece's last byte
                    at += 1
                continue
            mark = _MARK.search(piece, at)
            if not mark:
                break
            at = mark.end()
            if mark[0] == b'"':
                self._in_text = True
            elif mark[0] == b"{":
                begin = mark.start() if self.depth == 0 else begin
                self.depth += 1
            elif self.depth:
                self.depth -= 1
                if self.depth == 0:
                    yield self._whole(piece[begin:at])
        if self.depth:
            self._keep(piece[begin:])

    def _keep(self, part: bytes) -> None:
        self.size += len(part)
        if self.size <= LINE_LIMIT:
            self.parts.append(part)

    def _whole(self, last: bytes) -> bytes | None:
        self._keep(last)
        record = b"".join(self.parts) if self.size <= LINE_LIMIT else None
        self.parts, self.size = [], 0
        return record
