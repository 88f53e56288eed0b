"""The formats in which lists of known pictures are exchanged; one file each, named in FORMATS by one line.

A new one: write a file with a `FORMAT`, add it to the tuple in the order in which files are to be recognised.
"""

from __future__ import annotations

from felinar.errors import UnreadableInput, unknown_name
from felinar.hashlists.formats import (
    icse,
    ncmec,
    nsrl2,
    nsrl3,
    stopncii,
    text,
    threatexchange,
    threatexchange_csv,
    vics,
)
from felinar.hashlists.formats.contract import IGNORE, KNOWN, Format
from felinar.hashlists.source import Source

__all__ = ["BY_NAME", "FORMATS", "IGNORE", "KNOWN", "Format", "recognise"]

FORMATS: tuple[Format, ...] = (
    nsrl3.FORMAT,
    ncmec.FORMAT,
    stopncii.FORMAT,
    threatexchange.FORMAT,
    vics.FORMAT,
    icse.FORMAT,
    nsrl2.FORMAT,
    threatexchange_csv.FORMAT,
    text.FORMAT,
)
BY_NAME = {one.name: one for one in FORMATS}


def recognise(source: Source, name: str = "") -> Format:
    """Return the format with this name, else the one that the first bytes of the file show; an error lists all."""
    if name:
        if name not in BY_NAME:
            raise unknown_name("format of hash lists", name, BY_NAME)
        return BY_NAME[name]
    for one in FORMATS:
        if one.recognises(source):
            return one
    known = "; ".join(f"{one.name}: {one.title}" for one in FORMATS)
    raise UnreadableInput(
        f"{source.name} is in no format of hash lists that Felinar knows. If you know which it is, name it with "
        f"--format ({known})."
    )
