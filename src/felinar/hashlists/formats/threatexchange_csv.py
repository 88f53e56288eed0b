"""ThreatExchange: the files that its command line keeps, `simple.HASH_PDQ.te`: indicator, id, date, labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from felinar.hashlists.entry import Entry, Problem
from felinar.hashlists.formats.contract import Format
from felinar.hashlists.formats.guess import kind_of_file
from felinar.hashlists.formats.lines import Row, rows
from felinar.hashlists.source import Source

_FIRST_LINE = re.compile(r'"?[0-9A-Fa-f]{32,64}"?,\s*"?\d*"?,').match
_DATES = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the lines; the kind of hash is stated, or told by the file's name or the hashes themselves."""
    for row in rows(source, ","):
        if isinstance(row, Problem):
            yield row
        else:
            kind = kind or kind_of_file(source, _indicator)
            yield _entry(row, kind)


def _indicator(line: str) -> str:
    return line.split(",", 1)[0].strip().strip('"')


def _entry(row: Row, kind: str) -> Entry | Problem:
    value, number, added, labels = [*(cell.strip() for cell in row.cells), "", "", ""][:4]
    if not value:
        return Problem(row.where, "it has no hash")
    changed = _time(added)
    # By its hash, not by the first descriptor's id: the file has one line per hash, whoever described it first.
    return Entry(f"{kind}:{value.lower()}", ((kind, value),), row.where, labels, "", number, changed)


def _time(text: str) -> str:
    for form in _DATES:
        try:
            when = datetime.strptime(text, form)  # noqa: DTZ007 - without a zone it is UTC, see below
        except ValueError:
            continue
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat()
    return ""


def _recognises(source: Source) -> bool:
    return bool(_FIRST_LINE(source.start))


FORMAT = Format("threatexchange-csv", "ThreatExchange, lines of hash, id, date, labels", _recognises, read)
