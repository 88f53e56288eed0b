"""What a blank-separated chunk may bring to a number, kept once per process (a bounded memory).

A weight is an integer: certain digits times `STRONG`, plus guessed ones times `GUESSED`. 0 is a word or a figure that
ends a number (`cost`, `8:00-17:00`, `$45`), `NEUTRAL` has no digits and may stand inside one (`-`, an emoji, `dash`).
"""

from __future__ import annotations

import re

from felinar.extract.phone_glued import read_word
from felinar.extract.phone_words import LOOKALIKE, PLAIN, PLUS, REPEATER, Word

# Letters of all scripts with their spacing marks; a negated class is the fastest way to say so.
LETTERS = (
    r"[^\x00-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u2000-\u2bff\u3000-\u3006\u3008-\u303f"
    r"\ufe00-\ufe0f\U0001f000-\U0001faff]"
)
# Figures of Chinese, each a token of its own: `电话一三八` is a word and three figures.
HAN_DIGITS = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
TOKEN = re.compile(rf"[0-9]+|[○◯⭕]+|[{HAN_DIGITS}]|{LETTERS[:-1]}{HAN_DIGITS}]+")
NEUTRAL, GUESSED, STRONG = 1, 1 << 10, 1 << 32
_MOST_CHUNKS, _LONGEST_CHUNK = 200_000, 200
_MOST = 100_000
# A chunk that is wholly something else. Figures that need their neighbours to be told (`60 min`) are masked later.
_OTHER = re.compile(
    r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:[-–—](?:[01]?\d|2[0-4])[:.h][0-5]\d)?(?:h|uhr|am|pm)?"
    r"|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d(?:t[\d:.z]*)?"
    r"|[€$£₹₽₴]\d[\d.,]*|\d[\d.,]*[€$£₹₽₴%]|\d{1,4}x\d{1,4}(?:x\d{1,4})?|000\d{4,}|v\d+(?:\.\d+)+|\d{1,3}%"
    r"|(?:24h?|7j?)/(?:24|7)h?|\d{1,2}-\d{1,2}(?:h|am|pm)|(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d"
)
_EDGES = "()[]«»\"'.,;:!?"


class _Chunks(dict[str, int]):
    def __missing__(self, chunk: str) -> int:
        weight = _weigh(chunk)
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _MOST_CHUNKS:
                self.clear()
            self[chunk] = weight
        return weight


_CHUNKS = _Chunks()
weight_of = _CHUNKS.__getitem__


def enough(weight: int) -> bool:
    """Say whether this sum of weights is digits enough for a number: four certain ones, seven with guesses.

    Three certain ones are enough among nine: some languages have many ordinary words for digits.
    """
    certain, guessed = weight >> 32, (weight & (STRONG - 1)) >> 10
    return certain + guessed >= 7 and (certain >= 4 or (certain == 3 and certain + guessed >= 9))


def may_hold(text: str) -> bool:
    """Say whether the folded text may hold a number."""
    return enough(sum(map(weight_of, text.split())))


def _weigh(chunk: str) -> int:
    if chunk.isdecimal() and chunk.isascii():  # most figures, and few of them recur
        return 0 if len(chunk) >= 7 and chunk.startswith("000") else min(len(chunk), _MOST) * STRONG
    if _OTHER.fullmatch(chunk.strip(_EDGES)):
        return 0
    strong = weak = 0
    inside = True
    for token in TOKEN.findall(chunk):
        if token[0] <= "9":
            strong += len(token)
        elif word := read_token(token):
            if word.kind == PLAIN:
                strong += len(word.digits)
            else:
                weak += 2 * len(word.digits) or word.kind in (REPEATER, PLUS)
        else:
            inside = False
    return min(strong, _MOST) * STRONG + min(weak, _MOST) * GUESSED or (NEUTRAL if inside else 0)


def read_token(token: str) -> Word | None:
    """Return what a token of letters or rings means, None for an ordinary word."""
    return Word(LOOKALIKE, "0" * len(token)) if token[0] in "○◯⭕" else read_word(token)
