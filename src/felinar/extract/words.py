"""Words of a folded text with their places. `\\w` of `re` leaves out the vowel signs of Devanagari, so they are named."""

from __future__ import annotations

import re
from typing import NamedTuple

from felinar.kernels.fold import Folded, fold

SIGNS = "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963"
LETTER = rf"(?:[^\W\d_]|[{SIGNS}])"
# Nothing that belongs to a word stands before, or after.
BEFORE = rf"(?<![\w{SIGNS}])"
AFTER = rf"(?![\w{SIGNS}])"
_ASCII = re.compile(r"[a-z]+")
_ANY = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{SIGNS}])*")


class Word(NamedTuple):
    """One word: its folded form and its place in the folded text; `capital`: it starts so in the original."""

    text: str
    start: int
    end: int
    capital: bool


class _Last:
    """The words of the text read last: several extractors read the same text one after the other."""

    text: Folded | None = None
    words: list[Word]


def words(text: Folded) -> list[Word]:
    """Return the words in their order; letters of scripts without case count as capital."""
    if _Last.text is text:
        return _Last.words
    original, starts = text.original, text.starts
    pattern = _ASCII if text.text.isascii() else _ANY
    found = []
    for match in pattern.finditer(text.text):
        start, end = match.span()
        found.append(Word(match.group(), start, end, not original[starts[start]].islower()))
    _Last.text, _Last.words = text, found
    return found


def folded(word: str) -> str:
    """Return a word of a list in the form in which folded texts are read."""
    return fold(word).text


def alternatives(*lists: str) -> str:
    """Return the folded words as one alternation for a pattern, longest first; a list is words parted by `|`."""
    parts = sorted(
        {folded(w.strip()) for words in lists for w in words.split("|") if w.strip()}, key=lambda w: (-len(w), w)
    )
    return "|".join(re.escape(p).replace(r"\ ", r"\s{1,3}") for p in parts)
