"""What is asked of the index of words, as plain data, and as the query that tantivy runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tantivy import Query, Schema

TEXT, PLACE = "text", "place"  # fields of words: the whole advert; the places that it states or names
SITE, LANGUAGE, KIND, DAY = "site", "language", "kind", "day"


class How(Enum):
    """How the words of a clause are to stand in an advert."""

    WORDS = "words"  # one word, or several next to each other in this order
    PREFIX = "prefix"  # a word that begins so
    TYPO = "typo"  # a word at most one slip of typing away: a letter other, more, fewer, or two swapped


@dataclass(frozen=True)
class Clause:
    """Words that an advert must hold, or (`excluded`) must not."""

    words: tuple[str, ...]
    how: How = How.WORDS
    field: str = TEXT
    excluded: bool = False


@dataclass(frozen=True)
class Filter:
    """A value that an advert must have in a field, or (`excluded`) must not."""

    field: str
    value: str
    excluded: bool = False


@dataclass(frozen=True)
class WordQuery:
    """All clauses and filters must hold. `first_day` counts, `end_day` is the first that does not (days since 1970)."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()
    first_day: int | None = None
    end_day: int | None = None

    @property
    def is_ranked(self) -> bool:
        """Whether some adverts fit better than others; else the newest come first."""
        return any(clause.how is How.WORDS and clause.field == TEXT and not clause.excluded for clause in self.clauses)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked that an advert must have."""
        denied = [part.excluded for part in self.clauses] + [part.excluded for part in self.filters]
        return all(denied) and self.first_day is None and self.end_day is None


def compiled(query: WordQuery, schema: Schema) -> Query:
    """Return the query as tantivy runs it; only whole words of the text weigh, filters and guesses do not."""
    from tantivy import Occur, Query

    parts: list[tuple[bool, Query]] = []
    for clause in query.clauses:
        wanted = _of_clause(clause, schema)
        weighs = clause.how is How.WORDS and clause.field == TEXT
        parts.append((clause.excluded, wanted if weighs else Query.const_score_query(wanted, 0.0)))
    for held in query.filters:
        term = Query.term_query(schema, held.field, held.value)
        parts.append((held.excluded, Query.const_score_query(term, 0.0)))
    if query.first_day is not None or query.end_day is not None:
        parts.append((False, Query.const_score_query(_days(query, schema), 0.0)))
    if all(excluded for excluded, _ in parts):
        parts.append((False, Query.all_query()))
    return Query.boolean_query([(Occur.MustNot if excluded else Occur.Must, part) for excluded, part in parts])


def _of_clause(clause: Clause, schema: Schema) -> Query:
    from tantivy import Query

    words = list(clause.words)
    if clause.how is How.TYPO:
        return Query.fuzzy_term_query(schema, clause.field, words[0], 1, True, False)
    if clause.how is How.PREFIX:
        if len(words) > 1:
            return Query.phrase_prefix_query(schema, clause.field, list(words))
        return Query.fuzzy_term_query(schema, clause.field, words[0], 0, True, True)
    if len(words) > 1:
        return Query.phrase_query(schema, clause.field, list(words))
    return Query.term_query(schema, clause.field, words[0])


def _days(query: WordQuery, schema: Schema) -> Query:
    from tantivy import FieldType, Query

    first, end = query.first_day, query.end_day
    return Query.range_query(schema, DAY, FieldType.Integer, first, end, True, end is None)
