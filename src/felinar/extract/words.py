"""Words of a folded text with their places. To `re`, vowel signs of Devanagari are no letters: they are named here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from felinar.kernels.fold import Folded, fold

SIGNS = "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963"
LETTER = rf"(?:[^\W\d_]|[{SIGNS}])"
# Nothing that belongs to a word stands before, or after.
BEFORE = rf"(?<![\w{SIGNS}])"
AFTER = rf"(?![\w{SIGNS}])"
_ASCII_CAPITAL = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*")
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{SIGNS}])*")
_BEFORE_IT = re.compile(rf"((?:[^\W\d_]|[{SIGNS}]){{1,15}})[\s.:\-]{{1,3}}$")


class Word(NamedTuple):
    """One word: its folded form and its place in the folded text."""

    text: str
    start: int
    end: int


class _Last:
    """The text read last and its words, in one piece because of threads: several extractors read one text in turn."""

    read: tuple[Folded | None, list[Word]] = (None, [])


def capitalised(text: Folded) -> list[Word]:
    """Return the words that begin with a capital, in their order; letters of scripts without case count as capital."""
    last = _Last.read
    if last[0] is not text:
        last = _Last.read = (text, list(_capitalised(text)))
    return last[1]


def _capitalised(text: Folded) -> Iterator[Word]:
    if text.original.isascii():
        for match in _ASCII_CAPITAL.finditer(text.original):
            yield Word(match.group().lower(), match.start(), match.end())
        return
    original, starts = text.original, text.starts
    for match in _WORD.finditer(text.text):
        if not original[starts[match.start()]].islower():
            yield Word(match.group(), match.start(), match.end())


def all_words(text: Folded) -> list[Word]:
    """Return all words in their order."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text.text)]


def word_at(text: Folded, start: int) -> Word | None:
    """Return the word that begins here, if one does."""
    match = _WORD.match(text.text, start)
    return Word(match.group(), match.start(), match.end()) if match else None


def word_before(text: Folded, start: int) -> str:
    """Return the word that stands right before, or the empty string."""
    match = _BEFORE_IT.search(text.text[max(0, start - 19) : start])
    return match[1] if match else ""


def is_shouting(text: Folded, capitals: list[Word]) -> bool:
    """Whether so many words begin with a capital that capitals say nothing."""
    return len(capitals) > 3 and len(capitals) * 10 > 8 * (1 + text.text.count(" "))


def folded(word: str) -> str:
    """Return a word of a list in the form in which folded texts are read."""
    return fold(word).text


def alternatives(*lists: str) -> str:
    """Return the folded words as one alternation for a pattern, longest first; a list is words parted by `|`."""
    parts = sorted(
        {folded(w.strip()) for words in lists for w in words.split("|") if w.strip()}, key=lambda w: (-len(w), w)
    )
    return "|".join(re.escape(p).replace(r"\ ", r"\s{1,3}") for p in parts)
