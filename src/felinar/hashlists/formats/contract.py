"""What a format of hash lists is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from felinar.hashlists.entry import Entry, Problem
from felinar.hashlists.source import Source

# A list of known material, whose hits are reported; a list of known files, which are of no interest and never a hit.
KNOWN, IGNORE = "known", "ignore"
Read = Callable[[Source, str], Iterator[Entry | Problem]]


@dataclass(frozen=True)
class Format:
    """A format: `recognises` looks at the first bytes only; `read` yields entries in the order of the file.

    The second argument of `read` is a kind of hash that the person states, for files that do not say it themselves.
    """

    name: str
    title: str
    recognises: Callable[[Source], bool]
    read: Read
    role: str = KNOWN
