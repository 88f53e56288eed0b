"""Words of a folded text with their places. To `re`, vowel signs of Devanagari are no letters: they are named here."""

from __future__ import annotations

import re
from functools import lru_cache

from felinar.kernels.fold import Folded, fold

SIGNS = "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963"
# Nothing that belongs to a word stands before, or after.
BEFORE = rf"(?<![\w{SIGNS}])"
AFTER = rf"(?![\w{SIGNS}])"
_ASCII_CAPITAL = re.compile(r"[A-Z](?<![A-Za-z].)[A-Za-z]*")
WORD = rf"[^\W\d_](?:[^\W\d_]|[{SIGNS}])*"
_WORD = re.compile(WORD)
# One word: its folded form and its place in the folded text.
Word = tuple[str, int, int]


class _Last:
    """The text read last and its words, in one piece because of threads: several extractors read one text in turn."""

    read: tuple[Folded | None, list[Word]] = (None, [])


def capitalised(text: Folded) -> list[Word]:
    """Return the words that begin with a capital, in their order; letters of scripts without case count as capital."""
    last = _Last.read
    if last[0] is not text:
        last = _Last.read = (text, _capitalised(text))
    return last[1]


def _capitalised(text: Folded) -> list[Word]:
    original, content = text.original, text.text
    if text.is_identity:
        pattern = _ASCII_CAPITAL if original.isascii() else _capital()
        return [(content[m.start() : m.end()], m.start(), m.end()) for m in pattern.finditer(original)]
    starts = text.starts
    spans = [m.span() for m in _WORD.finditer(content)]
    return [(content[a:b], a, b) for a, b in spans if not original[starts[a]].islower()]


@lru_cache(maxsize=1)
def _capital() -> re.Pattern[str]:
    """Return the pattern of a word that begins with a letter that is not small; built in 0.1 s when first needed."""
    ranges: list[list[int]] = []
    for code in range(0x3400):  # beyond are scripts without case, and mathematical letters, which fold to several
        character = chr(code)
        if character.isalpha() and not character.islower():
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    letters = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)
    return re.compile(rf"[{letters}](?<![^\W\d_].)(?:[^\W\d_]|[{SIGNS}])*")


def all_words(text: Folded) -> list[Word]:
    """Return all words in their order."""
    return [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text.text)]


def word_before(text: Folded, start: int) -> str:
    """Return the word that stands right before, parted by one to three blanks or signs, or the empty string."""
    before = text.text[max(0, start - 19) : start]
    bare = before.rstrip(" \t\n\r\xa0.:-")
    if not 1 <= len(before) - len(bare) <= 3:
        return ""
    word = _WORD.findall(bare)[-1:]
    return word[0] if word and bare.endswith(word[0]) else ""


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
