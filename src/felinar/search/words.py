"""Search by words: read, ask the index, leave out what stands behind the gate, show where the words stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from felinar.search.answer import Answer
from felinar.search.query import Read, is_filtered, read_query, told, told_filter
from felinar.search.refused import refuse_young
from felinar.search.snippet import Snippet, snippet
from felinar.store.index import WordIndex
from felinar.store.index_query import WordQuery
from felinar.store.index_words import words_of
from felinar.store.published import Published, Row

MOST = 200  # adverts that one search lists


@dataclass(frozen=True)
class Found:
    """One advert that fits: its row, how well it fits, and the pieces of its text that hold the words."""

    row: Row
    score: float
    snippets: list[Snippet]


@dataclass
class WordsAnswer:
    """What was found under words. `total` counts all adverts that fit, `found` are the best, none behind the gate."""

    what: str
    read: Read
    total: int = 0
    found: list[Found] = field(default_factory=list)
    withheld: int = 0
    why: list[str] = field(default_factory=list)
    adverts: int = 0
    behind: bool = False

    @property
    def empty(self) -> bool:
        """Whether no advert fits."""
        return self.total == 0

    @property
    def sentence(self) -> str:
        """Return how the text was read, how many adverts fit, and why none does where none does."""
        if self.read.query.is_empty:
            return "Nothing was typed that could be searched: a search needs a word, a place, a site or a day."
        said = f"Read as {self.read.how}."
        if self.empty:
            return " ".join([said, f"None of the {self.adverts:,} adverts fits.", *self.why, *self._notes()])
        best = "best" if self.read.query.is_ranked else "newest"
        shown = f", the {len(self.found):,} {best} are listed" if self.total > len(self.found) else ""
        fit = "fits" if self.total == 1 else "fit"
        return " ".join([said, f"{self.total:,} of {self.adverts:,} adverts {fit}{shown}.", *self._notes()])

    def _notes(self) -> list[str]:
        held = (
            f"{self.withheld:,} that would stand among them are behind the gate 'possible minor' and not listed: "
            "report first."
            if self.withheld
            else ""
        )
        late = "The index of words is not of the same run as the rest: the newest adverts may be missing." * self.behind
        return [note for note in (held, late) if note]


def is_words(what: str, answer: Answer) -> bool:
    """Return whether to search by words: written in the query language, or nothing else that it could be."""
    return is_filtered(what) or (answer.empty and bool(words_of(what)))


def find_words(published: Published, index: WordIndex, what: str, *, limit: int = 20) -> WordsAnswer:
    """Return the adverts that hold what was typed, best first; Refused where it asks for an age under 18."""
    refuse_young(what)
    read = read_query(what)
    answer = WordsAnswer(what, read, adverts=int(published.facts["adverts"]))
    answer.behind = index.adverts != answer.adverts
    if read.query.is_empty:
        return answer
    limit = min(limit, MOST)
    asked = limit
    while True:
        hits = index.find(read.query, asked)
        rows, answer.withheld = _listed(published, hits.rows)
        # Ask for more until enough of them may be listed, or no more fit.
        if len(rows) >= limit or len(hits.rows) < asked:
            break
        asked *= 4
    answer.total = hits.total
    answer.found = [Found(row, score, _snippets(row, read.query)) for row, score in rows[:limit]]
    if answer.empty:
        answer.why = _why_none(index, read.query)
    return answer


def _listed(published: Published, hits: list[tuple[int, float]]) -> tuple[list[tuple[Row, float]], int]:
    """Return the published adverts that do not stand behind the gate, and how many do."""
    rows = {row["advert_id"]: row for row in published.plain_adverts(advert_id for advert_id, _ in hits)}
    gated = gated_operations(published, (row["operation_id"] for row in rows.values()))
    kept = [(rows[i], score) for i, score in hits if i in rows and rows[i]["operation_id"] not in gated]
    return kept, sum(1 for row in rows.values() if row["operation_id"] in gated)


def gated_operations(published: Published, operation_ids: Iterable[int | None]) -> set[int | None]:
    """Return which of these operations stand behind the gate."""
    leads = {i: published.lead(i) for i in dict.fromkeys(operation_ids) if i is not None}
    return {i for i, lead in leads.items() if lead and lead["gate"]}


def _snippets(row: Row, query: WordQuery) -> list[Snippet]:
    """Return the pieces with hits of title, place and body; where there are none, the beginning of the body."""
    pieces = [snippet(name, row[name] or "", query.clauses) for name in ("title", "place_text", "body")]
    return [piece for piece in pieces if piece.hits] or [pieces[-1]]


def _why_none(index: WordIndex, query: WordQuery) -> list[str]:
    """Return on how many adverts each part of the query alone would be found, with a hint for a word on none."""
    alone: list[tuple[str, WordQuery]] = [
        (told(clause), WordQuery((clause,))) for clause in query.clauses if not clause.excluded
    ]
    alone += [(told_filter(held), WordQuery((), (held,))) for held in query.filters if not held.excluded]
    if query.first_day is not None or query.end_day is not None:
        days = replace(query, clauses=(), filters=())
        alone.append(("the time", days))
    counted = [(said, index.count(part)) for said, part in alone]
    nowhere = [said for said, count in counted if not count]
    if nowhere:
        return [f"On no advert: {', '.join(nowhere)}."]
    if len(counted) > 1:
        return ["Each alone is there: " + ", ".join(f"{said} on {count:,}" for said, count in counted) + "."]
    return []


def as_rows(answer: WordsAnswer) -> list[dict[str, Any]]:
    """Return the adverts that were found as plain data, with the places of the words in the original."""
    return [
        {
            "advert_id": str(one.row["advert_id"]),
            "operation_id": str(one.row["operation_id"] or ""),
            **{name: one.row[name] for name in ("source_id", "posted_at", "site", "place_text", "title")},
            "score": one.score,
            "snippets": [
                {"field": s.field, "start": s.start, "end": s.end, "text": s.text, "hits": [list(h) for h in s.hits]}
                for s in one.snippets
            ],
        }
        for one in answer.found
    ]
