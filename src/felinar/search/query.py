"""Read what somebody typed as words and filters, and say how it was read.

| typed                    | asked for                                                            |
|--------------------------|----------------------------------------------------------------------|
| massage leeds            | adverts that hold both words, anywhere in title, place and text       |
| "quiet flat"             | these words next to each other                                        |
| masaj*                   | words that begin so (three letters at least)                          |
| masage~                  | words one slip of typing away                                         |
| -agency                  | adverts without this word (also before a phrase or a filter)          |
| place:leeds              | a place that the advert states or names; "…", * and ~ work here too   |
| site: language: kind:    | a site or its subdomains, a language code, service or job             |
| after: before:           | posted on this day or later; before this day (2026, 2026-03, 2026-03-09) |
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from felinar.errors import FelinarError
from felinar.store.index_query import KIND, LANGUAGE, PLACE, SITE, TEXT, Clause, Filter, How, WordQuery
from felinar.store.index_words import words_of

_TERM = re.compile(r'(?P<minus>-)?(?:(?P<name>[a-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))(?P<mark>[*~])?', re.I)
_FILTERS = {"site": SITE, "language": LANGUAGE, "lang": LANGUAGE, "kind": KIND}
_DAYS = ("after", "before")
_KINDS = ("service", "job")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
SHORTEST_PREFIX, SHORTEST_TYPO = 3, 4
_MOST_TERMS = 32
_NAMES = ("place", *_FILTERS, *_DAYS)


@dataclass(frozen=True)
class Read:
    """A query, and how it was read, in words."""

    query: WordQuery
    how: str


@dataclass(frozen=True)
class _Term:
    """One thing that was typed."""

    text: str
    name: str = ""
    mark: str = ""
    quoted: bool = False
    excluded: bool = False


def read_query(typed: str) -> Read:
    """Return what was typed as a query; an error says what is wrong with it. A text without words asks for nothing."""
    terms = [term for term in _terms(typed) if term.name in _NAMES or words_of(term.text)]
    if len(terms) > _MOST_TERMS:
        raise FelinarError(f"{len(terms)} words and filters are too many for one search; {_MOST_TERMS} at most.")
    query = WordQuery()
    for term in terms:
        query = _with(query, term)
    return Read(query, _and(_told(query)))


def is_filtered(typed: str) -> bool:
    """Return whether what was typed holds a sign of the query language: then it is a search by words, no value."""
    return any(term.name in _NAMES or term.quoted or term.mark or term.excluded for term in _terms(typed))


def _terms(typed: str) -> list[_Term]:
    found = []
    for match in _TERM.finditer(typed.replace("“", '"').replace("”", '"').replace("„", '"')):
        name = (match["name"] or "").casefold()
        text, mark = match["quoted"] or match["bare"] or "", match["mark"] or ""
        if name and name not in _NAMES:
            name, text = "", f"{match['name']}:{text}"
        if match["bare"] and text[-1:] in ("*", "~"):
            text, mark = text[:-1], text[-1]
        found.append(_Term(text, name, mark, match["quoted"] is not None, match["minus"] is not None))
    return found


def _with(query: WordQuery, term: _Term) -> WordQuery:
    if term.name in _DAYS:
        first = _first_day(term)
        return replace(query, first_day=first) if term.name == "after" else replace(query, end_day=first)
    if term.name in _FILTERS:
        return replace(query, filters=(*query.filters, _filter(term)))
    clause = _clause(term)
    return replace(query, clauses=(*query.clauses, clause)) if clause.words else query


def _filter(term: _Term) -> Filter:
    field, value = _FILTERS[term.name], term.text.strip().casefold()
    if field == SITE:
        value = value.removeprefix("www.")
    if not value:
        raise FelinarError(f"'{term.name}:' needs a value right after it, as in {term.name}:{_example(field)}.")
    if field == KIND and value not in _KINDS:
        raise FelinarError(f"There is no kind '{term.text}'. Known: {', '.join(_KINDS)}.")
    return Filter(field, value, term.excluded)


def _example(field: str) -> str:
    return {SITE: "ads.example", LANGUAGE: "ro", KIND: "job"}[field]


def _clause(term: _Term) -> Clause:
    words = tuple(words_of(term.text))
    field = PLACE if term.name else TEXT
    if not words and term.name:
        raise FelinarError("'place:' needs a place right after it, as in place:leeds or place:\"san diego\".")
    how = {"*": How.PREFIX, "~": How.TYPO}.get(term.mark, How.WORDS)
    if how is How.PREFIX and len(words[-1]) < SHORTEST_PREFIX:
        raise FelinarError(f"'{term.text}*' fits too many words; give {SHORTEST_PREFIX} letters or more before the *.")
    if how is How.TYPO and (len(words) > 1 or len(words[0]) < SHORTEST_TYPO):
        raise FelinarError(
            f"'{term.text}~' cannot be searched: ~ stands after one word of {SHORTEST_TYPO} letters or more."
        )
    return Clause(words, how, field, term.excluded)


def _first_day(term: _Term) -> int:
    """Return the first day of the year, month or day that was typed, in days since 1970."""
    match = _DAY.fullmatch(term.text.strip())
    try:
        year, month, day = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
        return (date(year, month, day) - date(1970, 1, 1)).days
    except ValueError:
        raise FelinarError(f"'{term.name}:{term.text}' is no day; write it as in {term.name}:2026-03-09.") from None


def _told(query: WordQuery) -> list[str]:
    parts = [told(clause) for clause in query.clauses] + [told_filter(held) for held in query.filters]
    if query.first_day is not None:
        parts.append(f"posted on {_date(query.first_day)} or later")
    if query.end_day is not None:
        parts.append(f"posted before {_date(query.end_day)}")
    return parts


def told(clause: Clause) -> str:
    """Return a clause in words."""
    text = " ".join(clause.words)
    noun = "the place" if clause.field == PLACE else "the phrase" if len(clause.words) > 1 else "the word"
    said = {
        How.WORDS: f"{noun} '{text}'",
        How.PREFIX: f"{noun} that begins with '{text}'",
        How.TYPO: f"{noun} '{text}' or one slip of typing away",
    }[clause.how]
    return f"without {said}" if clause.excluded else said


def told_filter(held: Filter) -> str:
    """Return a filter in words."""
    noun = {SITE: "on the site", LANGUAGE: "in the language", KIND: "of the kind"}[held.field]
    return f"{'not ' if held.excluded else ''}{noun} {held.value}"


def _date(days: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days)).date().isoformat()


def _and(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1] if parts else ""
