"""CSV and TSV: commas, semicolons, tabs or pipes, found by looking; quoted line ends; stray quotes survived.

A record of several lines with the wrong number of cells is most often one stray quote: its first line is then read
again with quotes as plain characters, and reading goes on with the second.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from felinar.sources.clean import mend_row
from felinar.sources.contract import LINE_LIMIT, Problems, Row
from felinar.sources.encoding import Encoding, TooLong, detect, lines
from felinar.sources.unpack import Member

SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
_DELIMITERS = ",;\t|"
_SEPARATORS = _DELIMITERS + " '\"\r\n"  # a record of nothing else says nothing
_NOTHING = "rows of separators alone, as Excel writes them below a table, were left out"
_ONE_COLUMN = "\x1f"
_RECORD_LINES = 10_000


def is_delimited(head: bytes, name: str) -> bool:
    """Return True: what is nothing else is read as a table of texts."""
    return True


def rows(member: Member, problems: Problems) -> Iterator[Row | None]:
    """Return the rows under the header; a row with too many or too few cells is reported and left out."""
    encoding = detect(member.head, member.name)
    if encoding.guessed:
        problems.note(
            "", f"the encoding was detected as {encoding.name}; if letters look wrong, convert the file to UTF-8"
        )
    csv.field_size_limit(2 * LINE_LIMIT)
    stream = member.open()
    try:
        feed = _Feed(lines(stream, encoding), encoding, problems)
        delimiter = _sniff(member.head.decode(encoding.name, "replace")[: 1 << 18].lstrip("\ufeff"))
        yield from _Table(feed, delimiter, problems).rows()
    finally:
        stream.close()


class _Feed(Iterator[str]):
    """Lines as text for the csv reader; remembers the bytes of the record under way, and takes lines back."""

    def __init__(self, source: Iterator[bytes | TooLong], encoding: Encoding, problems: Problems) -> None:
        self._source, self.encoding, self._problems = source, encoding, problems
        self.again: list[bytes] = []
        self.taken: list[bytes] = []
        self.row = -1
        self.size = 0
        self.broken = self.ended = False

    def __next__(self) -> str:
        if len(self.taken) >= _RECORD_LINES or self.size > LINE_LIMIT:
            raise csv.Error("the record goes on for more than 10,000 lines or 16 MB: a quote is missing")
        if self.again:
            line: bytes | TooLong = self.again.pop()
        elif (fresh := next(self._source, None)) is None:
            self.ended = True
            raise StopIteration
        else:
            line = fresh
        if isinstance(line, TooLong):
            self.row += not self.taken
            self._problems.error(
                max(self.row, 0), f"a line of {line.size:,} bytes (more than 16 MB) was left out; shorten its text"
            )
            return ""
        self.taken.append(line)
        self.size += len(line)
        text, broken = self.encoding.decode(line)
        self.broken |= broken
        return text

    def begin(self) -> None:
        """Begin a record."""
        self.taken, self.size, self.broken, self.ended = [], 0, False, False

    def give_back(self) -> bytes:
        """Return the first line of the record; the others will be read again."""
        self.again.extend(reversed(self.taken[1:]))
        return self.taken[0]


class _Table:
    def __init__(self, feed: _Feed, delimiter: str, problems: Problems) -> None:
        self._feed, self._delimiter, self._problems = feed, delimiter, problems
        self._header: list[str] = []

    def rows(self) -> Iterator[Row | None]:
        feed = self._feed
        reader = csv.reader(feed, delimiter=self._delimiter)
        while True:
            feed.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                row = self._recover(str(problem))
            else:
                if not cells or not feed.taken:
                    continue
                if not self._header:
                    self._header = [] if cells[0].lower().startswith("sep=") else unique_names(cells)
                    continue
                feed.row += 1
                if not self._delimiter.join(cells).strip(_SEPARATORS):
                    self._problems.note("", _NOTHING)
                    continue
                row = self._row(cells, feed.row)
            yield row

    def _row(self, cells: list[str], number: int) -> Row | None:
        width, feed = len(self._header), self._feed
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        if len(cells) != width:
            reason = f"the row has {len(cells)} cells, the header has {width}; check its quotes and separators"
            if len(feed.taken) > 1:
                feed.row -= 1
                return self._recover(reason)
            self._problems.error(number, reason, self._delimiter.join(cells))
            return None
        return self._finish(cells, number, b"".join(feed.taken), feed.broken)

    def _recover(self, reason: str) -> Row | None:
        """Return the first line of a broken record, read without quotes, if it fits; its other lines are read again."""
        feed = self._feed
        feed.row += 1
        if not feed.taken:
            return None
        first = feed.taken[0]
        text, broken = feed.encoding.decode(first)
        cells = text.rstrip("\r\n").split(self._delimiter)
        fits = len(cells) == len(self._header)
        if fits or feed.ended or not reason.startswith("the row") or self._swallowed():
            feed.give_back()
        if fits:
            self._problems.warning(feed.row, "", "quotes that do not close were read as plain characters", text)
            return self._finish(cells, feed.row, first, broken)
        self._problems.error(feed.row, reason, text)
        return None

    def _swallowed(self) -> bool:
        """Return whether a later line of the record would be a row by itself."""
        mark = self._delimiter.encode()
        return any(line.count(mark) == len(self._header) - 1 for line in self._feed.taken[1:])

    def _finish(self, cells: list[str], number: int, record: bytes, broken: bool) -> Row:
        feed = self._feed
        values = dict(zip(self._header, cells, strict=True))
        if b"\0" in record:
            values = mend_row(number, values, self._problems)
        if broken:
            self._problems.warning(
                number, "", f"bytes that are not {feed.encoding.name.upper()} were replaced by U+FFFD", " ".join(cells)
            )
        record = record.rstrip(b"\r\n")
        return Row(number, feed.encoding.original(record) if feed.encoding.wide else record, values)


def unique_names(cells: list[str]) -> list[str]:
    """Return the header's names, blank ones as column_3, a second `text` as text_2."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = cell.replace("\0", "").strip() or f"column_{place}"
        times = 1
        while (unique := name if times == 1 else f"{name}_{times}") in names:
            times += 1
        names.append(unique)
    return names


def _sniff(sample: str) -> str:
    """Return the separator under which most of the first rows have as many cells as the header."""
    text_lines = sample.splitlines(keepends=True)
    while text_lines and not text_lines[0].strip():
        text_lines.pop(0)
    if text_lines and text_lines[0].lower().startswith("sep=") and len(text_lines[0]) > 4:
        return text_lines[0][4]
    best = max(_DELIMITERS, key=lambda d: _fit(text_lines, d))
    return best if _fit(text_lines, best)[1] > 1 else _ONE_COLUMN


def _fit(text_lines: list[str], delimiter: str) -> tuple[float, int, int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(text_lines, delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == 101:
                break
    except csv.Error:
        pass
    if not widths or widths[0] < 2:
        return 0.0, 1, 0
    same = sum(w == widths[0] for w in widths) / len(widths)
    return round(same, 2), widths[0], -_DELIMITERS.index(delimiter)
