"""Where a number may stand at all: a look at each blank-separated chunk, kept once per process (a bounded memory).

A text without a candidate costs some ten microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract.phone_words import LOOKALIKE, PLAIN, PLUS, REPEATER, Word, read_word

# Letters of all scripts with their spacing marks; a negated class is the fastest way to say so.
_LETTERS = (
    r"[^\x00-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u2000-\u2bff\u3000-\u3006\u3008-\u303f"
    r"\ufe00-\ufe0f\U0001f000-\U0001faff]"
)
TOKEN = re.compile(rf"[0-9]+|[○◯⭕]+|(?:[零〇一二三四五六七八九])|{_LETTERS}+")
_MOST_CHUNKS, _LONGEST_CHUNK = 200_000, 200
_CHUNK = re.compile(r"\S+")
_AREA_GAP = 26
_MOST_CHUNKS, _LONGEST_CHUNK = 200_000, 200
_STRONG = 1 << 20


class _Chunks(dict[str, int]):
    def __missing__(self, chunk: str) -> int:
        weight = _weigh(chunk)
        if len(chunk) <= _LONGEST_CHUNK:
            if len(self) >= _MOST_CHUNKS:
                self.clear()
            self[chunk] = weight
        return weight


_CHUNKS = _Chunks()


def may_hold(text: str) -> bool:
    """Say whether the folded text has digits enough for a number: four certain ones, seven with guesses."""
    total = sum(map(_CHUNKS.__getitem__, text.split()))
    return total >= 4 * _STRONG and (total >> 20) + (total & (_STRONG - 1)) >= 7


def _weigh(chunk: str) -> int:
    strong = weak = 0
    for token in TOKEN.findall(chunk):
        if token[0] <= "9":
            strong += len(token)
        elif word := read_token(token):
            if word.kind == PLAIN:
                strong += len(word.digits)
            else:
                weak += 2 * len(word.digits) or word.kind in (REPEATER, PLUS)
    return min(strong, 100_000) * _STRONG + min(weak, 100_000)


def read_token(token: str) -> Word | None:
    """Return what a token of letters or rings means, None for an ordinary word."""
    return Word(LOOKALIKE, "0" * len(token)) if token[0] in "○◯⭕" else read_word(token)


def areas(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that have digits enough; chunks without digits may stand between, up to the widest gap."""
    start = end = weight = 0
    for match in _CHUNK.finditer(text):
        found = _CHUNKS[match.group()]
        if not found:
            continue
        at = match.start()
        if weight and at - end > _AREA_GAP:
            if weight >= 4 * _STRONG:
                yield start, end
            weight = 0
        if not weight:
            start = at
        weight, end = weight + found, match.end()
    if weight >= 4 * _STRONG:
        yield start, end
