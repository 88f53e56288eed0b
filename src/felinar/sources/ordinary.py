"""Whole lines of a file, many at a time, as long as nothing is odd about them: looking at each costs ten times more."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import numpy as np

from felinar.sources.encoding import PIECE, Encoding, Readable, TooLong, lines

_LINE_FEED, _BLANK = 0x0A, 0x20


class OrdinaryLines:
    """The lines of a stream: `blocks` up to the first odd one (blank, or without an end), `others` from there on."""

    def __init__(self, stream: Readable, encoding: Encoding) -> None:
        self._stream, self._encoding = stream, encoding
        self._held, self._begun = b"", False

    def blocks(self, most: int, size: int) -> Iterator[tuple[int, bytes]]:
        """Return how many lines and the lines, at most so many and about so many bytes at a time."""
        if self._encoding.wide or self._encoding.old_mac:
            return
        while piece := self._stream.read(PIECE):
            held = self._held + piece
            self._held = held if self._begun else held.removeprefix(codecs.BOM_UTF8)
            self._begun = True
            content = np.frombuffer(self._held, dtype=np.uint8)
            ends = np.flatnonzero(content == _LINE_FEED) + 1
            starts = np.append(0, ends[ends < len(content)])
            if not len(ends) or bool((content[starts] <= _BLANK).any()):
                return
            cuts = ends[most - 1 :: most].tolist()
            if len(self._held) - (cuts[-1] if cuts else 0) >= size:
                cuts.append(int(ends[-1]))
            yield from self._cut(cuts, np.searchsorted(ends, cuts).tolist())

    def _cut(self, cuts: list[int], ends: list[int]) -> Iterator[tuple[int, bytes]]:
        """Return what is held up to these places; `ends` says how many lines end before the last of each block."""
        held, begun, told = self._held, 0, 0
        self._held = held[cuts[-1] :] if cuts else held
        for cut, before in zip(cuts, ends, strict=True):
            if cut > begun:
                yield before + 1 - told, held[begun:cut]
            begun, told = cut, before + 1

    def others(self) -> Iterator[bytes | TooLong]:
        """Return the lines that are left, one by one."""
        return lines(_Ahead(self._held, self._stream), self._encoding, begins=not self._begun)


class _Ahead:
    """A stream of which something was read already."""

    def __init__(self, read: bytes, stream: Readable) -> None:
        self._read, self._stream = read, stream

    def read(self, size: int) -> bytes:
        """Return what was read already, then what the stream gives."""
        ahead, self._read = self._read, b""
        return ahead or self._stream.read(size)
