"""Plain text: a hash, or `kind hash`, a line; what stands behind it is a note (a file name, as md5sum writes)."""

from __future__ import annotations

from collections.abc import Iterator

from felinar.hashlists.entry import Entry, Problem
from felinar.hashlists.formats.contract import Format
from felinar.hashlists.formats.guess import kind_of_file
from felinar.hashlists.formats.lines import lines
from felinar.hashlists.hashes import kind_of, kinds_by_length
from felinar.hashlists.source import Source

_COMMENT = "#"


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the hashes. A kind that is stated holds for hashes without one of their own."""
    of_two = kind
    for number, line in lines(source):
        if line.startswith(_COMMENT):
            continue
        where = f"line {number:,}"
        first, _, rest = line.partition(" ")
        if kinds := kinds_by_length(first):
            if len(kinds) > 1 and not of_two:
                of_two = kind_of_file(source, _bare)
            yield _entry(of_two if of_two in kinds else kinds[0], first, rest, where)
        elif kind_of(first) and rest.split():
            value, _, note = rest.strip().partition(" ")
            yield _entry(kind_of(first), value, note, where)
        else:
            yield Problem(where, f"'{line[:40]}' is neither a hash nor a kind of hash and a hash")


def _bare(line: str) -> str:
    return line.strip().split(" ", 1)[0]


def _entry(kind: str, value: str, note: str, where: str) -> Entry:
    return Entry(f"{kind}:{value.lower()}", ((kind, value),), where, status=note.strip(" *"))


def _recognises(source: Source) -> bool:
    for line in source.start.splitlines():
        words = line.split()
        if not words or words[0].startswith(_COMMENT):
            continue
        return bool(kinds_by_length(words[0])) or (len(words) > 1 and bool(kind_of(words[0])))
    return False


FORMAT = Format("text", "plain text, a hash or 'kind hash' a line", _recognises, read)
