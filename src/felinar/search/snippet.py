"""Where an advert holds the words that were looked for, and a piece of the text around them; all in the original."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from felinar.store.index_query import PLACE, Clause, How
from felinar.store.index_words import Span, spans_of

AROUND = 60  # characters shown before the first hit
LENGTH = 240
_MOST_READ = 100_000  # characters of a text in which hits are marked
Hit = tuple[int, int]


@dataclass(frozen=True)
class Snippet:
    """A piece of a field: its characters from `start` to `end`, and in the whole field the places of the hits."""

    field: str
    start: int
    end: int
    text: str
    hits: list[Hit]


def snippet(field: str, text: str, clauses: Iterable[Clause]) -> Snippet:
    """Return the piece of the text with the first hit, its beginning where there is none."""
    hits = hits_in(text, clauses)
    begin = max(0, hits[0][0] - AROUND) if hits and hits[-1][1] > LENGTH else 0
    end = min(len(text), begin + LENGTH)
    return Snippet(field, begin, end, text[begin:end], hits)


def hits_in(text: str, clauses: Iterable[Clause]) -> list[Hit]:
    """Return the characters of the text that hold what the clauses ask for, in order, none twice."""
    spans = spans_of(text[:_MOST_READ])
    found = {hit for clause in clauses if not clause.excluded and clause.field != PLACE for hit in _of(spans, clause)}
    return sorted(found)


def _of(spans: Sequence[Span], clause: Clause) -> Iterable[Hit]:
    size = len(clause.words)
    for first in range(len(spans) - size + 1):
        here = spans[first : first + size]
        if all(a.word == word for a, word in zip(here[:-1], clause.words[:-1], strict=True)) and _fits(
            here[-1].word, clause.words[-1], clause.how
        ):
            yield here[0].start, here[-1].end


def _fits(word: str, asked: str, how: How) -> bool:
    if how is How.PREFIX:
        return word.startswith(asked)
    return word == asked or (how is How.TYPO and one_slip(word, asked))


def one_slip(word: str, other: str) -> bool:
    """Return whether one letter added, left out or other, or two neighbours swapped, makes one word the other."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    same = 0
    while same < min(len(word), len(other)) and word[same] == other[same]:
        same += 1
    rest, other_rest = word[same:], other[same:]
    if len(word) == len(other):
        swapped = rest[:2] == other_rest[1::-1] and len(other_rest) > 1 and rest[2:] == other_rest[2:]
        return rest[1:] == other_rest[1:] or swapped
    return rest[1:] == other_rest if len(word) > len(other) else rest == other_rest[1:]
