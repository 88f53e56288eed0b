"""Read a list of values: one a line, the columns of a table that their headers name, contact cards, or plain text.

| given                    | read                                                                          |
|--------------------------|-------------------------------------------------------------------------------|
| lines                    | a value a line                                                                |
| CSV, XLSX                | every column whose header says phone, e-mail, handle …; else the first one      |
| VCF (contact cards)      | telephone numbers, e-mail addresses, links and messenger names of every card   |
| text                     | the contacts that the extractors find in it                                   |
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from felinar.errors import UnreadableInput

_LONGEST_CELL = 1 << 17  # characters: no contact is longer; a file that is no table is
_HEADER = re.compile(
    r"\b(values?|tel|tele(ph|f)on\w*|phones?|numbers?|numer\w*|num[eé]ros?|nummern?|mobil\w*|handy|msisdn|e-?mails?|handles?"
    r"|urls?|links?|contacts?|selectors?|ids?|user ?names?|whatsapp|telegram|instagram|viber|signal)\b"
)
# Columns beside those, as telephones and mail programs export them: what kind of number it is, when, how often.
_BESIDE = re.compile(r"\b(label|types?|typ|tipo|art|notes?|date|datum|time|duration|counts?|source)\b")
_MOST_DIGITS = 2  # in a header: "Phone 1 - Value"; a value has more
_SEVERAL = re.compile(r"\s*(?:;|\||:::|\n)\s*")
# A text rather than a list: lines longer than any value, made of words.
_LONG_LINE, _MANY_WORDS = 60, 8


@dataclass(frozen=True)
class Values:
    """The values to look up, each once, in the order of the file, and a sentence on what was made of the file."""

    kept: list[str]
    told: str


def read_list(path: Path) -> Values:
    """Return the values, without blanks, repeats and headers; the sentence says what was read and what was left out."""
    try:
        return values_in(path.read_bytes(), str(path))
    except OSError as problem:
        raise UnreadableInput(f"{path} cannot be read: {problem.strerror}.") from None


def values_in(content: bytes, name: str) -> Values:
    """Return the values in the content of a file, as `read_list`; `name` is what an error calls it."""
    from felinar.search.list_formats import contacts_of_text, is_cards, is_workbook, rows_of_workbook, values_of_cards

    if is_workbook(content):
        return _of_table(rows_of_workbook(content, name))
    text = _text(content, name)
    if is_cards(text):
        return _kept(values_of_cards(text), "Contact cards were read: numbers, addresses, links.")
    if _is_prose(text):
        return _kept(contacts_of_text(text), "Plain text was read: the contacts that stand in it.")
    csv.field_size_limit(_LONGEST_CELL)  # one limit for the whole process; whoever reads adverts sets a larger one
    try:
        return _of_table(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as problem:
        raise UnreadableInput(f"{name} is no list: {problem}. Save it as UTF-8, a value a line.") from None


def _of_table(rows: Iterable[Sequence[str]]) -> Values:
    """Return the values of the columns that the first row names, row by row; where it names none, of the first one."""
    filled = [row for row in rows if any(map(str.strip, row))]
    if not filled:
        return Values([], "The file holds no value.")
    columns, told = _columns(filled[0])
    body = filled[1:] if columns else filled
    cells = [row[column] for row in body for column in columns or [0] if len(row) > column]
    return _kept((value for cell in cells for value in _values_of(cell)), told)


def _kept(values: Iterable[str], told: str) -> Values:
    found = [value for value in values if value]
    kept = list(dict.fromkeys(found))
    repeats = len(found) - len(kept)
    left_out = f"{repeats:,} repeat{'' if repeats == 1 else 's'} left out." if repeats else ""
    return Values(kept, " ".join(filter(None, (told, left_out))))


def _values_of(cell: str) -> list[str]:
    """Return the values of a cell; exports put several into one. A link may hold what else separates values."""
    text = cell.strip()
    return [text] if "://" in text else _SEVERAL.split(text)


def _columns(first: Sequence[str]) -> tuple[list[int], str]:
    """Return the columns that a header names, and a sentence; none where the first row is no header."""
    columns = [number for number, cell in enumerate(first) if _is_header(cell)]
    if not columns:
        told = "The first column was read; a header such as phone names another." if len(first) > 1 else ""
        return [], told
    names = ", ".join(f"'{first[number].strip()}'" for number in columns)
    if len(columns) > 1:
        return columns, f"Columns {names} were read."
    return columns, f"Column {names} was read." if len(first) > 1 else ""


def _is_header(cell: str) -> bool:
    name = cell.casefold()
    plain = sum(map(str.isdigit, name)) <= _MOST_DIGITS and not any(c in "@/." for c in name)
    return plain and bool(_HEADER.search(name)) and not _BESIDE.search(name)


def _is_prose(text: str) -> bool:
    """Return whether a line is longer than any value and made of words, and is not the row of a table."""
    for line in text.splitlines():
        if len(line) >= _LONG_LINE and len(line.split()) >= _MANY_WORDS and not re.search(r"[;\t]|,\S|\S,\S", line):
            return True
    return False


def _text(content: bytes, name: str) -> str:
    """Return the text of the file: UTF-8, with or without a mark, or the UTF-16 that Excel calls Unicode text.

    Of what older programs wrote the letters are guessed; no digit and no sign of an address depends on the guess.
    """
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode(_guessed(content, name), "replace")
    if "\0" in text:
        raise UnreadableInput(f"{name} holds NUL bytes, so it is no text. Save it as UTF-8, a value a line.")
    return text


def _guessed(content: bytes, name: str) -> str:
    from felinar.sources.encoding import detect

    try:
        return detect(content, name).name
    except UnreadableInput:
        raise UnreadableInput(f"{name} is no list: it is not text. Save it as UTF-8, a value a line.") from None


def _separator(text: str) -> str:
    """Return the separator that the first line holds; a plain line holds none, and commas do no harm."""
    first = text.split("\n", 1)[0]
    return next((mark for mark in (";", "\t") if mark in first and "," not in first), ",")
