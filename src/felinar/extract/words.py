"""Words of a folded text with their places. To `re`, vowel signs of Devanagari are no letters: they are named here."""

from __future__ import annotations

import re

from felinar.kernels.fold import Folded, fold

SIGNS = "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0955-\u0957\u0962\u0963"
# Nothing that belongs to a word stands before, or after.
BEFORE = rf"(?<![\w{SIGNS}])"
AFTER = rf"(?![\w{SIGNS}])"
_ASCII_CAPITAL = re.compile(r"[A-Z](?<![A-Za-z].)[A-Za-z]*")
# Letters and signs in turn: a choice for each character would take three times as long.
WORD = rf"[^\W\d_]+(?:[{SIGNS}]+[^\W\d_]*)*"
_WORD = re.compile(WORD)
_CHUNK = re.compile(r"\S+")
_MOST_CHUNKS, _LONGEST_CHUNK = 100_000, 60
# One word: its folded form and its place in the folded text.
Word = tuple[str, int, int]


def capitalised(text: Folded) -> list[Word]:
    """Return the words that begin with a capital, in their order; letters of scripts without case count as capital."""
    found: list[Word] | None = text.notes.get("capitalised")
    if found is None:
        found = text.notes["capitalised"] = _gathered(text.original)
    return found


def _gathered(original: str) -> list[Word]:
    """Return the capitalised words of a text from those of its chunks: a fold goes character by character."""
    chunks = original.split()
    if sum(map(len, chunks)) + len(chunks) - 1 != len(original):  # more than one blank between two
        return _at_places(original)
    words: list[Word] = []
    at = 0
    for size, found in map(_in_chunk, chunks):
        if found:
            words += [(form, at + start, at + end) for form, start, end in found]
        at += size + 1
    return words


def _at_places(original: str) -> list[Word]:
    words: list[Word] = []
    shift = 0  # how much longer the folded text is so far
    for chunk in _CHUNK.finditer(original):
        size, found = _in_chunk(chunk[0])
        at = chunk.start() + shift
        words += [(form, at + start, at + end) for form, start, end in found]
        shift += size - len(chunk[0])
    return words


class _Chunks(dict[str, tuple[int, tuple[Word, ...]]]):
    """The length of a chunk when folded and its capitalised words; a bounded memory, for words recur."""

    def __missing__(self, chunk: str) -> tuple[int, tuple[Word, ...]]:
        text = fold(chunk)
        found = len(text.text), tuple(_capitalised(text))
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _MOST_CHUNKS:
                self.clear()
            self[chunk] = found
        return found


_in_chunk = _Chunks().__getitem__


def _capitalised(text: Folded) -> list[Word]:
    original, content, starts = text.original, text.text, text.starts
    if original.isascii():
        return [(content[m.start() : m.end()], m.start(), m.end()) for m in _ASCII_CAPITAL.finditer(original)]
    spans = [m.span() for m in _WORD.finditer(content)]
    return [(content[a:b], a, b) for a, b in spans if not original[starts[a]].islower()]


def all_words(text: Folded) -> list[Word]:
    """Return all words in their order."""
    return [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text.text)]


def before(text: Folded, start: int) -> tuple[str, int]:
    """Return the word that stands right before and its place, parted by one to three blanks or signs; else ("", 0)."""
    begin = max(0, start - 19)
    content = text.text[begin:start]
    bare = content.rstrip(" \t\n\r\xa0.:-")
    if not 1 <= len(content) - len(bare) <= 3:
        return "", 0
    word = _WORD.findall(bare)[-1:]
    return (word[0], begin + len(bare) - len(word[0])) if word and bare.endswith(word[0]) else ("", 0)


def word_after(text: Folded, end: int) -> str:
    """Return the word that follows after one blank, or the empty string."""
    word = _WORD.match(text.text, end + 1) if text.text[end : end + 1] == " " else None
    return word[0] if word else ""


def is_shouting(text: Folded, capitals: list[Word]) -> bool:
    """Whether so many words begin with a capital that capitals say nothing."""
    return len(capitals) > 3 and len(capitals) * 10 > 8 * (1 + text.text.count(" "))


def folded(word: str) -> str:
    """Return a word of a list in the form in which folded texts are read."""
    return fold(word).text


def word_set(*lists: str) -> frozenset[str]:
    """Return the folded words of some lists; a list is words parted by `|`."""
    return frozenset(folded(w.strip()) for words in lists for w in words.split("|") if w.strip())


def alternatives(*lists: str) -> str:
    """Return the folded words as one alternation for a pattern, longest first; a list is words parted by `|`."""
    parts = sorted(word_set(*lists), key=lambda w: (-len(w), w))
    return "|".join(re.escape(p).replace(r"\ ", r"\s{1,3}") for p in parts)
