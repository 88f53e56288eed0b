"""All lists of a workspace, ready to be asked by whoever looks at a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.hashlists import store
from felinar.hashlists.hash_list import MOST_NAMED, NOTHING_SAID, HashList, opened
from felinar.hashlists.hashes import EXACT
from felinar.kernels.pdq import QUALITY
from felinar.pictures.looked import MATCH, POSSIBLE, Hit


class Lists:
    """All lists of a workspace; `felinar.pictures.looked.Known`."""

    def __init__(self, lists: Sequence[HashList]) -> None:
        self.all = list(lists)

    @classmethod
    def load(cls, folder: Path) -> Lists:
        """Return the lists in this folder (`hashlists/` of a workspace); none where there is none."""
        return cls([opened(folder, name) for name in store.names(folder)])

    def known(self) -> Iterator[HashList]:
        """Yield the lists whose entries are hits."""
        return (one for one in self.all if not one.ignored)

    def exact(self, *, md5: str = "", sha1: str = "", sha256: str = "") -> list[Hit]:
        """Return the entries with one of these hashes (hexadecimal), each once, by its surest hash."""
        asked = {"sha256": sha256, "sha1": sha1, "md5": md5}
        hits = []
        for one in self.known():
            seen: set[int] = set()
            for kind in EXACT:
                rows = one.rows(kind, bytes.fromhex(asked[kind])) if asked[kind] else []
                hits += [Hit(one.name, one.entry(row), kind, 0, MATCH) for row in rows if row not in seen]
                seen.update(rows)
        return hits

    def near(self, hashes: NDArray[np.uint64], names: Sequence[str], quality: int) -> list[Hit]:
        """Return the entries within the radius of these PDQ hashes; below quality 50 a hit is only possible."""
        verdict = MATCH if quality >= QUALITY else POSSIBLE
        return [
            Hit(one.name, one.entry(near.row), "pdq", near.distance, verdict, names[near.query])
            for one in self.known()
            for near in one.near(hashes)[:MOST_NAMED]
        ]

    def is_known_file(self, *, md5: str = "", sha1: str = "", sha256: str = "") -> str:
        """Return the name of the list of known files (NSRL) that a file is on, empty where it is on none."""
        asked = {"sha256": sha256, "sha1": sha1, "md5": md5}
        for one in self.all:
            if one.ignored and any(asked[k] and one.rows(k, bytes.fromhex(asked[k])) for k in EXACT):
                return one.name
        return ""

    def detail(self, hit: Hit) -> dict[str, str]:
        """Return what its list says of the entry of a hit: category, series, status; empty where it is gone by now."""
        named = [one for one in self.all if one.name == hit.list_name]
        return named[0].detail(hit.entry) if named else dict(NOTHING_SAID)

    @property
    def state(self) -> dict[str, Any]:
        """Which version of which list this is, for the log."""
        return {one.name: one.about["delivery"] for one in self.all}


def signature(folder: Path) -> tuple[tuple[str, str], ...]:
    """Return what changes when a list in this folder does."""
    return tuple((name, store.version_of(folder, name).name) for name in store.names(folder))
