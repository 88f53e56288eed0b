"""What a blank-separated chunk may bring to a number: the twin of `extract/phone_prefilter.py`, without its memory."""

# ruff: noqa: SIM109, SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_prefilter, phone_words
from felinar.extract.native.characters import FIGURE, LETTER
from felinar.extract.native.pattern_run import search
from felinar.extract.native.phone_columns import R_SAID, T_OTHER
from felinar.extract.native.phone_vocabulary import SAID_COUNT
from felinar.extract.native.phone_words import read_word
from felinar.kernels.compile import kernel

NO_TOKEN, FIGURES, RINGS, LETTERS = 0, 1, 2, 3
NEUTRAL, GUESSED, STRONG = 1, 1 << 10, 1 << 32
_MOST = 100_000
_OTHER = np.int64(0)
_PLAIN, _REPEATER, _PLUS = phone_words.PLAIN, phone_words.REPEATER, phone_words.PLUS
_EDGES = np.zeros(128, dtype=np.uint8)
_EDGES[[ord(c) for c in phone_prefilter._EDGES if ord(c) < 128]] = 1
_HAN_DIGITS = np.array(sorted(map(ord, phone_prefilter.HAN_DIGITS)), dtype=np.int64)
_LEFT_QUOTE, _RIGHT_QUOTE = 0xAB, 0xBB


def other_figures() -> str:
    """Return the pattern of chunks that are wholly something else."""
    return rf"(?:{phone_prefilter._OTHER.pattern})\Z"


@kernel
def is_ring(code: Any) -> Any:
    """Say whether this is a ring that stands for a zero."""
    return code == 0x25CB or code == 0x25EF or code == 0x2B55


@kernel
def is_han_digit(code: Any) -> Any:
    """Say whether this is one of `HAN_DIGITS`, each a token of its own."""
    if code < 0x3007 or code > 0x9FFF:
        return False
    for digit in _HAN_DIGITS:
        if code == digit:
            return True
    return False


@kernel
def next_token(text: Any, kinds: Any, at: Any, stop: Any) -> Any:
    """Return (what, start, end) of the next token, as `TOKEN` finds it."""
    while at < stop:
        code, kind = np.int64(text[at]), np.int64(kinds[at])
        start = at
        if kind & FIGURE:
            while at < stop and kinds[at] & FIGURE:
                at += 1
            return FIGURES, start, at
        if kind & LETTER:
            at += 1
            if not is_han_digit(code):
                while at < stop and kinds[at] & LETTER and not is_han_digit(np.int64(text[at])):
                    at += 1
            return LETTERS, start, at
        if is_ring(code):
            while at < stop and is_ring(np.int64(text[at])):
                at += 1
            return RINGS, start, at
        at += 1
    return NO_TOKEN, stop, stop


@kernel
def is_edge_sign(code: Any) -> Any:
    """Say whether a character may stand around a chunk."""
    return _EDGES[code] != 0 if code < 128 else code == _LEFT_QUOTE or code == _RIGHT_QUOTE


@kernel
def is_other(t: Any, text: Any, kinds: Any, start: Any, end: Any, r: Any) -> Any:
    """Say whether a chunk with a figure is wholly something else."""
    while start < end and is_edge_sign(np.int64(text[start])):
        start += 1
    while start < end and is_edge_sign(np.int64(text[end - 1])):
        end -= 1
    return search(t, t[T_OTHER], _OTHER, text, kinds, start, start, end, start, r) == end


@kernel
def weigh_word(t: Any, text: Any, start: Any, end: Any, r: Any) -> Any:
    """Return (certain digits << 32) + guesses of a token of letters, -1 for an ordinary word."""
    kind = read_word(t, text, start, end, r)
    if kind < 0:
        return -1
    count = r[R_SAID + SAID_COUNT]
    if kind == _PLAIN:
        return count << 32
    return 2 * count if count else np.int64(kind == _REPEATER or kind == _PLUS)


@kernel
def weigh(t: Any, text: Any, kinds: Any, start: Any, end: Any, r: Any) -> Any:
    """Return the weight of the chunk text[start:end]."""
    digits = letters = 0
    han = False
    for k in range(start, end):
        kind = np.int64(kinds[k])
        han = han or is_han_digit(np.int64(text[k]))
        digits += (kind & FIGURE) != 0
        letters += (kind & LETTER) != 0
    if letters == end - start and not han:
        value = weigh_word(t, text, start, end, r)
        return 0 if value < 0 else capped(value >> 32, value & 0xFFFFFFFF, value >= 0)
    if digits == end - start:
        if digits >= 7 and text[start] == 48 and text[start + 1] == 48 and text[start + 2] == 48:
            return 0
        return min(digits, _MOST) * STRONG
    if digits and is_other(t, text, kinds, start, end, r):
        return 0
    return weigh_tokens(t, text, kinds, start, end, r)


@kernel
def weigh_tokens(t: Any, text: Any, kinds: Any, start: Any, end: Any, r: Any) -> Any:
    """Return the weight of a chunk of several tokens."""
    strong = weak = 0
    inside = True
    at = start
    while at < end:
        what, first, at = next_token(text, kinds, at, end)
        if what == FIGURES:
            strong += at - first
        elif what == RINGS:
            weak += 2 * (at - first)
        elif what == LETTERS:
            value = weigh_word(t, text, first, at, r)
            if value < 0:
                inside = False
            else:
                strong += value >> 32
                weak += value & 0xFFFFFFFF
    return capped(strong, weak, inside)


@kernel
def capped(strong: Any, weak: Any, inside: Any) -> Any:
    """Return the weight of so many certain and guessed digits."""
    weight = min(strong, _MOST) * STRONG + min(weak, _MOST) * GUESSED
    return weight if weight else np.int64(NEUTRAL if inside else 0)


@kernel
def enough_weight(weight: Any) -> Any:
    """Say whether this sum of weights is digits enough for a number, as `enough`."""
    certain = weight >> 32
    guessed = (weight & (STRONG - 1)) >> 10
    return certain + guessed >= 7 and (certain >= 4 or (certain == 3 and certain + guessed >= 9))
