"""What is known of a picture after it was looked at, and what a list of known pictures has to answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

# Read: hashes are there. Known: on a list, nothing else is kept. Refused: not opened, by rule. Unreadable: no picture.
READ, KNOWN, REFUSED, UNREADABLE = STATES = ("read", "known", "refused", "unreadable")
KNOWN_REASON = "on a list of known pictures"
MOST_BYTES = 100_000_000  # larger files are not opened, only hashed
# An exact hash, or a near one of a picture with enough to see; else somebody has to decide, who must not see it either.
MATCH, POSSIBLE = "match", "possible, unviewed"


@dataclass(frozen=True)
class Hit:
    """An entry of a list that a picture answers to: by which hash, how far away, in which turn."""

    list_name: str
    entry: str
    hash_kind: str
    distance: int
    verdict: str
    how: str = ""


@dataclass
class Looked:
    """One picture after it was looked at; hashes are hexadecimal, bytes are empty where there is nothing."""

    state: str
    reason: str = ""
    sha256: str = ""
    sha1: str = ""
    md5: str = ""
    size: int = 0
    format: str = ""
    width: int = 0
    height: int = 0
    quality: int = 0
    pdq: str = ""
    pdq_mirrored: str = ""
    trimmed: str = ""
    trimmed_mirrored: str = ""
    canonical: str = ""
    canonical_mirrored: str = ""
    thumbnail: bytes = b""
    points: bytes = b""
    points_mirrored: bytes = b""
    about: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    hits: list[Hit] = field(default_factory=list)

    def without_content(self, hits: Sequence[Hit], quality: int = 0) -> Looked:
        """Return what stays of a picture that is on a list: exact hashes, the hits, and how much there was to see."""
        reason, found = KNOWN_REASON, list(hits)
        return Looked(KNOWN, reason, self.sha256, self.sha1, self.md5, self.size, quality=quality, hits=found)

    def as_dict(self) -> dict[str, Any]:
        """Return all fields by name."""
        return asdict(self)


def hashed(state: str, reason: str, blocks: Iterable[bytes]) -> Looked:
    """Return a file, given block by block, with its exact hashes and nothing else."""
    digests, size = [hashlib.new(name, usedforsecurity=False) for name in ("sha256", "sha1", "md5")], 0
    for block in blocks:
        size += len(block)
        for digest in digests:
            digest.update(block)
    sha256, sha1, md5 = (digest.hexdigest() for digest in digests)
    return Looked(state, reason, sha256, sha1, md5, size)


class Known(Protocol):
    """Lists of known pictures, ready to be asked."""

    def exact(self, *, md5: str, sha1: str, sha256: str) -> list[Hit]:
        """Return the entries with one of these hashes."""
        ...

    def near(self, hashes: NDArray[np.uint64], names: Sequence[str], quality: int) -> list[Hit]:
        """Return the entries within RADIUS of these PDQ hashes (rows of 4 words); `names` say how each was made."""
        ...


class NoLists:
    """No list is known: nothing is a hit."""

    def exact(self, *, md5: str, sha1: str, sha256: str) -> list[Hit]:
        """Return nothing."""
        return []

    def near(self, hashes: NDArray[np.uint64], names: Sequence[str], quality: int) -> list[Hit]:
        """Return nothing."""
        return []
