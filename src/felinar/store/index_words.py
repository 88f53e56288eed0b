"""Text to the words by which it is found: folded as everywhere, a sign of a script without blanks a word by itself.

"Masáž à Łódź, 按摩" is found under masaz, a, lodz, 按 and 摩. The same function makes the words of adverts and of what
somebody types, so that the two meet.
"""

from __future__ import annotations

from typing import NamedTuple

from felinar.kernels.fold import fold_character
from felinar.kernels.tokens import GAP, SIGN, kind_of

LONGEST = 60  # characters; nobody types a longer word, and a megabyte without a blank is no word
# Letters with a stroke have no mark that folding could drop, but keyboards without them write them so.
_PLAIN = {"ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"}


class Span(NamedTuple):
    """A word and its characters in the unchanged original."""

    word: str
    start: int
    end: int


class _Table(dict[int, str]):
    """Code point to its words: what stands between words is a blank. Filled as characters are met."""

    def __missing__(self, code: int) -> str:
        pieces = ((character, kind_of(character)) for character in fold_character(chr(code)))
        self[code] = text = "".join(_word_part(character, kind) for character, kind in pieces)
        return text


def _word_part(character: str, kind: int) -> str:
    if kind == GAP:
        return " "
    return f" {character} " if kind == SIGN else _PLAIN.get(character, character)


_TABLE = _Table()


def words_text(text: str) -> str:
    """Return the words of a text, with blanks between them."""
    return text.translate(_TABLE)


def words_of(text: str) -> list[str]:
    """Return the words of a text in order; those longer than `LONGEST` are left out."""
    return [word for word in words_text(text).split() if len(word) <= LONGEST]


def spans_of(text: str) -> list[Span]:
    """Return the words of a text with their places in it."""
    spans: list[Span] = []
    word, start, end = "", 0, 0
    for place, character in enumerate(text + " "):
        for piece in _TABLE[ord(character)]:
            if piece != " ":
                start = start if word else place
                word, end = word + piece, place + 1
            elif word:
                spans.append(Span(word, start, end))
                word = ""
    return [span for span in spans if len(span.word) <= LONGEST]
