"""One list ready to be asked: mapped from disk, so that millions of entries cost no memory that is not used."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.errors import WorkspaceProblem
from felinar.hashlists import store
from felinar.hashlists.formats.contract import IGNORE
from felinar.hashlists.hashes import BYTES
from felinar.hashlists.merge import Hashes
from felinar.kernels.multi_index import MultiIndex, load, search

# So many entries of one list are named for one picture, the nearest first.
MOST_NAMED = 20
_SAID = ("category", "series", "status")
NOTHING_SAID = dict.fromkeys(_SAID, "")
_SMALL = 4_096  # bytes; smaller files are read, not mapped


class Near(NamedTuple):
    """An entry within the radius: its row, the distance, and which of the hashes that were asked for it is near to."""

    row: int
    distance: int
    query: int


class HashList:
    """One list."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.version = store.version_of(folder, name)
        self.about = store.about(folder, name)
        self.ignored = self.about["role"] == IGNORE
        self._hashes = {
            kind: Hashes(*(_mapped(self.version / f"{kind}-{part}.npy") for part in Hashes._fields)) for kind in BYTES
        }
        self._places, self._texts = _mapped(self.version / "name-places.npy"), _mapped(self.version / "name-texts.npy")
        self._pdq: MultiIndex | None = load(self.version / "pdq") if len(self._hashes["pdq"].owners) else None

    def rows(self, kind: str, digest: bytes) -> list[int]:
        """Return the entries with this hash, in order."""
        words, owners = self._hashes[kind]
        asked = np.frombuffer(digest.ljust(8 * len(words), b"\0"), dtype=">u8").astype(np.uint64)
        low, high = int(words[0].searchsorted(asked[0])), int(words[0].searchsorted(asked[0], "right"))
        if low == high:
            return []
        same = (words[:, low:high] == asked[:, None]).all(axis=0)
        return [int(row) for row in owners[low:high][same][:MOST_NAMED]]

    def near(self, hashes: NDArray[np.uint64]) -> list[Near]:
        """Return the entries within the radius of any of these PDQ hashes, each once, the nearest first."""
        if self._pdq is None:
            return []
        found = search(self._pdq, hashes)
        owners = self._hashes["pdq"].owners
        best: dict[int, Near] = {}
        for query, row, distance in zip(found.query.tolist(), found.row.tolist(), found.distance.tolist(), strict=True):
            owner = int(owners[row])
            one = Near(owner, distance, query)
            if owner not in best or (distance, query) < (best[owner].distance, best[owner].query):
                best[owner] = one
        return sorted(best.values(), key=lambda one: (one.distance, one.row))

    def entry(self, row: int) -> str:
        """Return the id of an entry."""
        return self._texts[int(self._places[row]) : int(self._places[row + 1])].tobytes().decode("utf-8", "replace")

    def hashes(self, kind: str) -> Hashes:
        """Return all hashes of a kind."""
        return self._hashes[kind]

    @property
    def index(self) -> MultiIndex | None:
        """The index of its PDQ hashes."""
        return self._pdq

    @cached_property
    def details(self) -> pa.Table:
        """What is written of the entries, row by row."""
        import pyarrow.parquet as pq

        return pq.read_table(self.version / store.ENTRIES, columns=["entry", *_SAID])

    def detail(self, entry: str) -> dict[str, str]:
        """Return category, series and status of an entry."""
        import pyarrow.compute as pc

        row = pc.index(self.details["entry"], entry).as_py()
        return {name: self.details[name][row].as_py() for name in _SAID} if row >= 0 else dict(NOTHING_SAID)


def opened(folder: Path, name: str) -> HashList:
    """Return a list; once more where it was replaced between two looks, and an error where it is damaged."""
    try:
        return HashList(folder, name)
    except (OSError, ValueError, EOFError, WorkspaceProblem):
        try:
            return HashList(folder, name)
        except (OSError, ValueError, EOFError):
            raise store.damaged(name, folder / name) from None


def _mapped(path: Path) -> NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r" if path.stat().st_size > _SMALL else None))
