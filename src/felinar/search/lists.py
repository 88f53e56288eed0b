"""Read a list of values: one a line, or the first column of a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path

from felinar.errors import UnreadableInput

_HEADERS = {"value", "phone", "number", "email", "e-mail", "handle", "url", "contact", "selector", "id"}


def read_list(path: Path) -> list[str]:
    """Return the values in the order of the file, each once, without blanks and without a known header word."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableInput(
            f"{path} is not UTF-8 text (byte {problem.start}). Save it as UTF-8, a value a line."
        ) from None
    except OSError as problem:
        raise UnreadableInput(f"{path} cannot be read: {problem.strerror}.") from None
    if "\0" in text:
        raise UnreadableInput(f"{path} holds NUL bytes, so it is no text. Save it as UTF-8, a value a line.")
    values = [row[0].strip() for row in csv.reader(text.splitlines(), delimiter=_separator(text)) if row]
    if values and values[0].casefold() in _HEADERS:
        del values[0]
    return [value for value in dict.fromkeys(values) if value]


def _separator(text: str) -> str:
    """Return the separator that the first line holds; a plain line holds none, and commas do no harm."""
    first = text.split("\n", 1)[0]
    return next((mark for mark in (";", "\t") if mark in first and "," not in first), ",")
