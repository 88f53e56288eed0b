"""Lines of a text or CSV file with their numbers; an open quote in one line costs no other line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from felinar.hashlists.entry import Problem
from felinar.hashlists.source import Source

LONGEST = 100_000  # characters; no line of a list is so long


class Row(NamedTuple):
    """The cells of one line."""

    cells: list[str]
    where: str


def lines(source: Source) -> Iterator[tuple[int, str]]:
    """Yield (number, line) of the lines that are not blank, however they end."""
    number = 0
    with source.text() as text:
        text.reconfigure(newline=None)  # type: ignore[attr-defined]
        while line := text.readline(LONGEST):
            number += 1
            kept = line.strip("\ufeff\n ")
            if kept:
                yield number, kept


def rows(source: Source, delimiter: str) -> Iterator[Row | Problem]:
    """Yield the cells of each line."""
    for number, line in lines(source):
        where = f"line {number:,}"
        try:
            yield Row(next(csv.reader((line,), delimiter=delimiter, strict=True)), where)
        except (csv.Error, StopIteration) as problem:
            yield Problem(where, f"it is no line of cells ({problem})")


def named_rows(source: Source, delimiter: str) -> Iterator[tuple[dict[str, str], str] | Problem]:
    """Yield each line by the names of the first line, in lower case without anything but letters and digits."""
    names: list[str] = []
    for row in rows(source, delimiter):
        if isinstance(row, Problem):
            yield row
        elif not names:
            names = [plain(name) for name in row.cells]
        elif len(row.cells) != len(names):
            yield Problem(row.where, f"it has {len(row.cells)} cells, the head names {len(names)}")
        else:
            yield dict(zip(names, (cell.strip() for cell in row.cells), strict=True)), row.where


def plain(name: str) -> str:
    """Return a column's name in lower case, letters and digits only."""
    return "".join(c for c in name.lower() if c.isalnum())


def head_names(source: Source, delimiter: str) -> list[str]:
    """Return the names in the first line of a file."""
    first = source.start.split("\n", 1)[0].strip("\r ")
    return [plain(name) for name in first.split(delimiter)]
