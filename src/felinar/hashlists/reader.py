"""Pictures looked at with lists at hand: exact hashes are asked here, the rest is decoded in a process of its own."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from felinar.errors import FelinarError
from felinar.hashlists.known import Lists
from felinar.pictures.looked import KNOWN, REFUSED, Looked
from felinar.pictures.reader import PictureReader, ReaderStopped
from felinar.pictures.sniff import MOST_BYTES

_BLOCK = 1 << 20


class ListReader(PictureReader):
    """A `PictureReader` whose process has the lists of a folder at hand."""

    def __init__(self, folder: Path, lists: Lists) -> None:
        super().__init__(str(folder))
        self._command = [sys.executable, "-m", "felinar.hashlists.child", str(folder)]
        self._lists = lists
        no_image_of_memory()

    def __enter__(self) -> ListReader:
        return self

    def look(self, data: bytes) -> Looked:
        """Return what is kept of a picture; one that a list knows by its exact hash is not even handed on."""
        hashed = self.hashed([data])
        if hashed.state == KNOWN:
            return hashed
        try:
            looked = super().look(data)
        except ReaderStopped as problem:
            raise FelinarError(f"The process that looks at pictures cannot be started: {problem}.") from None
        looked.sha256, looked.sha1, looked.md5, looked.size = hashed.sha256, hashed.sha1, hashed.md5, hashed.size
        return looked

    def look_at(self, stream: BinaryIO) -> Looked:
        """Return what is kept of a file; one too large to be opened as a picture is only hashed, block by block."""
        data = stream.read(MOST_BYTES + 1)
        return self.look(data) if len(data) <= MOST_BYTES else self.hashed(chain([data], blocks_of(stream)))

    def hashed(self, blocks: Iterable[bytes]) -> Looked:
        """Return a file (its blocks) with its exact hashes: known where a list has one of them, else not opened."""
        digests, size = [hashlib.new(name, usedforsecurity=False) for name in ("sha256", "sha1", "md5")], 0
        for block in blocks:
            size += len(block)
            for digest in digests:
                digest.update(block)
        sha256, sha1, md5 = (digest.hexdigest() for digest in digests)
        reason = f"the file has {size:,} bytes; at most {MOST_BYTES:,} are opened, only its exact hashes were compared"
        looked = Looked(REFUSED, reason, sha256, sha1, md5, size)
        hits = self._lists.exact(md5=md5, sha1=sha1, sha256=sha256)
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
