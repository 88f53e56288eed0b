"""Pictures looked at with lists at hand: exact hashes are asked here, the rest is decoded in a process of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from felinar.hashlists.known import Lists
from felinar.pictures.looked import KNOWN, MOST_BYTES, REFUSED, Looked, hashed
from felinar.pictures.reader import PictureReader

_BLOCK = 1 << 20
_EXACT_ONLY = "only its exact hashes were compared"


class ListReader(PictureReader):
    """A `PictureReader` whose process has the lists of a folder at hand; it also looks for points, and reads text."""

    def __init__(self, folder: Path, lists: Lists, *, points: bool = False, text: bool = False) -> None:
        super().__init__("felinar.hashlists.child", str(folder), *["points"] * points, *["text"] * text)
        self._lists = lists
        no_image_of_memory()

    def __enter__(self) -> ListReader:
        return self

    def look(self, data: bytes) -> Looked:
        """Return what is kept of a picture; one that a list knows by its exact hash is not even handed on."""
        exact = self.hashed([data])
        return exact if exact.state == KNOWN else super().look(data)

    def look_at(self, stream: BinaryIO) -> Looked:
        """Return what is kept of a file; one too large to be opened as a picture is only hashed, block by block."""
        data = stream.read(MOST_BYTES + 1)
        return self.look(data) if len(data) <= MOST_BYTES else self.hashed(chain([data], blocks_of(stream)))

    def hashed(self, blocks: Iterable[bytes]) -> Looked:
        """Return a file (its blocks) with its exact hashes: known where a list has one of them, else not opened."""
        looked = hashed(REFUSED, "", blocks)
        looked.reason = f"the file has {looked.size:,} bytes; at most {MOST_BYTES:,} are opened, {_EXACT_ONLY}"
        hits = self._lists.exact(md5=looked.md5, sha1=looked.sha1, sha256=looked.sha256)
        return looked.without_content(hits) if hits else looked


def blocks_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of a file, block by block."""
    while block := stream.read(_BLOCK):
        yield block


def no_image_of_memory() -> None:
    """Make sure that a crash of this process leaves no image of its memory, in which pictures may be, on disk."""
    try:
        import resource
    except ImportError:  # not on Windows, which writes none by itself
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
