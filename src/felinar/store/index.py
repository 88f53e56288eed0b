"""The index of words in `index/`: which adverts hold which words, best first. Written by `index_write.py`.

`index/CURRENT` names the folder of a finished index, so whoever is killed while writing leaves the old one or the new
one. The index may be a run ahead of what is published, or behind: who reads shows only adverts that are published, and
compares `adverts`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from felinar.errors import FelinarError, WorkspaceProblem
from felinar.store.index_query import Clause, WordQuery, compiled

FOLDER, CURRENT = "index", "CURRENT"
VERSION = 1  # counted on when other words are made of a text, or other fields kept
NEEDS_TANTIVY = "Searching by words needs the package tantivy, which is not installed: pip install 'felinar[desk]'."
_MOST_TIED = 2_000


class WordsMissing(FelinarError):
    """Words cannot be searched here, and why."""


@dataclass(frozen=True)
class State:
    """What `CURRENT` says: the folder of the index, the files that it was made from, and how many adverts it holds."""

    folder: str = ""
    version: int = VERSION
    parts: tuple[str, ...] = ()
    adverts: int = 0


@dataclass(frozen=True)
class Hits:
    """How many adverts fit, and the first of them: (advert id, score), best first, newest first among equals."""

    total: int
    rows: list[tuple[int, float]]


def state_of(folder: Path) -> State:
    """Return the state of the index in this folder; an empty one where there is none that can be read."""
    try:
        said = json.loads((folder / CURRENT).read_text(encoding="utf-8"))
        return State(**{**said, "parts": tuple(said["parts"])})
    except (OSError, ValueError, TypeError, KeyError):
        return State()


def is_installed() -> bool:
    """Return whether this installation can search by words."""
    from importlib.util import find_spec

    return find_spec("tantivy") is not None


class WordIndex:
    """A finished index, read-only. `adverts` is the number of adverts that it holds."""

    def __init__(self, index: Any, adverts: int) -> None:
        self._searcher, self._schema, self.adverts = index.searcher(), index.schema, adverts

    @classmethod
    def open(cls, workspace: Path) -> WordIndex:
        """Return the index of the workspace in this folder; WordsMissing says what to do where there is none."""
        if not is_installed():
            raise WordsMissing(NEEDS_TANTIVY)
        import tantivy

        for last_try in (False, True):  # a run may put a new one in place between two looks
            state = state_of(workspace / FOLDER)
            if not state.folder or state.version != VERSION:
                raise WordsMissing("There is no index of words yet; the next `felinar run` makes it.")
            try:
                return cls(tantivy.Index.open(str(workspace / FOLDER / state.folder)), state.adverts)
            except (OSError, ValueError) as problem:
                if last_try:
                    said = f"The index of words cannot be read ({problem}); delete the folder index and run again."
                    raise WorkspaceProblem(said) from None
        raise AssertionError

    def find(self, query: WordQuery, limit: int) -> Hits:
        """Return the adverts that fit; in a total order also where many fit equally well."""
        asked, window = compiled(query, self._schema), limit
        while True:
            found = self._ordered(query, asked, window)
            rows = found.rows
            cut = rows[limit - 1][1] if len(rows) >= limit else None
            # Equal scores at the end of the window: what was left out may be newer. Look further.
            if len(rows) < window or cut is None or rows[-1][1] < cut or window >= _MOST_TIED or not query.is_ranked:
                return Hits(found.total, rows[:limit])
            window = min(4 * window, _MOST_TIED)

    def _ordered(self, query: WordQuery, asked: Any, limit: int) -> Hits:
        by = None if query.is_ranked else "newest"
        result = self._searcher.search(asked, limit, count=True, order_by_field=by)
        places = [place for _, place in result.hits]
        ids, newest = (self._searcher.fast_field_values(name, places) for name in ("advert_id", "newest"))
        scores = [round(score, 4) if query.is_ranked else 0.0 for score, _ in result.hits]
        order = sorted(range(len(ids)), key=lambda i: (-scores[i], -newest[i], ids[i]))
        return Hits(int(result.count), [(int(ids[i]), scores[i]) for i in order])

    def count(self, query: WordQuery) -> int:
        """Return how many adverts fit."""
        return int(self._searcher.search(compiled(query, self._schema), 1, count=True).count)

    def rarest(self, words: Iterable[str], most: int) -> list[str]:
        """Return the words that the fewest adverts hold, those left out that none holds."""
        counted = [(self._searcher.doc_freq("text", word), word) for word in sorted(set(words))]
        return [word for held, word in sorted(counted) if held][:most]

    def holding_most(self, words: Sequence[str], limit: int) -> list[int]:
        """Return the adverts that hold most of these words, the rarer words counting more."""
        from tantivy import Occur, Query

        if not words:
            return []
        clauses = [(Occur.Should, compiled(WordQuery((Clause((word,)),)), self._schema)) for word in words]
        result = self._searcher.search(Query.boolean_query(clauses), limit, count=False)
        return [int(i) for i in self._searcher.fast_field_values("advert_id", [place for _, place in result.hits])]
