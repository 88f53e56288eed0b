"""Interpol's ICSE: CSV with semicolons."""

from __future__ import annotations

from collections.abc import Iterator

from felinar.hashlists.entry import Entry, Problem, is_true
from felinar.hashlists.formats.contract import Format
from felinar.hashlists.formats.lines import head_names, named_rows
from felinar.hashlists.source import Source

_HASHES = ("md5", "sha1", "photodna")
_FLAGS = {
    "isdistributed": "distributed",
    "victimidentified": "victim identified",
    "offenderidentified": "offender identified",
}


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the lines."""
    for found in named_rows(source, ";"):
        yield found if isinstance(found, Problem) else _entry(*found)


def _entry(row: dict[str, str], where: str) -> Entry | Problem:
    key = row.get("imageid") or row.get("md5", "").lower() or row.get("sha1", "").lower()
    if not key:
        return Problem(where, "it has neither an Image ID nor a hash")
    return Entry(
        key,
        tuple((name, row[name]) for name in _HASHES if row.get(name)),
        where,
        category="baseline" if is_true(row.get("baseline")) else "",
        series=row.get("seriesname", ""),
        status=", ".join(said for name, said in _FLAGS.items() if is_true(row.get(name))),
    )


def _recognises(source: Source) -> bool:
    names = head_names(source, ";")
    return "imageid" in names and "md5" in names


FORMAT = Format("icse", "Interpol ICSE, CSV", _recognises, read)
