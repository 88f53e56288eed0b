"""Which encoding a text file has, and its lines as bytes that never grow beyond 16 MB in memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from felinar.errors import UnreadableInput
from felinar.sources.contract import LINE_LIMIT, Problems

PIECE = 1 << 20
_CANDIDATES = ["cp1250", "cp1251", "cp1252", "iso8859_1", "iso8859_2", "iso8859_5", "iso8859_9", "iso8859_15", "koi8_r"]
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml)\b", re.IGNORECASE)
_KNOWN_BINARY = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "a database",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"PK\x05\x06": "an empty ZIP archive",
}
_BINARY_NAMES = {".xlsx": "XLSX", ".xlsm": "XLSX", ".parquet": "Parquet", ".pq": "Parquet"}


class Readable(Protocol):
    """Something with `read`."""

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes."""


@dataclass(frozen=True)
class TooLong:
    """A line that was left out for its size in bytes."""

    size: int


@dataclass(frozen=True)
class Encoding:
    """The name of an encoding for `bytes.decode`; `wide` if a line feed is not one byte (UTF-16)."""

    name: str
    wide: bool = False
    guessed: bool = False
    old_mac: bool = False

    def decode(self, line: bytes) -> tuple[str, bool]:
        """Return the text of a line, and whether bytes had to be replaced by U+FFFD."""
        try:
            return line.decode("utf-8" if self.wide else self.name), False
        except UnicodeDecodeError:
            return line.decode("utf-8" if self.wide else self.name, "replace"), True

    def tell(self, problems: Problems) -> None:
        """Note an encoding that was guessed."""
        if self.guessed:
            problems.note(
                "", f"the encoding was detected as {self.name}; if letters look wrong, convert the file to UTF-8"
            )

    def original(self, line: bytes) -> bytes:
        """Return the bytes as they stood in the file; UTF-16 is read as UTF-8 in between."""
        return line.decode("utf-8").encode(self.name, "surrogatepass") if self.wide else line


def detect(head: bytes, name: str) -> Encoding:
    """Return the encoding of a file that begins with `head`; a file that is mostly not text is refused."""
    for magic, what in _KNOWN_BINARY.items():
        if head.startswith(magic):
            raise UnreadableInput(f"{name} is {what}, not a table of adverts. Give JSONL, CSV, XLSX or Parquet.")
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        raise UnreadableInput(f"{name} is a web page or XML, not a table of adverts. Give JSONL, CSV, XLSX or Parquet.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be", wide=True)
    sample = head[: 1 << 16]
    if wide := _wide_without_mark(sample):
        return wide
    if len(_CONTROL.findall(sample)) > max(8, len(sample) * 0.08):
        raise UnreadableInput(_no_text(name))
    return _eight_bit(head)


def _no_text(name: str) -> str:
    """Return the sentence on a file that is not text; a name may say what it should have been."""
    for end, kind in _BINARY_NAMES.items():
        if name.lower().endswith(end):
            return f"{name} is no {kind} file, though its name says so: it is damaged or cut off. Ask for it again."
    return f"{name} is not text: it is mostly binary. Give JSONL, CSV, XLSX or Parquet."


def _wide_without_mark(sample: bytes) -> Encoding | None:
    """Return UTF-16 if almost every second byte is 0, as in Western text without a byte order mark."""
    even, odd, half = sample[0::2].count(0), sample[1::2].count(0), len(sample) // 2
    if half >= 8 and max(even, odd) > 0.7 * half and min(even, odd) < 0.05 * half:
        return Encoding("utf-16-le" if odd > even else "utf-16-be", wide=True)
    return None


def _eight_bit(head: bytes) -> Encoding:
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head, final=False)
    broken = text.count("\ufffd") - head.count(b"\xef\xbf\xbd")
    if broken == 0 or _is_damaged(text, broken, head):
        return Encoding("utf-8", old_mac=b"\r" in head and b"\n" not in head)
    from charset_normalizer import from_bytes

    best = from_bytes(head, cp_isolation=_CANDIDATES, preemptive_behaviour=False).best()
    return Encoding(best.encoding if best else "cp1252", guessed=True)


def _is_damaged(text: str, broken: int, head: bytes) -> bool:
    """Return whether this is UTF-8 with a broken byte here and there; other encodings have hardly a valid sequence."""
    valid = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return valid >= broken or (broken <= 2 and valid == 0 and head.lstrip()[:1] in (b"{", b"["))


def lines(stream: Readable, encoding: Encoding, *, begins: bool = True) -> Iterator[bytes | TooLong]:
    """Return the lines with their line ends; a line over 16 MB comes as its size only. A byte order mark is dropped.

    `begins` says whether the stream stands at the beginning of the file.
    """
    source = narrow(stream, encoding)
    first, tail, skipped = begins, b"", 0
    while piece := source.read(PIECE):
        if encoding.old_mac:
            piece = piece.replace(b"\r", b"\n")
        if first:
            piece, first = piece.removeprefix(codecs.BOM_UTF8), False
        if b"\n" not in piece:
            # Joined below only once a line feed comes: a long line costs no quadratic copying beyond the limit.
            tail, skipped = (b"", skipped + len(tail) + len(piece)) if skipped else (tail + piece, 0)
            if len(tail) > LINE_LIMIT:
                tail, skipped = b"", len(tail)
            continue
        complete = split(tail + piece)
        tail = b"" if complete[-1].endswith(b"\n") else complete.pop()
        if skipped and complete:
            yield TooLong(skipped + len(complete[0]))
            complete, skipped = complete[1:], 0
        elif complete and len(complete[0]) > LINE_LIMIT:
            yield TooLong(len(complete[0]))
            complete = complete[1:]
        yield from complete
    if skipped:
        yield TooLong(skipped + len(tail))
    elif tail:
        yield tail


def narrow(stream: Readable, encoding: Encoding) -> Readable:
    """Return the stream, as UTF-8 if it is UTF-16."""
    return _Narrow(stream, encoding.name) if encoding.wide else stream


def split(data: bytes) -> list[bytes]:
    """Return the lines of data, cut after line feeds only (a lone carriage return may stand inside a cell)."""
    if b"\r" not in data:
        return data.splitlines(keepends=True)
    parts = [part + b"\n" for part in data.split(b"\n")]
    parts[-1] = parts[-1][:-1]
    return parts if parts[-1] else parts[:-1]


class _Narrow:
    """UTF-16 read as UTF-8, so that a line feed is one byte."""

    def __init__(self, stream: Readable, name: str) -> None:
        self._stream, self._decoder, self._first = stream, codecs.getincrementaldecoder(name)("replace"), True

    def read(self, size: int) -> bytes:
        while raw := self._stream.read(size):
            text = self._decoder.decode(raw)
            if self._first and text:
                text, self._first = text.removeprefix("\ufeff"), False
            if text:
                return text.encode("utf-8")
        return self._decoder.decode(b"", True).encode("utf-8")
