"""The languages of number words in chunks, and what a misspelt number word among them means."""

from __future__ import annotations

from functools import lru_cache

from felinar.extract.phone_glued import read_word
from felinar.extract.phone_misspelt import misspelt
from felinar.extract.phone_words import ORDINARY, Word

_EDGES = ".,;:!?*~_-–/|()[]{}<>\"'…"


def bare(chunk: str) -> str:
    """Return a chunk without the signs around it."""
    return chunk.strip(_EDGES)


@lru_cache(maxsize=65536)
def languages_of(chunk: str) -> tuple[str, ...]:
    """Return the languages in which this chunk is a number word."""
    word = bare(chunk)
    found = read_word(word) if word and not word.isdigit() else None
    return found.languages if found else ()


def shared_languages(chunks: list[str], least: int) -> frozenset[str]:
    """Return the languages that most number words among these chunks share, none where fewer than `least` stand."""
    counts: dict[str, int] = {}
    for row in map(languages_of, chunks):
        for language in row:
            counts[language] = counts.get(language, 0) + 1
    most = max(counts.values(), default=0)
    return frozenset(k for k, n in counts.items() if n == most) if most >= least else frozenset()


def misread(chunk: str, languages: frozenset[str]) -> tuple[str, Word] | None:
    """Return the word of this chunk and the digit it was meant to be, None if it is no misspelt number word."""
    word = bare(chunk)
    digit = misspelt(word, languages)
    return (word, Word(ORDINARY, digit, tuple(sorted(languages)))) if digit else None
