"""NSRL, version 2 (`NSRLFile.txt`, CSV): files that are known, not good; a list to leave out, never an alert.

Of its lines only those of picture files are kept, as nothing but pictures is ever checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from felinar.hashlists.entry import Entry, Problem
from felinar.hashlists.formats.contract import IGNORE, Format
from felinar.hashlists.formats.lines import head_names, named_rows
from felinar.hashlists.source import Source

_COMMON = ("jpg", "jpeg", "jpe", "jfif", "jif", "png", "gif", "webp", "bmp", "dib", "tif", "tiff")
PICTURES = frozenset((*_COMMON, "avif", "heic", "heif", "jp2", "ico", "svg"))


def is_picture(name: str) -> bool:
    """Say whether a file's name ends like that of a picture."""
    return name.rpartition(".")[2].lower() in PICTURES


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the picture files, by their SHA-1."""
    for found in named_rows(source, ","):
        if isinstance(found, Problem):
            yield found
        elif is_picture(found[0].get("filename", "")):
            row, where = found
            key = row.get("sha1", "").lower() or row.get("md5", "").lower()
            yield Entry(key, tuple((name, row[name]) for name in ("sha1", "md5") if row.get(name)), where)


def _recognises(source: Source) -> bool:
    names = [name.strip('"') for name in head_names(source, ",")]
    return {"sha1", "md5", "crc32"} <= set(names)


FORMAT = Format("nsrl2", "NSRL version 2 (NSRLFile.txt), known files", _recognises, read, role=IGNORE)
