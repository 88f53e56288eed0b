"""Find the place of a text in its original record, in a form that `verify.py` can follow with the standard library.

A record is read as JSON (paths lead to values), as cells of a table in text form, or as one text. A text that was put
together from several columns has a span for each; one that was mended when it came in has no place, and that is said.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from felinar.export.dossier.verify import BETWEEN, cells

Reading = dict[str, Any]
Span = dict[str, Any]
Values = list[tuple[list[Any], str]]
_DELIMITERS = (",", ";", "\t", "|")
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DEEPEST = 20


def read(record: bytes) -> tuple[Reading, Values]:
    """Return how the record is read, and its values with their paths."""
    text, encoding = _decoded(record)
    if text.lstrip()[:1] == "{":
        try:
            return {"form": "json", "encoding": encoding}, list(_walk(json.loads(text), [], 0))
        except (ValueError, RecursionError):
            pass  # a line that only looks like JSON
    for delimiter in sorted(_DELIMITERS, key=lambda one: -text.count(one)):
        row = _cells(text, delimiter)
        if len(row) > 1:
            reading = {"form": "cells", "encoding": encoding, "delimiter": delimiter}
            return reading, [([place], cell) for place, cell in enumerate(row)]
    return {"form": "text", "encoding": encoding}, [([], text)]


def place(text: str, values: Values) -> list[Span] | None:
    """Return the spans of the values that make up the text, in order; None where they do not."""
    for path, value in values:
        at = value.find(text)
        if at >= 0:
            return [_span(path, at, 0, len(text))]
    return _put_together(text, values)


def _put_together(text: str, values: Values) -> list[Span] | None:
    """Return a span for each value that the text was joined from; the longest that fits comes first."""
    stripped = [(path, value, value.strip(BETWEEN)) for path, value in values]
    longest = sorted((one for one in stripped if one[2]), key=lambda one: -len(one[2]))
    spans: list[Span] = []
    at = 0
    while True:
        while at < len(text) and text[at] in BETWEEN:
            at += 1
        if at == len(text):
            return spans
        fitting = next((one for one in longest if text.startswith(one[2], at)), None)
        if fitting is None:
            return None
        path, value, inner = fitting
        spans.append(_span(path, value.index(inner), at, len(inner)))
        at += len(inner)


def _span(path: list[Any], source: int, start: int, length: int) -> Span:
    return {"path": path, "from": source, "to": source + length, "start": start, "end": start + length}


def _decoded(record: bytes) -> tuple[str, str]:
    """Return the text and its encoding: UTF-8 where it is, UTF-16 by its mark or zeros, else Western European."""
    if record[:2] in _UTF16:
        return record.decode("utf-16", "replace"), "utf-16"
    zeros = record[:200].count(0)
    tries = ("utf-16-le", "utf-16-be") if zeros * 4 > len(record[:200]) else ("utf-8", "cp1252")
    for encoding in tries:
        try:
            return record.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return record.decode("latin-1"), "latin-1"


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return cells(text, delimiter)
    except (csv.Error, StopIteration):
        return []


def _walk(value: Any, path: list[Any], depth: int) -> Iterator[tuple[list[Any], str]]:
    if isinstance(value, dict) and depth < _DEEPEST:
        for name, inner in value.items():
            yield from _walk(inner, [*path, name], depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for number, inner in enumerate(value):
            yield from _walk(inner, [*path, number], depth + 1)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield path, str(value)
