"""Read a list of values: one a line, or the column of a CSV file that a header names, else the first."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from pathlib import Path

from felinar.errors import UnreadableInput

_HEADER = re.compile(
    r"\b(values?|tele(ph|f)on\w*|phones?|numbers?|mobile|msisdn|e-?mails?|handles?|urls?|links?|contacts?|selectors?|ids?)\b"
)


@dataclass(frozen=True)
class Values:
    """The values to look up, each once, in the order of the file, and a sentence on what was made of the file."""

    kept: list[str]
    told: str


def read_list(path: Path) -> Values:
    """Return the values, without blanks, repeats and a header; the sentence says which column and what was left out."""
    try:
        return values_in(path.read_bytes(), str(path))
    except OSError as problem:
        raise UnreadableInput(f"{path} cannot be read: {problem.strerror}.") from None


def values_in(content: bytes, name: str) -> Values:
    """Return the values in the content of a file, as `read_list`; `name` is what an error calls it."""
    text = _text(content, name)
    rows = [row for row in csv.reader(text.splitlines(), delimiter=_separator(text)) if any(map(str.strip, row))]
    column, told = _column(rows[0]) if rows else (None, "The file holds no value.")
    if column is not None:
        del rows[0]
    values = [row[column or 0].strip() for row in rows if len(row) > (column or 0)]
    filled = [value for value in values if value]
    kept = list(dict.fromkeys(filled))
    repeats = len(filled) - len(kept)
    left_out = f"{repeats:,} repeat{'' if repeats == 1 else 's'} left out." if repeats else ""
    return Values(kept, " ".join(filter(None, (told, left_out))))


def _column(first: list[str]) -> tuple[int | None, str]:
    """Return the column that a header names, and a sentence; None where the first row is no header."""
    for number, cell in enumerate(first):
        if _HEADER.search(cell.casefold()) and not any(c.isdigit() or c in "@/." for c in cell):
            return number, f"Column '{cell.strip()}' was read." if len(first) > 1 else ""
    return None, "The first column was read; a header such as phone names another." if len(first) > 1 else ""


def _text(content: bytes, name: str) -> str:
    """Return the text of the file: UTF-8, with or without a mark, or the UTF-16 that Excel calls Unicode text."""
    try:
        wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableInput(
            f"{name} is not UTF-8 text (byte {problem.start}). Save it as UTF-8, a value a line."
        ) from None
    if "\0" in text:
        raise UnreadableInput(f"{name} holds NUL bytes, so it is no text. Save it as UTF-8, a value a line.")
    return text


def _separator(text: str) -> str:
    """Return the separator that the first line holds; a plain line holds none, and commas do no harm."""
    first = text.split("\n", 1)[0]
    return next((mark for mark in (";", "\t") if mark in first and "," not in first), ",")
